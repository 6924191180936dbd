using DoorAgent.Auditing;
using DoorAgent.Events;
using DoorAgent.Matching;
using DoorAgent.Sealing;
using DoorAgent.Simulation;
using DoorAgent.Storage;
using DoorAgent.Tests.Support;
using Microsoft.Data.Sqlite;

namespace DoorAgent.Tests.Auditing;

public sealed class UsedGalleriesTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

    private readonly TempFolder _folder = new();
    private readonly DoorKey _key = DoorKey.Generate();
    private readonly SimulatedTime _time = new(Now, TimeZoneInfo.Utc);

    private string JournalPath => _folder.File("journal.db");

    private Anchor Anchor => new(_folder.File("anchor"), Libc.UserId);

    [Fact]
    public void ADoorThatHasUsedNoGalleryAcceptsEvery()
    {
        Assert.Null(Of().FaultOf(Head(1)));
        Journal.Open(JournalPath).Dispose();
        Assert.Null(Of(_key).FaultOf(Head(1)));
        Assert.Empty(Of(_key).Newest());
    }

    /// <summary>A first start on a full disk leaves an empty file.</summary>
    [Fact]
    public void AnEmptyJournalRemembersNone()
    {
        _folder.Write("journal.db", "");
        Assert.Null(Of(_key).FaultOf(Head(1)));
    }

    [Fact]
    public void TheNewestOneIsRememberedByTheJournal()
    {
        Note(_key, 3, 7, 5);
        Assert.Equal([new UsedGallery(Head(7), "2026-03-02T08:00:00.0000000Z", IsAnchored: false)], Of(_key).Newest());
        Assert.Null(Of(_key).FaultOf(Head(7)));
        Assert.Null(Of(_key).FaultOf(Head(8)));
        Assert.Equal("has revision 6, and revision 7 was in use (by the journal, 2026-03-02T08:00:00.0000000Z)", Of(_key).FaultOf(Head(6)));
    }

    [Fact]
    public void TheAnchorRemembersWhatTheJournalHasLost()
    {
        Note(_key, 3);
        Anchor.Write(new DoorHead(Now, Head(7), null));
        Assert.Contains("by the anchor", Of(_key).FaultOf(Head(6)), StringComparison.Ordinal);
        File.Delete(JournalPath);
        Assert.Contains("by the anchor", Of(_key).FaultOf(Head(6)), StringComparison.Ordinal);
        Assert.Null(Of(_key).FaultOf(Head(7)));
    }

    [Fact]
    public void WithoutAReadableAnchorTheJournalDecidesAndTheReasonIsSaid()
    {
        Note(_key, 3);
        _folder.Write("anchor", "torn");
        UsedGalleries used = Of(_key);
        Assert.Contains("revision 3", used.FaultOf(Head(2)), StringComparison.Ordinal);
        Assert.Null(used.FaultOf(Head(3)));
        Assert.Contains("cannot be used", used.AnchorFault, StringComparison.Ordinal);
    }

    [Fact]
    public void WhereItsRowsAreDeletedTheChainedRecordOfTheLoadedGalleryRemembersTheRevision()
    {
        Note(_key, 7);
        using (Journal journal = Journal.Open(JournalPath, new KeyRing([_key], null), _time))
        {
            journal.Append(new DoorEvent(DoorEventKind.GalleryLoaded) { Sequence = 1, Time = Now, Detail = "revision 6, people 1" });
            journal.Append(new DoorEvent(DoorEventKind.GalleryLoaded) { Sequence = 2, Time = Now, Detail = "revision 7, people 1" });
        }

        Assert.True(new JournalVerification(JournalPath, new KeyRing([_key], null)).Run().IsWhole);
        Change("""
            DROP TRIGGER gallery_used_stays; DELETE FROM gallery_used;
            INSERT INTO event (sequence, time, kind, detail, mac) VALUES
                (901, '', 'GalleryLoaded', 'revision 1, people 1', NULL), (902, '', 'GalleryLoaded', 'revision 999, people 1', zeroblob(32))
            """);
        Assert.StartsWith("has revision 6, and revision 7 was in use (by a record", Of(_key).FaultOf(Head(6)), StringComparison.Ordinal);
        Assert.Null(Of(_key).FaultOf(Head(7)));
        Assert.Equal(7, Of(_key).Newest().Single().Head.Revision);
        Assert.Contains(new ProofFinding(ProofFault.Gallery, 2, 2, "revision 7"),
            new JournalVerification(JournalPath, new KeyRing([_key], null)).Run().Findings);
    }

    /// <summary>Somebody without the key can add rows, and remove the door's own.</summary>
    [Fact]
    public void ARowOfSomebodyWithoutTheKeyLocksNobodyOutAndLetsNothingIn()
    {
        Note(_key, 7);
        Change("""
            INSERT INTO gallery_used (id, revision, mark, digest, key, time, mac)
                VALUES (8, 999, 'aa', 'bb', 'cc', 'now', x'00'), (9, 998, 'aa', 'bb', 'cc', 'now', NULL)
            """);
        Assert.Null(Of(_key).FaultOf(Head(8)));
        Assert.Contains("revision 7", Of(_key).FaultOf(Head(6)), StringComparison.Ordinal);

        Change("DROP TRIGGER gallery_used_keeps; UPDATE gallery_used SET revision = 1 WHERE revision = 7");
        Assert.Contains("revision 999", Of(_key).FaultOf(Head(6)), StringComparison.Ordinal);
    }

    [Fact]
    public void AnotherKeyIsAcceptedWhereTheJournalRecordsItsRotation()
    {
        Note(_key, 7);
        DoorKey next = DoorKey.Generate();
        Assert.Contains("no change of the key is recorded", Of(next).FaultOf(Head(8, next)), StringComparison.Ordinal);
        AddKey(2, next, endorsement: null);
        Assert.Contains("no change of the key is recorded", Of(next).FaultOf(Head(8, next)), StringComparison.Ordinal);
        DoorKey third = DoorKey.Generate();
        AddKey(3, third, endorsement: [1]);
        Assert.Null(Of(third).FaultOf(Head(8, third)));
        Assert.Contains("revision 6", Of(third).FaultOf(Head(6, third)), StringComparison.Ordinal);
    }

    [Fact]
    public void AJournalOfAnOlderFormatKnowsNothing()
    {
        OldJournal.Make(JournalPath, 3);
        Assert.Null(Of(_key).FaultOf(Head(1)));
    }

    public void Dispose() => _folder.Dispose();

    private GalleryHead Head(long revision, DoorKey? key = null) =>
        new(revision, $"{revision:x32}", new string('b', 64), (key ?? _key).Id);

    private UsedGalleries Of(params DoorKey[] keys) => new(JournalPath, Anchor, new KeyRing(keys, null));

    private void Note(DoorKey? key, params long[] revisions)
    {
        using Journal journal = Journal.Open(JournalPath, new KeyRing(key is null ? [] : [key], null), _time);
        foreach (long revision in revisions)
            journal.NoteGallery(Head(revision));
    }

    private void AddKey(long since, DoorKey key, byte[]? endorsement)
    {
        using SqliteConnection connection = Sqlite.Open(JournalPath, SqliteOpenMode.ReadWrite, _ => { });
        Sqlite.Run(connection, """
            INSERT INTO journal_key (since, key, public_key, chain_key, sealed_by, endorsement)
                VALUES ($since, $key, x'00', x'00', $key, $endorsement)
            """, ("$since", since), ("$key", key.Id), ("$endorsement", endorsement));
    }

    private void Change(string sql)
    {
        using SqliteConnection connection = Sqlite.Open(JournalPath, SqliteOpenMode.ReadWrite, _ => { });
        Sqlite.Run(connection, sql);
    }
}
