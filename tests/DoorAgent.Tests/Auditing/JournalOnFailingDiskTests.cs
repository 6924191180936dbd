using DoorAgent.Auditing;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Auditing;

public sealed class JournalOnFailingDiskTests : IDisposable
{
    private readonly MountedFolder _disk = new("1m");

    private string JournalPath => Path.Combine(_disk.Path, "journal.db");

    private string Filler => Path.Combine(_disk.Path, "filler");

    public void Dispose() => _disk.Dispose();

    [Fact]
    public void AFullDiskIsANamedErrorAndFreeSpaceFixesIt()
    {
        using Journal journal = Journal.Open(JournalPath);
        journal.Append(SomeEvents.Number(1));
        Fill();
        JournalException e = Assert.Throws<JournalException>(() =>
        {
            for (long i = 2; i < 1_000; i++)
                journal.Append(SomeEvents.Number(i));
        });
        Assert.Contains("the disk is full", e.Message, StringComparison.Ordinal);
        long last = journal.LastSequence;

        File.Delete(Filler);
        journal.Append(SomeEvents.Number(last + 2));
        Assert.Equal([last, last + 2], WrittenJournal.Entries(JournalPath).TakeLast(2).Select(record => record.Sequence));
    }

    [Fact]
    public void AnUpgradeOnAFullDiskIsRefusedAndTheJournalIsUnchanged()
    {
        OldJournal.Make(JournalPath, 1);
        byte[] before = File.ReadAllBytes(JournalPath);
        Fill();
        Assert.Contains("full", Assert.Throws<UserErrorException>(() => Journal.Open(JournalPath)).Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(JournalPath));
        Assert.Equal(OldJournal.Events, WrittenJournal.Entries(JournalPath));
        File.Delete(Filler);
        using Journal again = Journal.Open(JournalPath);
        Assert.Equal(OldJournal.Records, again.LastSequence);
    }

    [Fact]
    public void AStartOnAFullDiskIsRefusedWithTheReason()
    {
        Fill();
        Assert.Contains("full", Assert.Throws<UserErrorException>(() => Journal.Open(JournalPath)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ADiskThatBecameReadOnlyIsANamedErrorAndARemountFixesIt()
    {
        using (Journal journal = Journal.Open(JournalPath))
            journal.Append(SomeEvents.Number(1));
        _disk.BecomeReadOnly();
        Assert.Contains("read-only", Assert.Throws<UserErrorException>(() => Journal.Open(JournalPath)).Message, StringComparison.Ordinal);
        _disk.BecomeWritable();
        using Journal again = Journal.Open(JournalPath);
        Assert.Equal(1, again.LastSequence);
    }

    /// <summary>A file that stays open keeps the disk from being mounted again.</summary>
    [Fact]
    public void AfterAFailureTheFileIsClosedAndOpenedAgainByTheNextRecord()
    {
        using Journal journal = Journal.Open(JournalPath);
        journal.Append(SomeEvents.Number(1));
        Fill();
        Assert.Throws<JournalException>(() =>
        {
            for (long i = 2; i < 1_000; i++)
                journal.Append(SomeEvents.Number(i));
        });
        long last = journal.LastSequence;

        _disk.BecomeReadOnly();
        for (int i = 0; i < 2; i++)
            Assert.Contains("read-only", Assert.Throws<JournalException>(() => journal.Append(SomeEvents.Number(last + 2))).Message,
                StringComparison.Ordinal);
        _disk.BecomeWritable();
        File.Delete(Filler);
        journal.Append(SomeEvents.Number(last + 2));
        journal.Append(SomeEvents.Number(last + 3));
        Assert.Equal([last, last + 2, last + 3], WrittenJournal.Entries(JournalPath).TakeLast(3).Select(record => record.Sequence));
    }

    private void Fill()
    {
        try
        {
            File.WriteAllBytes(Filler, new byte[1 << 20]);
        }
        catch (IOException)
        {
            // The disk is full now, which was the purpose.
        }
    }
}
