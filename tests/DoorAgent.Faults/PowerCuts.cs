using System.Security.Cryptography;

namespace DoorAgent.Faults;

/// <summary>The outcome of all power cuts of an operation.</summary>
/// <param name="Operation">Its name.</param>
/// <param name="Moments">How many moments were cut at.</param>
/// <param name="States">How many different states of the disk were checked.</param>
/// <param name="Findings">What was wrong, each kind once with its number.</param>
internal sealed record CutOutcome(string Operation, int Moments, int States, IReadOnlyDictionary<string, int> Findings);

/// <summary>
/// Cuts the power at every change of the disk that an operation made: from the record of an undisturbed run it makes the states in which
/// the disk may be, and checks what SQLite and the program find in each. After Pillai et al., "All File Systems Are Not Created Equal",
/// OSDI 2014.
/// </summary>
/// <param name="operation">The operation.</param>
/// <param name="bench">Where it was run.</param>
/// <param name="undisturbed">What it did.</param>
/// <param name="seed">Decides which states are made.</param>
internal sealed class PowerCuts(Operation operation, FaultBench bench, Undisturbed undisturbed, int seed)
{
    /// <summary>Cuts.</summary>
    /// <param name="torn">How many random states to make for each moment, beside everything written and nothing unsynced.</param>
    /// <param name="every">Only every so many moments; 1 for all.</param>
    public CutOutcome Run(int torn, int every = 1)
    {
        Promises promises = new(operation, undisturbed);
        SortedDictionary<long, string> before = Before();
        DiskImage image = new(bench.Start, bench.Work);
        HashSet<string> seen = [];
        Dictionary<string, int> findings = [];
        Random random = new(seed);
        string folder = Path.Combine(Directory.Exists("/dev/shm") ? "/dev/shm" : bench.Temporary, $"dooragent-cut-{Environment.ProcessId}");
        int moments = 0;
        for (int i = 0; i < undisturbed.Log.Count; i++)
        {
            image.Apply(undisturbed.Log[i]);
            if (!undisturbed.Log[i].IsChange && !undisturbed.Log[i].IsRise || i % every != 0)
                continue;
            moments++;
            DiskStep[] done = [.. undisturbed.Log.Take(i + 1)];
            string said = string.Concat(done.Where(step => step.Act == DiskAct.Said).Select(step => step.Text));
            Action<string>[] states = [image.WriteAll, .. image.IsUnsynced ? [image.WriteSynced,
                .. Enumerable.Repeat<Action<string>>(target => image.WriteTorn(target, random), torn)] : (Action<string>[])[]];
            foreach (Action<string> write in states)
            {
                write(folder);
                if (!seen.Add(Digest(folder, said, done.Count(step => step.IsRise))))
                    continue;
                if (Finding(promises, folder, before, said, done) is { } finding)
                    findings[finding] = findings.GetValueOrDefault(finding) + 1;
            }
        }

        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        return new CutOutcome(operation.Name, moments, seen.Count, findings);
    }

    private static string? Finding(
        Promises promises, string folder, SortedDictionary<long, string> before, string said, IReadOnlyList<DiskStep> done)
    {
        string gallery = Path.Combine(folder, "data", "gallery.db"), journal = Path.Combine(folder, "data", "journal.db");
        try
        {
            promises.CheckGallery(gallery, said);
            promises.CheckJournal(journal, before, said, done);
            Promises.CheckOpens(Path.Combine(folder, "data"));
            promises.CheckJournal(journal, before, said, done);
            return null;
        }
        catch (InvalidDataException wrong)
        {
            return Promises.WithoutNames(wrong.Message, folder);
        }
    }

    private SortedDictionary<long, string> Before()
    {
        string copy = bench.Beside("before");
        FaultBench.Copy(bench.Start, copy);
        return Contents.OfJournal(Path.Combine(copy, "data", "journal.db"));
    }

    private static string Digest(string folder, string said, int rises)
    {
        using IncrementalHash all = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string file in Directory.GetFiles(folder, "*.db*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            all.AppendData(System.Text.Encoding.UTF8.GetBytes(file));
            all.AppendData(File.ReadAllBytes(file));
        }

        all.AppendData(System.Text.Encoding.UTF8.GetBytes($"{said}{rises}"));
        return Convert.ToHexString(all.GetHashAndReset());
    }
}
