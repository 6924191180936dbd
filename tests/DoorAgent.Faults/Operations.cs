using DoorAgent.Auditing;
using DoorAgent.Storage;
using Microsoft.Data.Sqlite;

namespace DoorAgent.Faults;

/// <summary>The table of operations: another one is another entry.</summary>
internal static class Operations
{
    private const int OldRecords = 200;

    /// <summary>Every operation, in the order of the report.</summary>
    public static IReadOnlyList<Operation> All { get; } =
    [
        new("first enrolment", _ => { }, bench => Adding("adam", FaultBench.AdamsBadge), "adam: 3 of 3 pictures added")
        {
            ChangesGallery = true,
        },
        new("enrolment", Adam, bench => Adding("nora", "H10301:123:4568"), "nora: 3 of 3 pictures added") { ChangesGallery = true },
        new("removal", AdamAndNora, bench => ["people", "remove", "nora"], "nora is removed") { ChangesGallery = true },
        new("import", AdamAndAnArchive, bench => ["people", "import", bench.Beside("people.archive")], "2 imported")
        {
            ChangesGallery = true,
        },
        new("export", AdamAndNora, bench => ["people", "export", Path.Combine(bench.Data, "people.archive"), "--open"], null),
        new("re-encode (rule)", AdamAndNora, bench => ["people", "rule", "nearest+flip"], "made again") { ChangesGallery = true },
        new("key rotation", AdamAtWork, bench => ["key", "rotate"], "is in the place of") { MustGoOn = true },
        new("gallery upgrade", OldGallery.MakeSealed, bench => ["people", "disable", "nora"], "nora is disabled")
        {
            ChangesGallery = true,
        },
        new("sealing", OldGallery.MakeOpen, bench => ["run"], null) { Traffic = StartOnly },
        new("journal upgrade", AdamWithOldJournal, bench => ["run"], null) { Traffic = StartOnly },
        new("audit", Adam, bench => ["run"], null) { Traffic = Badges },
        new("fleet delivery", FleetDeliveries.Prepare, bench => ["run"], "Fleet applied") { Traffic = FleetDeliveries.Deliver, ChangesGallery = true },
        new("unlock", Adam, bench => ["run"], null) { Traffic = Unlocks },
    ];

    private static string[] Adding(string name, string badge) =>
        ["people", "add", name, "--images", FaultBench.Picture(name), "--badge", badge];

    private static void Adam(FaultBench bench) => bench.Must(Adding("adam", FaultBench.AdamsBadge));

    public static void AdamAndNora(FaultBench bench)
    {
        Adam(bench);
        bench.Must(Adding("nora", "H10301:123:4568"));
    }

    // With a journal.
    private static void AdamAtWork(FaultBench bench)
    {
        AdamAndNora(bench);
        using DoorProgram daemon = new(bench.With(["run"]), bench, KillPoint.Never, bench.Beside("unused.log"));
        Unlocks(bench, daemon);
        daemon.Signal("TERM");
        daemon.WaitForEnd();
    }

    private static void AdamAndAnArchive(FaultBench bench)
    {
        bench.Must(Adding("nora", "H10301:123:4568"));
        bench.Must(Adding("dora", "H10301:123:4569"));
        bench.Must("people", "export", bench.Beside("people.archive"), "--open");
        Directory.Delete(bench.Work, recursive: true);
        Directory.CreateDirectory(bench.Work);
        Adam(bench);
    }

    // The first format, with the names in the records.
    private static void AdamWithOldJournal(FaultBench bench)
    {
        Adam(bench);
        string path = Path.Combine(bench.Data, "journal.db");
        DataDirectory.EnsureFile(path);
        using SqliteConnection connection = new($"Data Source={path};Pooling=False");
        connection.Open();
        Sqlite.Run(connection, $"""
            PRAGMA journal_mode = WAL; BEGIN; {JournalSchema.Statements(0, 1)}
            PRAGMA application_id = {JournalFile.ApplicationId}; PRAGMA user_version = 1;
            WITH RECURSIVE number(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < {OldRecords})
            INSERT INTO event (sequence, time, kind, person, name, badge)
                SELECT n, strftime('%Y-%m-%dT%H:%M:%fZ', '2026-02-01', n || ' minutes'), 'AttemptOpened', n % 7 + 1,
                    'person ' || (n % 7 + 1), 'H10301 ...67' FROM number;
            COMMIT;
            """);
    }

    private static void StartOnly(FaultBench bench, DoorProgram daemon) => daemon.WaitFor("Gallery loaded");

    // Badges that nobody has are denied at once.
    private static void Badges(FaultBench bench, DoorProgram daemon)
    {
        if (daemon.WaitFor("Gallery loaded") is null)
            return;
        for (int i = 0; i < 10; i++)
        {
            bench.Line.Send($"{131_089 + i:0000000000}");
            if (daemon.WaitFor("Denied") is null)
                return;
        }
    }

    private static void Unlocks(FaultBench bench, DoorProgram daemon)
    {
        if (daemon.WaitFor("Gallery loaded") is null)
            return;
        bench.Line.Send(FaultBench.AdamRead);
        _ = daemon.WaitFor("Relay off");
    }
}
