using System.Diagnostics;
using DoorAgent.Auditing;
using DoorAgent.Events;
using DoorAgent.Running;
using DoorAgent.Sealing;
using DoorAgent.Storage;
using Microsoft.Data.Sqlite;

namespace DoorAgent.Benchmarks;

/// <summary>Times what the proof of the journal costs: a record, a start and a verification, with the chain and without.</summary>
internal static class JournalBenchmark
{
    private const int Appended = 2_000, Many = 1_000_000;

    private static readonly DateTimeOffset Morning = new(2026, 3, 2, 7, 55, 0, TimeSpan.FromHours(1));

    /// <summary>Prints a table.</summary>
    public static void Run()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("dooragent-bench-");
        try
        {
            KeyRing none = new([], null), keys = new([DoorKey.Generate()], null);
            Console.WriteLine("\n| the journal | without chain | with chain | ratio |\n|---|---|---|---|");
            (double without, double with) =
                Append(Path.Combine(folder.FullName, "a"), Path.Combine(folder.FullName, "b"), keys);
            Row("append a record, median", "us", without, with);
            string plain = Path.Combine(folder.FullName, "c"), chained = Path.Combine(folder.FullName, "d");
            Fill(plain, null);
            Fill(chained, keys);
            Row($"start with {Many:#,0} records", "ms", Start(plain, none), Start(chained, keys));
            Row("its size", "MB", new FileInfo(plain).Length / 1e6, new FileInfo(chained).Length / 1e6);
            Verify(chained, keys, $"verify {Many:#,0} records");
            Verify(chained, none, "the same with the public key only");
            Stopwatch beginning = Stopwatch.StartNew();
            Journal.Open(plain, keys, TimeProvider.System).Dispose();
            Console.WriteLine($"| the first start with a key, which signs {Many:#,0} old records | | {beginning.Elapsed.TotalSeconds:0.0} s | |");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Row(string what, string unit, double without, double with) =>
        Console.WriteLine($"| {what} | {without:0.0} {unit} | {with:0.0} {unit} | {with / without:0.00} |");

    private static void Verify(string path, KeyRing keys, string what)
    {
        Stopwatch verifying = Stopwatch.StartNew();
        TimeSpan before = Environment.CpuUsage.TotalTime;
        JournalProof proof = new JournalVerification(path, keys).Run();
        if (!proof.IsWhole || proof.Records != Many)
            throw new InvalidOperationException("The journal is not whole.");
        Console.WriteLine($"| {what} | | {verifying.Elapsed.TotalSeconds:0.0} s ({(Environment.CpuUsage.TotalTime - before).TotalSeconds:0.0} s "
            + "of processor time) | |");
    }

    // In turns, so that other work of the machine affects both equally.
    private static (double Without, double With) Append(string plain, string chained, KeyRing keys)
    {
        using Journal without = Journal.Open(plain), with = Journal.Open(chained, keys, TimeProvider.System);
        List<double> plainTimes = [], chainedTimes = [];
        for (int i = 1; i <= Appended; i++)
        {
            plainTimes.Add(TimeOf(without, Event(i)));
            chainedTimes.Add(TimeOf(with, Event(i)));
        }

        plainTimes.Sort();
        chainedTimes.Sort();
        return (plainTimes[Appended / 2], chainedTimes[Appended / 2]);
    }

    private static double TimeOf(Journal journal, DoorEvent e)
    {
        long before = Stopwatch.GetTimestamp();
        journal.Append(e);
        return Stopwatch.GetElapsedTime(before).TotalMicroseconds;
    }

    private static double Start(string path, KeyRing keys)
    {
        Stopwatch starting = Stopwatch.StartNew();
        using Journal journal = Journal.Open(path, keys, TimeProvider.System);
        _ = PreviousRun.Read(path, anchor: null, new Decisions.DecisionOptions(), TimeProvider.System, Morning, settings: "");
        return starting.Elapsed.TotalMilliseconds;
    }

    /// <summary>Writes records as the door does, in one transaction.</summary>
    private static void Fill(string path, KeyRing? keys)
    {
        using SqliteConnection journal = JournalFile.OpenToAppend(path, check: false, mayUpgrade: true);
        using JournalChain? chain = keys is null ? null : JournalChainStart.Open(journal, keys, TimeProvider.System).Chain;
        using SqliteTransaction all = journal.BeginTransaction();
        using SqliteCommand insert = journal.CreateCommand();
        string[] columns = [.. EventRow.Columns(JournalSchema.Version), "mac"];
        insert.CommandText = $"INSERT INTO event ({string.Join(", ", columns)}) "
            + $"VALUES ({string.Join(", ", columns.Select(name => $"${name}"))})";
        foreach (string name in columns)
            insert.Parameters.Add(new SqliteParameter($"${name}", null));
        for (int i = 1; i <= Many; i++)
        {
            object?[] values = [.. EventRow.Write(Event(i), JournalSchema.Version)];
            foreach ((int at, object? value) in values.Append(chain?.Next(values)).Index())
                insert.Parameters[at].Value = value ?? DBNull.Value;
            insert.ExecuteNonQuery();
            chain?.Note(i);
            if (chain?.Due() is { } reason)
                chain.WriteCheckpoint(journal, reason);
        }

        all.Commit();
        Sqlite.Run(journal, "PRAGMA wal_checkpoint(TRUNCATE)");
    }

    private static DoorEvent Event(int number) => new(number % 4 == 0 ? DoorEventKind.Granted : DoorEventKind.DoorClosed)
    {
        Time = Morning.AddSeconds(number),
        Sequence = number,
        PersonId = number % 4 == 0 ? number % 300 : null,
        BadgeHint = number % 4 == 0 ? "H10301 ...67" : null,
        Distance = number % 4 == 0 ? 0.412f : null,
        Threshold = number % 4 == 0 ? 0.883f : null,
        Encoder = number % 4 == 0 ? "sface-2021dec" : null,
    };
}
