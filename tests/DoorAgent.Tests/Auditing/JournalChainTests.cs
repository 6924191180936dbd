using System.Security.Cryptography;
using System.Text;
using CsCheck;
using DoorAgent.Auditing;
using DoorAgent.Events;
using DoorAgent.Sealing;
using DoorAgent.Storage;
using DoorAgent.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;

namespace DoorAgent.Tests.Auditing;

/// <summary>Tests of what the door writes to prove its journal: macs, checkpoints, keys.</summary>
public sealed class JournalChainTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private string JournalPath => _folder.File("journal.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void EachRecordHasTheMacOfTheRecordBeforeAndOfItselfAlsoAfterARestart()
    {
        for (int run = 0; run < 2; run++)
        {
            using Journal journal = Open();
            journal.Append(SomeEvents.Granted(journal.LastSequence + 1));
            journal.Append(SomeEvents.Denied(DenyReason.FaceNotMatched) with
            {
                Sequence = journal.LastSequence + 1,
                Detail = $"a \"quoted\" ü\\\t of {PersonReference.Of(8, "nora")}",
            });
            Assert.Null(journal.Finding);
            Assert.Equal(WrittenJournal.Entries(JournalPath)[^1].Sequence, journal.Head!.Sequence);
            Assert.Equal(journal.Head, JournalHead.OfFile(JournalPath));
        }

        byte[] mac = new byte[32];
        foreach ((int i, DoorEvent e) in WrittenJournal.Entries(JournalPath).Index())
        {
            mac = ChainedJournal.Mac(mac, e with { Detail = e.Detail?.Replace("nora", "{person 8}", StringComparison.Ordinal) });
            Assert.Equal(mac, ChainedJournal.MacsOf(JournalPath)[i]);
        }
    }

    [Fact]
    public void TheCanonicalLineOfAnyRecordIsTheSameFromItsValuesAndFromTheFile()
    {
        CanonicalRecord one = new(), other = new();
        using Journal journal = Open();
        Gen.Select(Gen.Enum<DoorEventKind>(), Gen.Enum<DenyReason>().Nullable(), Gen.Long.Nullable(), Gen.Single[0, 2].Nullable(),
            Gen.DateTimeOffset, Gen.String[Gen.Char["\0\u0001\a\b\f\n\r\t\v\u001f \"\\/azü漢"], 0, 20].Null()).Sample(any =>
            {
                (DoorEventKind kind, DenyReason? reason, long? person, float? distance, DateTimeOffset time, string? text) = any;
                DoorEvent e = SomeEvents.Number(journal.LastSequence + 1, kind) with
                {
                    Time = time, Reason = reason, PersonId = person, Distance = distance, Threshold = distance / 3, Encoder = text,
                    Detail = text,
                };
                journal.Append(e);
                using SqliteConnection reader = JournalFile.OpenToRead(JournalPath);
                using RecordRows rows = new(reader, e.Sequence - 1, e.Sequence);
                Assert.True(rows.Read());
                string line = Encoding.UTF8.GetString(one.Of(rows.Row));
                Assert.Equal(line, Encoding.UTF8.GetString(other.Of(EventRow.Write(e, JournalSchema.Version))));
                Assert.Equal(ChainedJournal.Line(e), line, ignoreCase: true);
            }, iter: 100, threads: 1);
    }

    [Fact]
    public void ANumberThatIsNotSinglePrecisionHasALineOfItsOwn()
    {
        WriteAndReadBack("0.555", out string exact);
        WriteAndReadBack("0.55500000715255737", out string single);
        Assert.NotEqual(exact, single);
        Assert.Contains("\"distance\":0.555,", single, StringComparison.Ordinal);
    }

    [Fact]
    public void ACheckpointIsSignedEveryThousandRecordsOnceADayAndAtAStop()
    {
        FakeTimeProvider clock = ChainedJournal.Clock();
        using (Journal journal = ChainedJournal.With(JournalPath, 2003, clock))
        {
            Assert.Equal([1000L, 2000], ChainedJournal.CheckpointsOf(JournalPath).Select(one => one.Last));
            clock.Advance(TimeSpan.FromHours(23));
            journal.RequireUnchanged();
            Assert.Equal(2, ChainedJournal.CheckpointsOf(JournalPath).Count);
            clock.Advance(TimeSpan.FromHours(1));
            journal.RequireUnchanged();
            journal.RequireUnchanged();
            journal.Append(SomeEvents.Number(2004));
            journal.Append(SomeEvents.Number(2005, DoorEventKind.Stopping));
        }

        IReadOnlyList<Checkpoint> all = ChainedJournal.CheckpointsOf(JournalPath);
        Assert.Equal([(1L, 1000L, "count"), (1001, 2000, "count"), (2001, 2003, "day"), (2004, 2005, "stop")],
            all.Select(one => (one.First, one.Last, one.Reason)));
        byte[] previous = new byte[32];
        foreach (Checkpoint one in all)
        {
            string lines = string.Concat(WrittenJournal.Entries(JournalPath).Where(e => e.Sequence >= one.First && e.Sequence <= one.Last)
                .Select(e => ChainedJournal.Line(e) + "\n"));
            Assert.Equal(SHA256.HashData(Encoding.UTF8.GetBytes(lines)), one.Digest);
            Assert.Equal(ChainedJournal.MacsOf(JournalPath)[(int)one.Last - 1], one.Mac);
            Assert.Equal(previous, one.Previous);
            previous = SHA256.HashData(Encoding.UTF8.GetBytes(one.Statement));
            using JournalVerifier verifier = new(PublicKeyOf(ChainedJournal.Door));
            Assert.True(verifier.IsSignatureOf(one.Statement, one.Signature));
            Assert.False(verifier.IsSignatureOf(one.Statement.Replace("records", "Records", StringComparison.Ordinal), one.Signature));
        }
    }

    [Fact]
    public void TheBlockOfACheckpointGoesOnAfterAPowerCut()
    {
        ChainedJournal.With(JournalPath, 700).Dispose();
        using (Journal journal = Open())
        {
            for (int i = 701; i <= 1001; i++)
                journal.Append(SomeEvents.Number(i));
        }

        using Journal again = Open();
        Assert.Null(again.Finding);
        Assert.Equal(1000, ChainedJournal.CheckpointsOf(JournalPath).Single().Records);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void TheChainOfAnOlderJournalBeginsWhenTheDoorHasAKeyAndSignsTheOldRecordsAsTheyAre(int format)
    {
        OldJournal.Make(JournalPath, format);
        using (Journal journal = Journal.Open(JournalPath, ChainedJournal.None, ChainedJournal.Clock()))
        {
            journal.Append(SomeEvents.Number(41));
            Assert.Equal((null, null, null), (journal.Finding, journal.Unproven, journal.Head));
        }

        Assert.Empty(ChainedJournal.CheckpointsOf(JournalPath));
        using (Journal journal = Open())
            journal.Append(SomeEvents.Granted(42));
        Checkpoint old = ChainedJournal.CheckpointsOf(JournalPath).Single();
        Assert.Equal((1L, 41L, 41L, "begin", null), (old.First, old.Last, old.Records, old.Reason, old.Mac));
        Assert.Equal(41, ChainedJournal.MacsOf(JournalPath).Count(mac => mac is null));
        Assert.Equal(ChainedJournal.Mac(new byte[32], SomeEvents.Granted(42)), ChainedJournal.MacsOf(JournalPath)[^1]);
        using SqliteConnection reader = JournalFile.OpenToRead(JournalPath);
        Assert.Equal(42, Assert.Single(JournalKeyRow.ReadAll(reader)).Since);
        Assert.Equal(0, Sqlite.Number(reader, "SELECT count(*) FROM journal_name WHERE mac IS NULL"));
    }

    [Theory]
    [InlineData("UPDATE event SET kind = 'Granted' WHERE sequence = 20", "record 20 is changed")]
    [InlineData("DELETE FROM event WHERE sequence BETWEEN 11 AND 15", "record 16 is changed, or")]
    [InlineData("UPDATE event SET mac = NULL WHERE sequence > 19", "record 20 is without proof")]
    [InlineData("INSERT INTO event (sequence, time, kind) VALUES (21, '', 'DoorClosed'), (22, '', 'DoorClosed')",
        "records 21 to 22 are without")]
    [InlineData("DELETE FROM journal_key", "its keys are missing")]
    public void AJournalThatDoesNotContinueIsReportedOnceAndTheDoorGoesOn(string sql, string words)
    {
        ChainedJournal.With(JournalPath, 20).Dispose();
        ChangeByForce(sql);
        long last;
        using (Journal journal = Open())
        {
            Assert.Contains(words, journal.Finding, StringComparison.Ordinal);
            last = journal.LastSequence + 1;
            journal.Append(SomeEvents.Number(last));
        }

        using (Journal journal = Open())
        {
            Assert.Null(journal.Finding);
            Assert.Equal(last, journal.LastSequence);
        }

        Assert.Equal("unproven", ChainedJournal.CheckpointsOf(JournalPath).Single().Reason);
    }

    /// <summary>After a clean stop every record is in a signed block.</summary>
    [Theory]
    [InlineData("UPDATE event SET kind = 'Granted' WHERE sequence = 1490")]
    [InlineData("DELETE FROM event WHERE sequence = 1490")]
    [InlineData("UPDATE event SET mac = zeroblob(32) WHERE sequence = 1500")]
    public void ARecordThatWasChangedAfterACleanStopIsReportedAtTheStart(string sql)
    {
        using (Journal journal = ChainedJournal.With(JournalPath, 1499))
            journal.Append(SomeEvents.Number(1500, DoorEventKind.Stopping));
        Open().Dispose();
        ChangeByForce(sql);
        using Journal again = Open();
        Assert.Contains("records 1001 to 1500 are not as they were signed", again.Finding, StringComparison.Ordinal);
    }

    [Fact]
    public void RecordsThatAreMissingBeforeACheckpointAreReportedAndTheirNumbersNotUsedAgain()
    {
        ChainedJournal.With(JournalPath, 1005).Dispose();
        ChangeByForce("DELETE FROM event WHERE sequence > 990");
        using Journal journal = Open();
        Assert.Contains("records 991 to 1000 are missing at the end", journal.Finding, StringComparison.Ordinal);
        journal.Append(SomeEvents.Number(1001));
    }

    [Fact]
    public void ADoorWhoseKeyIsMissingSaysSoAndGoesOnWithoutProof()
    {
        ChainedJournal.With(JournalPath, 5).Dispose();
        using (Journal journal = Journal.Open(JournalPath, ChainedJournal.None, ChainedJournal.Clock()))
        {
            Assert.Contains("carry no proof any more: there is no key here", journal.Unproven, StringComparison.Ordinal);
            journal.Append(SomeEvents.Number(6));
        }

        using Journal again = Open();
        Assert.Contains("record 6 is without proof", again.Finding, StringComparison.Ordinal);
    }

    [Fact]
    public void AnotherKeyWithoutARotationIsReportedAndChainsFromThen()
    {
        ChainedJournal.With(JournalPath, 5).Dispose();
        DoorKey other = DoorKey.Generate();
        using (Journal journal = Journal.Open(JournalPath, new KeyRing([other], null), ChainedJournal.Clock()))
        {
            Assert.Contains($"made with the key {ChainedJournal.Door.Id}", journal.Finding, StringComparison.Ordinal);
            journal.Append(SomeEvents.Number(6));
        }

        using Journal again = Journal.Open(JournalPath, new KeyRing([other], null), ChainedJournal.Clock());
        Assert.Null(again.Finding);
    }

    [Fact]
    public void ARotatedKeyIsEndorsedByTheOldOneAndMayBeRotatedAgain()
    {
        ChainedJournal.With(JournalPath, 5).Dispose();
        DoorKey next = DoorKey.Generate(), third = DoorKey.Generate();
        for (int i = 0; i < 2; i++)
            JournalKeyRotation.Run(JournalPath, ChainedJournal.Door, next, ChainedJournal.Clock());
        JournalKeyRotation.Run(JournalPath, next, third, ChainedJournal.Clock());
        using (Journal journal = Journal.Open(JournalPath, new KeyRing([third], null), ChainedJournal.Clock()))
        {
            Assert.Null(journal.Finding);
            journal.Append(SomeEvents.Number(journal.LastSequence + 1));
        }

        using SqliteConnection reader = JournalFile.OpenToRead(JournalPath);
        IReadOnlyList<JournalKeyRow> keys = JournalKeyRow.ReadAll(reader);
        Assert.Equal([ChainedJournal.Door.Id, next.Id, third.Id], keys.Select(key => key.Key));
        foreach ((JournalKeyRow before, JournalKeyRow after) in keys.Zip(keys.Skip(1)))
        {
            using JournalVerifier verifier = new(before.PublicKey);
            Assert.True(verifier.IsSignatureOf(after.Statement, after.Endorsement!));
        }

        Assert.Equal(keys.Select((_, i) => RecordMac.KeyOf(new[] { ChainedJournal.Door, next, third }[i])),
            keys.Select(key => key.ChainKey(new KeyRing([third], null))!));
        Assert.Equal("rotation", ChainedJournal.CheckpointsOf(JournalPath)[0].Reason);
    }

    [Fact]
    public void AnOlderCopyWrittenOverARunningJournalLeavesAGapThatShows()
    {
        ChainedJournal.With(JournalPath, 2).Dispose();
        byte[] older = File.ReadAllBytes(JournalPath);
        using (Journal journal = Open())
        {
            journal.Append(SomeEvents.Number(3));
            WrittenJournal.Change(JournalPath, "PRAGMA wal_checkpoint(TRUNCATE)");
            journal.RequireUnchanged();
            File.WriteAllBytes(JournalPath, older);
            Assert.Throws<JournalException>(journal.RequireUnchanged);
            journal.Append(SomeEvents.Number(4));
        }

        byte[] three = ChainedJournal.Mac(ChainedJournal.MacsOf(JournalPath)[1]!, SomeEvents.Number(3));
        Assert.Equal(ChainedJournal.Mac(three, SomeEvents.Number(4)), ChainedJournal.MacsOf(JournalPath)[^1]);
    }

    private Journal Open() => Journal.Open(JournalPath, ChainedJournal.Keys, ChainedJournal.Clock());

    private static byte[] PublicKeyOf(DoorKey door)
    {
        using JournalSigner signer = new(door);
        return signer.PublicKey;
    }

    private void WriteAndReadBack(string number, out string line)
    {
        string path = _folder.File($"{number}.db");
        Journal.Open(path).Dispose();
        WrittenJournal.Change(path, $"INSERT INTO event (sequence, time, kind, distance) VALUES (1, '', 'Denied', {number})");
        using SqliteConnection reader = JournalFile.OpenToRead(path);
        using RecordRows rows = new(reader, 0, 1);
        rows.Read();
        line = Encoding.UTF8.GetString(new CanonicalRecord().Of(rows.Row));
    }

    /// <summary>Changes the file as somebody does who removes its rules first.</summary>
    private void ChangeByForce(string sql) => WrittenJournal.Change(JournalPath, "DROP TRIGGER event_keeps; DROP TRIGGER event_stays; "
        + $"DROP TRIGGER journal_key_stays; {sql}");
}
