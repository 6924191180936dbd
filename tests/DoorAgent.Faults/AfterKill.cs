using Microsoft.Data.Sqlite;

namespace DoorAgent.Faults;

/// <summary>What must hold after the program was killed.</summary>
internal sealed class AfterKill(Operation operation, Promises promises, FaultBench bench)
{
    // Names of the data directory; everything else is a leftover.
    // The archive is what an export is for.
    private static readonly string[] Own =
        ["people.archive", "gallery.db", "journal.db", "logs", "pictures", "evaluation", "models", "operator.sock"];

    private string Gallery => Path.Combine(bench.Data, "gallery.db");

    private string Journal => Path.Combine(bench.Data, "journal.db");

    /// <summary>Checks everything; returns what is wrong.</summary>
    /// <param name="before">The journal before the operation.</param>
    /// <param name="said">What the program said before it was killed.</param>
    /// <param name="log">What it did.</param>
    /// <param name="startsAgain">Whether the door is started again, which takes most of the time; else its files are opened here.</param>
    public IEnumerable<string> Check(SortedDictionary<long, string> before, string said, IReadOnlyList<DiskStep> log,
        bool startsAgain)
    {
        List<string> findings = [];
        if (operation.Traffic is not null)
            Try(findings, () => CheckRelay(log));
        // A copy: reading it repairs it, and the program must do so itself.
        string copy = bench.Beside("copy");
        FaultBench.Copy(bench.Work, copy);
        Try(findings, () => promises.CheckGallery(Path.Combine(copy, "data", "gallery.db"), said));
        Try(findings, () => promises.CheckJournal(Path.Combine(copy, "data", "journal.db"), before, said, log));
        Try(findings, startsAgain ? CheckNextStart : () => Promises.CheckOpens(bench.Data));
        Try(findings, () => promises.CheckGallery(Gallery, said));
        Try(findings, () => promises.CheckJournal(Journal, before, said, log));
        if (startsAgain)
            Try(findings, CheckLeftovers);
        if (operation.MustGoOn && startsAgain)
            Try(findings, CheckGoesOn);
        return findings.Distinct();
    }

    private void Try(List<string> findings, Action check)
    {
        try
        {
            check();
        }
        catch (Exception wrong) when (wrong is InvalidDataException or IOException or TimeoutException or SqliteException)
        {
            findings.Add(Promises.WithoutNames(wrong.Message, bench.Data));
        }
    }

    // The kernel releases the line of a dead process, and systemd runs relock after every end.
    private void CheckRelay(IReadOnlyList<DiskStep> killed)
    {
        foreach ((int i, DiskStep step) in killed.Index().Where(entry => entry.Item.IsRise))
        {
            bool isRecorded = killed.Take(i).Any(earlier => earlier.Act == DiskAct.Sync);
            Promises.Require(isRecorded, $"the relay rose before any record was on disk (line {step.Offset})");
        }

        string file = bench.Beside("relock.log");
        File.Delete(file);
        using DoorProgram relock = new([.. "relock --config".Split(' '), bench.Configuration], bench, KillPoint.Never, file);
        Promises.Require(relock.WaitForEnd() == 0, $"relock fails: {relock.Said}");
        DiskStep? level = DiskLog.Read(file).LastOrDefault(step => step.Act == DiskAct.Line);
        Promises.Require(level?.Text == "0", "relock leaves the line unlocked");
    }

    private void CheckNextStart()
    {
        string file = bench.Beside("next.log");
        File.Delete(file);
        using DoorProgram next = new(bench.With(["run"]), bench, KillPoint.Never, file);
        string? gallery = next.WaitFor("Gallery loaded", "GALLERY REFUSED");
        Promises.Require(gallery is not null, $"the next start ends by itself: {next.Said}");
        bool isAccepted = gallery!.Contains("loaded", StringComparison.Ordinal)
            || gallery.Contains("Nobody is enrolled", StringComparison.Ordinal);
        Promises.Require(isAccepted, $"the next start refuses the gallery: {gallery}");
        next.Signal("TERM");
        Promises.Require(next.WaitForEnd() == 0, $"the next start does not end well: {next.Said}");
        Promises.Require(!DiskLog.Read(file).Any(step => step.IsRise), "the relay rose at the next start");
    }

    private void CheckGoesOn()
    {
        (int code, string said) = bench.Run(operation.Arguments(bench));
        Promises.Require(code == 0, $"the command does not go on where it was killed: {said}");
        CheckNextStart();
    }

    private void CheckLeftovers()
    {
        string[] left = [.. Directory.GetFileSystemEntries(bench.Data).Select(path => Path.GetFileName(path))
            .Where(name => !Own.Any(own => name == own || name.StartsWith(own + "-", StringComparison.Ordinal)))];
        string[] copies = [.. left.Where(name => IsOpen(Path.Combine(bench.Data, name)))];
        Promises.Require(copies.Length == 0, $"left behind, readable: {string.Join(", ", copies.Select(WithoutNumber))}");
        // Badges are in an open gallery as text.
        foreach (string file in Directory.GetFiles(bench.Data).Where(file => Path.GetFileName(file) != "people.archive"))
        {
            bool isPlain = File.ReadAllBytes(file).AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes(FaultBench.AdamsBadge)) >= 0;
            Promises.Require(!isPlain, $"a badge number is readable in {WithoutNumber(Path.GetFileName(file))}");
        }
    }

    private static string WithoutNumber(string name) => name.Length > 40 ? $"{name[..7]}...{Path.GetExtension(name)}" : name;

    // A database, or an archive: its first bytes are not those of a sealed file.
    private static bool IsOpen(string path)
    {
        byte[] first = File.ReadAllBytes(path);
        return first.AsSpan().StartsWith("SQLite"u8) || first.AsSpan().StartsWith("PK"u8);
    }
}
