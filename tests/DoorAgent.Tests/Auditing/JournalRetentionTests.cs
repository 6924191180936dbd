using DoorAgent.Auditing;
using DoorAgent.Events;
using DoorAgent.Hardware;
using DoorAgent.Running;
using DoorAgent.Storage;
using DoorAgent.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;

namespace DoorAgent.Tests.Auditing;

/// <summary>Tests with a journal of 13,000 records, ten days from thousand to thousand: the door removes the oldest ones and proves
/// that it did so.</summary>
public sealed class JournalRetentionTests(JournalRetentionTests.Written written) : IClassFixture<JournalRetentionTests.Written>, IDisposable
{
    private const int Records = 13_000;

    private static readonly TimeSpan BlockTime = TimeSpan.FromDays(10);

    private readonly TempFolder _folder = new();

    private string JournalPath => _folder.File("journal.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void NothingIsRemovedUntilAnOperatorSaysSo()
    {
        Copy();
        Assert.Null(JournalRetention.Due(JournalPath, new AuditingOptions(), written.End.AddYears(50)));
    }

    [Theory]
    [InlineData(115, 1000)]
    [InlineData(105, 2000)]
    [InlineData(7, 3000)]
    [InlineData(36_500, null)]
    public void BlocksOlderThanTheTimeAreDueAndTheNewestTenThousandRecordsStay(int days, int? due)
    {
        Copy();
        Assert.Equal(due, JournalRetention.Due(JournalPath, new AuditingOptions { KeepFor = TimeSpan.FromDays(days) }, written.End));
    }

    [Fact]
    public void TheOldestBlocksAreDueWhereTheRecordsTakeTooMuchSpace()
    {
        Copy();
        long size = new FileInfo(JournalPath).Length;
        Assert.InRange(size, 1_000_001, 9_999_999);
        Assert.Null(JournalRetention.Due(JournalPath, new AuditingOptions { KeepMB = 10 }, written.End));
        // Options below the smallest allowed one, because a larger journal takes a minute to write.
        long tooMany = (long)(Records * (1 - (1e6 / size)));
        Assert.Equal(Math.Min(3000, (tooMany + 999) / 1000 * 1000),
            JournalRetention.Due(JournalPath, new AuditingOptions { KeepMB = 1 }, written.End));
    }

    [Fact]
    public void WhatTheDoorRemovedIsProvenAndTheRestStaysWhole()
    {
        Copy();
        using (Journal journal = Open())
        {
            Assert.Equal((1, 1000), Ends(journal.RemoveBlock(2500, "a.jsonl")));
            Assert.Equal((1001, 2000), Ends(journal.RemoveBlock(2500, "a.jsonl")));
            Assert.Null(journal.RemoveBlock(2500, "a.jsonl"));
            journal.RemoveUnusedNames();
            journal.Append(SomeEvents.Granted(Records + 1));
            journal.Append(SomeEvents.Number(Records + 2, DoorEventKind.Stopping));
        }

        JournalProof proof = Verify();
        Assert.Equal([], proof.Findings);
        Assert.Equal((Records - 2000 + 2, 2001, "a.jsonl"), (proof.Records, proof.First, proof.Removed[0].Archive));
        Assert.Equal([1000L, 2000], proof.Removed.Select(one => one.Last));
        Assert.Equal("adam", WrittenJournal.Entries(JournalPath)[^2].PersonName);
        using Journal again = Open();
        Assert.Null(again.Finding);
    }

    [Fact]
    public void WhatSomebodyElseRemovedBesidesIsFound()
    {
        Copy();
        using (Journal journal = Open())
            journal.RemoveBlock(1000, archive: null);
        WrittenJournal.Change(JournalPath, "INSERT INTO segment SELECT 2000, 1001, 1000, mac_after, mac_after, NULL, time, key, "
            + "signature FROM segment; DELETE FROM event WHERE sequence <= 2000");
        Assert.Equal([new ProofFinding(ProofFault.Removed, 1001, 2000), new ProofFinding(ProofFault.Missing, 1001, 2000)],
            Verify().Findings);
    }

    [Theory]
    [InlineData("DELETE FROM event WHERE sequence > 9000")]
    [InlineData("UPDATE segment SET last = 2000")]
    [InlineData("DELETE FROM segment")]
    [InlineData("DELETE FROM checkpoint")]
    [InlineData("UPDATE checkpoint SET records = 1")]
    public void TheRulesOfTheFileHoldForEverybody(string sql)
    {
        Copy();
        using (Journal journal = Open())
            journal.RemoveBlock(1000, archive: null);
        WrittenJournal.Change(JournalPath, "INSERT OR IGNORE INTO event (sequence, time, kind) VALUES (99999, '', '')");
        Assert.Contains("the journal only grows",
            Assert.Throws<SqliteException>(() => WrittenJournal.Change(JournalPath, sql)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void NamesThatNoRecordNeedsGoWithTheRecords()
    {
        Copy();
        WrittenJournal.Change(JournalPath, "INSERT INTO journal_name (person, since, name) VALUES (8, 5, 'nora'), (9, 6, 'eva'), "
            + "(7, 900, 'adam o'), (7, 5000, 'adam n'); INSERT INTO event (sequence, time, kind, detail) "
            + $"VALUES ({Records + 1}, '', 'ScheduleUnknown', 'of {{person 9}}.')");
        using (Journal journal = Open())
        {
            journal.RemoveBlock(1000, archive: null);
            journal.RemoveUnusedNames();
        }

        using SqliteConnection reader = JournalFile.OpenToRead(JournalPath);
        Assert.Equal("adam o, adam n, eva", Sqlite.Scalar(reader,
            "SELECT group_concat(name, ', ') FROM (SELECT name FROM journal_name ORDER BY person, since)"));
    }

    [Fact]
    public void AStoppedDoorsFileIsSmallerInsideAndItsRoomIsUsedAgain()
    {
        Copy();
        using Journal journal = Open();
        journal.RemoveBlock(1000, archive: null);
        WrittenJournal.Change(JournalPath, "PRAGMA wal_checkpoint(TRUNCATE)");
        long size = new FileInfo(JournalPath).Length;
        for (int i = 1; i <= 300; i++)
            journal.Append(SomeEvents.Number(Records + i));
        WrittenJournal.Change(JournalPath, "PRAGMA wal_checkpoint(TRUNCATE)");
        Assert.Equal(size, new FileInfo(JournalPath).Length);
    }

    [Fact]
    public async Task TheDoorArchivesBeforeItRemovesAndRecordsTheEndOfThat()
    {
        Copy();
        AuditingOptions options = new() { KeepFor = TimeSpan.FromDays(105), ArchiveTo = _folder.File("archive") };
        FakeTimeProvider clock = new(written.End);
        Mailbox<DoorMessage> inbox = new(10);
        using CancellationTokenSource stop = new();
        Task upkeep = new JournalUpkeep(JournalPath, ChainedJournal.Keys, options, inbox, clock).RunAsync(stop.Token);
        await stop.CancelAsync();
        await upkeep;
        inbox.Close();
        DoorMessage.RecordsDue due = Assert.IsType<DoorMessage.RecordsDue>(
            Assert.Single(await inbox.ReadAllAsync(TestContext.Current.CancellationToken).ToListAsync(
                TestContext.Current.CancellationToken)));
        Assert.Equal((2000, _folder.File("archive/journal-to-000000002000.jsonl")), (due.UpTo, due.Archive));
        Assert.Equal(2000, File.ReadAllLines(due.Archive!).Length);
        Assert.True(File.Exists(ExportProof.PathOf(due.Archive!)));
        using (Journal journal = Open())
        {
            EventRecorder recorder = new(journal, options, clock, new EventPublishers(clock, []));
            recorder.Retention.Begin(due.UpTo, due.Archive);
            recorder.RemoveOldRecords(gallery: null, isQuiet: false);
            Assert.Equal(1, WrittenJournal.Entries(JournalPath)[0].Sequence);
            for (int i = 0; i < 5; i++)
                recorder.RemoveOldRecords(gallery: null, isQuiet: true);
        }

        DoorEvent last = WrittenJournal.Entries(JournalPath)[^1];
        Assert.Equal((DoorEventKind.RecordsRemoved, Records + 1), (last.Kind, last.Sequence));
        Assert.Contains("2,000 records, 1 to 2000, archived in", last.Detail, StringComparison.Ordinal);
        Assert.Equal(2001, WrittenJournal.Entries(JournalPath)[0].Sequence);
        Assert.NotNull(PreviousEnd.Read(JournalPath));
    }

    [Fact]
    public void AStartReadsNoMoreRecordsThanAlwaysStay() => Assert.True(LockoutReplay.MostRecords <= JournalRetention.LeastKept);

    private static (long, long) Ends(RemovedSegment? removed) => (removed!.First, removed.Last);

    private JournalProof Verify() => new JournalVerification(JournalPath, ChainedJournal.Keys).Run();

    private Journal Open() => Journal.Open(JournalPath, ChainedJournal.Keys, new FakeTimeProvider(written.End));

    private void Copy() => File.WriteAllBytes(JournalPath, written.Bytes);

    /// <summary>The journal, written once, without waiting for the disk.</summary>
    public sealed class Written : IDisposable
    {
        private readonly TempFolder _folder = new();

        public Written()
        {
            string path = _folder.File("journal.db");
            FakeTimeProvider clock = ManyRecords.Make(path, Records, BlockTime);
            (Bytes, End) = (File.ReadAllBytes(path), clock.GetUtcNow());
        }

        public byte[] Bytes { get; }

        /// <summary>The time of the last record.</summary>
        public DateTimeOffset End { get; }

        public void Dispose() => _folder.Dispose();
    }
}
