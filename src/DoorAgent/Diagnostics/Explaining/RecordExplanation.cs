using System.Globalization;
using DoorAgent.Auditing;
using DoorAgent.Decisions;
using DoorAgent.Events;
using DoorAgent.Faces;
using DoorAgent.Galleries;
using DoorAgent.Operating;
using DoorAgent.Storage;

namespace DoorAgent.Diagnostics.Explaining;

/// <summary>Explains a record of the journal in words: the attempt that it ended, what it means, and what the door saw frame by frame.</summary>
internal static class RecordExplanation
{
    // An attempt takes seconds, and few other records come between.
    private const int MostBefore = 60;

    // An answer to the page is one line.
    private const int MostFrames = 200;

    /// <summary>Explains a record without its pictures.</summary>
    /// <exception cref="UserErrorException">There is no such record, or the journal cannot be read.</exception>
    public static PageExplanation Of(Places places, long sequence, DecisionOptions options)
    {
        IReadOnlyList<DoorEvent> attempt = AttemptOf(places, sequence);
        (AttemptAccount? account, string? why) = AccountOf(KeptPictures.Of(places), sequence);
        Dictionary<long, string> names = account is null ? [] : NamesIn(places.GalleryFile);
        return new PageExplanation(attempt, [.. Path(attempt[^1], account, options), .. why is null ? [] : new[] { why }],
            account is null ? [] : [.. Frames(account, options, id => names.GetValueOrDefault(id, $"person {id}")).Take(MostFrames)]);
    }

    /// <summary>Returns the account of an attempt, or why it cannot be read: the record is explained all the same.</summary>
    public static (AttemptAccount? Account, string? Why) AccountOf(KeptPictures kept, long sequence)
    {
        try
        {
            return (kept.AccountOf(sequence), null);
        }
        catch (UserErrorException why)
        {
            return (null, $"The pictures cannot be shown: {why.Message}");
        }
    }

    /// <summary>Returns the records of the attempt up to the one with this number, which is the last.</summary>
    public static List<DoorEvent> AttemptOf(Places places, long sequence)
    {
        using JournalReader journal = new(places.JournalFile, new JournalFilter { Sequences = (sequence - MostBefore, sequence) });
        IReadOnlyList<DoorEvent> before = journal.Last(MostBefore + 1).Entries;
        if (before is not [.., var record] || record.Sequence != sequence)
            throw new UserErrorException($"The journal has no record {sequence}. 'dooragent log' shows the numbers of decisions, and "
                + "'dooragent log --json' those of all records.");
        if (record.Kind is not (DoorEventKind.Granted or DoorEventKind.Denied))
            return [record];
        List<DoorEvent> attempt = [record];
        foreach (DoorEvent earlier in before.Take(before.Count - 1).Reverse())
        {
            // Another decision about the same badge or face ended an earlier attempt.
            if (earlier.BadgeHint == record.BadgeHint && earlier.Kind is DoorEventKind.Granted or DoorEventKind.Denied)
                break;
            bool isOfAttempt = earlier.BadgeHint == record.BadgeHint
                && earlier.Kind is DoorEventKind.AttemptOpened or DoorEventKind.PinAwaited or DoorEventKind.TurnAsked;
            if (isOfAttempt || (earlier.Kind == DoorEventKind.CameraFault && record.Reason == DenyReason.CameraFault))
                attempt.Insert(0, earlier);
            if (earlier.BadgeHint == record.BadgeHint && earlier.Kind == DoorEventKind.AttemptOpened)
                break;
        }

        return attempt;
    }

    /// <summary>Returns what happened and what to do, a sentence each.</summary>
    public static IEnumerable<string> Path(DoorEvent record, AttemptAccount? account, DecisionOptions options)
    {
        if (account is not null)
        {
            yield return Summary(account, options);
            if (account.Liveness is { } liveness)
                yield return $"The liveness check measured: {liveness}.";
        }

        foreach (Explanation one in Explanation.Find(EventWords.OfReason(record) ?? EventWords.OfKind(record)).Take(1))
        {
            yield return $"{one.Name}: {one.Meaning}";
            if (one.Remedy.Length > 0)
                yield return $"What to do: {one.Remedy.Replace("NAME", record.PersonName ?? "NAME", StringComparison.Ordinal)}";
        }
    }

    private static string Summary(AttemptAccount account, DecisionOptions options)
    {
        int matched = account.Frames.Count(frame => frame.Use == FrameUse.Matched);
        int compared = matched + account.Frames.Count(frame => frame.Use == FrameUse.NotMatched);
        IEnumerable<string> problems = account.Frames.Where(frame => frame.Problem != UnusableReason.None)
            .GroupBy(frame => frame.Problem).OrderByDescending(group => group.Count())
            .Select(group => string.Create(CultureInfo.InvariantCulture, $"{group.Count()} {group.Key.Text().Name}"));
        string[] parts = [string.Create(CultureInfo.InvariantCulture, $"{compared} compared, {matched} of them matched"), .. problems];
        return string.Create(CultureInfo.InvariantCulture, $"The door read {account.Frames.Count} pictures: {string.Join(", ", parts)}. ")
            + string.Create(CultureInfo.InvariantCulture, $"{options.FramesToAgree} of the last {options.FrameWindow} compared pictures ")
            + string.Create(CultureInfo.InvariantCulture, $"must match; at most {account.Frames.Max(frame => frame.Agreeing)} did.");
    }

    /// <summary>Returns a line for each frame.</summary>
    public static IEnumerable<string> Frames(AttemptAccount account, DecisionOptions options, Func<long, string> nameOf) =>
        account.Frames.Select(frame => string.Create(CultureInfo.InvariantCulture,
            $"{(frame.CapturedAt - account.Frames[0].CapturedAt).TotalSeconds,5:0.0} s  {FrameWords.Of(frame, options, nameOf)}"));

    private static Dictionary<long, string> NamesIn(string path)
    {
        using GalleryFile? gallery = GalleryFile.OpenIfAny(path);
        return (gallery?.People ?? []).ToDictionary(person => person.Id, person => person.Name);
    }
}
