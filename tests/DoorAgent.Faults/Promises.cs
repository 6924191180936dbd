namespace DoorAgent.Faults;

/// <summary>What gallery and journal must hold after any end of an operation, a kill or a power cut.</summary>
internal sealed class Promises(Operation operation, Undisturbed undisturbed)
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
