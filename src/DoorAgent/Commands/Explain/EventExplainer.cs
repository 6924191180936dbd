using System.CommandLine;
using System.Globalization;
using DoorAgent.Auditing;
using DoorAgent.Commands.Log;
using DoorAgent.Commands.Output;
using DoorAgent.Decisions;
using DoorAgent.Diagnostics.Explaining;
using DoorAgent.Events;
using DoorAgent.Faces;
using DoorAgent.Storage;

namespace DoorAgent.Commands.Explain;

/// <summary>Explains a record of the journal: what it means, the attempt that it ended, what the door saw frame by frame, and the kept
/// pictures.</summary>
internal static class EventExplainer
{
    // An attempt takes seconds, and few other records come between.
    private const int MostBefore = 60;

    /// <summary>Explains a record.</summary>
    /// <returns>0 for a grant, else 1.</returns>
    /// <exception cref="UserErrorException">There is no such record, or the journal cannot be read.</exception>
    public static int Run(ParseResult result, Places places, long sequence, ExplainedPictureFile file, bool isJson)
    {
        IReadOnlyList<DoorEvent> attempt = AttemptOf(places, sequence);
        DoorEvent record = attempt[^1];
        KeptPictures kept = KeptPictures.Of(places);
        (AttemptAccount? account, string? sealedNote) = AccountOf(kept, sequence);
        VisitPicture[] pictures = [.. kept.PicturesOf(sequence).Select(picture => VisitPicture.Of(picture.File, kept.Read))];
        (string? drawn, string? note, IReadOnlyList<VisitFrame> read, Func<long, string> nameOf) = sealedNote is { } why
            ? (null, why, [], id => $"person {id}")
            : Pictures(result, places, record, pictures, file);
        string[] path = [.. Path(record, account, CommonOptions.SettingsOf(result).Decisions)];
        string[] frames = account is null ? [] : [.. Frames(account, CommonOptions.SettingsOf(result).Decisions, nameOf)];
        if (isJson)
        {
            JsonLine.Write(new
            {
                record = EventJson.Of(record),
                attempt = attempt.Select(EventJson.Of),
                path,
                frames,
                pictures = pictures.Select(picture => picture.File),
                picture = drawn,
                faces = read.Select(frame => new
                {
                    problem = frame.Reading.Problem.ToString(),
                    nearest = frame.Nearest.Select(person => new
                    {
                        person = person.Name, distance = Math.Round(person.Distance, 4), threshold = Math.Round(person.Threshold, 4),
                    }),
                }),
                note,
            });
        }
        else
        {
            ExplainView.Show(attempt, path, frames, read.Count > 0 ? new VisitTrace(read, [], null).Deciding.Nearest : [], note);
        }

        return record.Kind == DoorEventKind.Granted ? 0 : 1;
    }

    /// <summary>Returns the account of an attempt, or why it cannot be read: the record is explained all the same.</summary>
    private static (AttemptAccount? Account, string? Why) AccountOf(KeptPictures kept, long sequence)
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
    private static List<DoorEvent> AttemptOf(Places places, long sequence)
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

    private static IEnumerable<string> Path(DoorEvent record, AttemptAccount? account, DecisionOptions options)
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

    private static IEnumerable<string> Frames(AttemptAccount account, DecisionOptions options, Func<long, string> nameOf) =>
        account.Frames.Select(frame => string.Create(CultureInfo.InvariantCulture,
            $"{(frame.CapturedAt - account.Frames[0].CapturedAt).TotalSeconds,5:0.0} s  {FrameWords.Of(frame, options, nameOf)}"));

    /// <summary>Draws the picture nearest to the decision with the networks and the gallery of today.</summary>
    private static (string? Drawn, string? Note, IReadOnlyList<VisitFrame> Read, Func<long, string> NameOf) Pictures(
        ParseResult result, Places places, DoorEvent record, VisitPicture[] pictures, ExplainedPictureFile file)
    {
        try
        {
            using VisitExplainer explainer = new(result, places);
            Dictionary<long, string> names = explainer.Names;
            Func<long, string> nameOf = id => names.GetValueOrDefault(id, $"person {id}");
            if (pictures.Length == 0)
                return (null, WhyNone(result, record), [], nameOf);
            IReadOnlyList<VisitFrame> read = explainer.Read(pictures);
            VisitFrame deciding = new VisitTrace(read, [], null).Deciding;
            string? drawn = file.Write(deciding, pictures, explainer.MeasuresOf(deciding),
                [(DoorLog.WordsOf(record), record.Kind == DoorEventKind.Granted)]);
            return (drawn, "The pictures were read again with the networks and the gallery of today; their distances may differ a little, "
                + "since the pictures are kept as JPEG.", read, nameOf);
        }
        catch (UserErrorException why)
        {
            return (null, $"The pictures cannot be shown: {why.Message}", [], id => $"person {id}");
        }
    }

    private static string WhyNone(ParseResult result, DoorEvent record)
    {
        AuditingOptions options = CommonOptions.SettingsOf(result).Auditing;
        return options.KeepPictures == KeepPictures.None
            ? "No pictures of attempts are kept here: Auditing:KeepPictures=denials keeps a few of each denial, for "
                + "Auditing:KeepPicturesFor. Ask the people first."
            : record.Kind is DoorEventKind.Denied or DoorEventKind.Granted
                ? "No picture of this attempt is kept: it was not one of those that Auditing:KeepPictures selects, the camera was not "
                    + "read, or the time of Auditing:KeepPicturesFor is over."
                : "Pictures are kept of decisions only.";
    }
}
