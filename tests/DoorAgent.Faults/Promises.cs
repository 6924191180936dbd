using System.Text.RegularExpressions;
using DoorAgent.Auditing;
using DoorAgent.Galleries;
using DoorAgent.Sealing;
using DoorAgent.Storage;
using Microsoft.Data.Sqlite;

namespace DoorAgent.Faults;

/// <summary>What gallery and journal must hold after any end of an operation, a kill or a power cut.</summary>
internal sealed partial class Promises(Operation operation, Undisturbed undisturbed)
{
    /// <summary>Requires a condition.</summary>
    /// <exception cref="InvalidDataException">It does not hold.</exception>
    public static void Require(bool isRight, string wrong)
    {
        if (!isRight)
            throw new InvalidDataException(wrong);
    }

    /// <summary>Requires the old gallery or the new one, and the new one when the program has said that it is stored.</summary>
    /// <exception cref="InvalidDataException">The promise is broken.</exception>
    public void CheckGallery(string path, string said)
    {
        string now = Contents.OfGallery(path, KillTrial.GalleryKey);
        bool isStored = operation.Done is { } done && said.Contains(done, StringComparison.Ordinal);
        Require(now == undisturbed.After || now == undisturbed.Before && !(isStored && operation.ChangesGallery),
            isStored ? $"lost although it was acknowledged: {now}" : $"neither the old gallery nor the new one: {now}");
    }

    /// <summary>Requires that the program opens every value of the gallery, and goes on with the journal, whose chain is whole.</summary>
    /// <param name="data">The data directory.</param>
    /// <exception cref="InvalidDataException">It does not.</exception>
    public static void CheckOpens(string data)
    {
        try
        {
            using (GalleryFile? gallery = GalleryFile.OpenIfAny(Path.Combine(data, "gallery.db")))
            {
                if (gallery?.Encoder is { } encoder)
                    _ = gallery.Read(encoder);
            }

            DataDirectory.Ensure(data);
            string journal = Path.Combine(data, "journal.db");
            using (Journal.Open(journal))
            {
                JournalProof proof = new JournalVerification(journal, KeyPlaces.Find(data)).Run();
                Require(proof.Findings.Count == 0, $"the journal's chain: {string.Join(", ", proof.Findings)}");
            }
        }
        catch (Exception refused) when (refused is UserErrorException or JournalException or SqliteException)
        {
            throw new InvalidDataException(WithoutNames(refused.Message, data), refused);
        }
    }

    /// <summary>Replaces what differs from try to try: the folder, ids, times.</summary>
    public static string WithoutNames(string finding, string folder) => Numbers().Replace(
        finding.Replace(folder, "DATA", StringComparison.Ordinal).Split('\n')[0], "...");

    [GeneratedRegex(@"/tmp/dooragent-faults-\w+|[0-9a-f]{16,}|\d{4}-\d\d-\d\d \S+")]
    private static partial Regex Numbers();

    /// <summary>Requires all earlier records unchanged, no gap, every record that was shown, and a reason for each rise of the
    /// relay.</summary>
    /// <exception cref="InvalidDataException">The promise is broken.</exception>
    public void CheckJournal(string path, SortedDictionary<long, string> before, string said, IReadOnlyList<DiskStep> log)
    {
        SortedDictionary<long, string> now = Contents.OfJournal(path);
        foreach ((long number, string record) in before)
        {
            bool isKept = now.TryGetValue(number, out string? kept) && kept == record;
            Require(isKept, $"record {number} is lost or changed: {kept} was {record}");
        }

        Require(now.Count == 0 || now.Keys.Max() == now.Count, "the numbers of the records have a gap");
        foreach (string kind in (string[])["Granted", "Denied"])
        {
            int shown = said.Split('\n').Count(line => line.Contains($" {kind}", StringComparison.Ordinal)), stored = Of(now, before, kind);
            Require(stored >= shown, $"{kind} was shown {shown} times and is recorded {stored} times");
        }

        int rises = log.Count(step => step.IsRise), reasons = Of(now, before, "Granted") + Of(now, before, "OperatorUnlock");
        Require(reasons >= rises, $"the relay rose {rises} times, and {reasons} reasons are recorded");
    }

    private static int Of(SortedDictionary<long, string> now, SortedDictionary<long, string> before, string kind) =>
        now.Count(record => !before.ContainsKey(record.Key) && record.Value.Split('|')[1] == kind);
}
