using System.Diagnostics;
using System.Globalization;

namespace DoorAgent.Faults;

/// <summary>Cuts the power of a recorded run of the virtual door, and checks the files that ext4 gives back.</summary>
/// <param name="job">The folder of tests/faults/cuts.sh: start.img, disk.log and promises.</param>
internal sealed class MachineCuts(string job)
{
    private readonly IReadOnlyList<DiskEntry> _entries = [.. MachineDisk.Read(Path.Combine(job, "disk.log"))];

    // Lines: the length of the record at that moment, what is promised, its value.
    private readonly (long At, string What, string Value)[] _promises = [.. File.ReadLines(Path.Combine(job, "promises"))
        .Select(line => line.Split(' ')).Select(words => (long.Parse(words[0], CultureInfo.InvariantCulture), words[1], words[2]))];

    /// <summary>The number of recorded writes and promises.</summary>
    public (int Entries, int Promises) Recorded => (_entries.Count, _promises.Length);

    /// <summary>Cuts once, after the first promise; returns what is wrong, null when all is well.</summary>
    public string? Cut(Random random)
    {
        int first = _entries.Index().First(entry => entry.Item.Ends >= _promises[0].At).Index;
        DiskEntry[] done = [.. _entries.Take(random.Next(first, _entries.Count) + 1)];
        string image = Path.Combine(job, "cut.img"), files = Path.Combine(job, "files");
        File.Copy(Path.Combine(job, "start.img"), image, overwrite: true);
        MachineDisk.Cut(image, done, random);
        if (Run("e2fsck", "-fy", image) is >= 4 and var code)
            return $"e2fsck cannot repair the file system ({code})";
        if (Directory.Exists(files))
            Directory.Delete(files, recursive: true);
        Directory.CreateDirectory(files);
        _ = Run("debugfs", "-R", $"rdump /door {files}", image);
        try
        {
            Check(Path.Combine(files, "door"), done[^1].Ends);
            return null;
        }
        catch (Exception wrong) when (wrong is InvalidDataException or Microsoft.Data.Sqlite.SqliteException)
        {
            return wrong.Message;
        }
    }

    private void Check(string data, long cutAt)
    {
        string[] states = [.. _promises.Where(promise => promise.What == "people").Select(promise => promise.Value)];
        int kept = _promises.Count(promise => promise.What == "people" && promise.At <= cutAt) - 1;
        string now = string.Join(',', Contents.NamesIn(Path.Combine(data, "gallery.db")));
        // The command that ran when the power went may be done. Which one it was is known from its successor.
        Promises.Require(now == states[kept] || now == (kept % 2 == 0 ? "adam,nora" : "adam"), $"{states[kept]} became {now}");
        int unlocks = _promises.Count(promise => promise.What == "unlocks" && promise.At <= cutAt);
        SortedDictionary<long, string> records = Contents.OfJournal(Path.Combine(data, "journal.db"));
        Promises.Require(records.Count == 0 || records.Keys.Max() == records.Count, "the numbers of the records have a gap");
        int recorded = records.Values.Count(record => record.Split('|')[1] == "OperatorUnlock");
        Promises.Require(recorded >= unlocks, $"{unlocks} unlocks were answered, and {recorded} are recorded");
    }

    private static int Run(string tool, params string[] arguments)
    {
        ProcessStartInfo start = new(tool, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        process.WaitForExit();
        return process.ExitCode;
    }
}
