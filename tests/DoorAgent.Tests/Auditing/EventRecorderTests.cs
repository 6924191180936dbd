using DoorAgent.Auditing;
using DoorAgent.Events;
using DoorAgent.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace DoorAgent.Tests.Auditing;

public sealed class EventRecorderTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly FakeTimeProvider _time = new();
    private readonly List<DoorEvent> _told = [];

    private string JournalFile => _folder.File("journal.db");

    [Fact]
    public void NumbersContinueAfterARestart()
    {
        Record(DoorEventKind.Started, DoorEventKind.Stopping);
        Record(DoorEventKind.Started);
        Assert.Equal([1, 2, 3], _told.Select(e => e.Sequence));
        Assert.Equal(_told, WrittenJournal.Entries(JournalFile));
    }

    [Fact]
    public void ASlowRecordIsAnAlarmAndStillWritten()
    {
        _time.AutoAdvanceAmount = TimeSpan.FromMilliseconds(600);
        Record(DoorEventKind.DoorClosed);
        Assert.Equal([DoorEventKind.DoorClosed, DoorEventKind.StorageSlow], _told.Select(e => e.Kind));
        Assert.Equal("writing one record took 600 ms", _told[1].Detail);
        Assert.Equal(2, WrittenJournal.Entries(JournalFile).Count);
    }

    [Fact]
    public void ARemovedJournalIsAnAlarmBeforeTheNextRecordAndANewOneStoresIt()
    {
        using Journal journal = Journal.Open(JournalFile);
        EventRecorder recorder = new(journal, new AuditingOptions(), _time, new EventPublishers(_time) { Observer = _told.Add });
        Assert.True(recorder.Record(new DoorEvent(DoorEventKind.DoorClosed), null));
        recorder.CheckJournal(null);
        Assert.Single(_told);
        foreach (string file in Directory.GetFiles(_folder.Path))
            File.Delete(file);
        recorder.CheckJournal(null);
        recorder.CheckJournal(null);
        Assert.Equal([DoorEventKind.DoorClosed, DoorEventKind.StorageFailed, DoorEventKind.StorageRestored], _told.Select(e => e.Kind));
        Assert.Null(recorder.Fault);
        Assert.Equal([2L, 3], WrittenJournal.Entries(JournalFile).Select(entry => entry.Sequence));
    }

    [Fact]
    public void AFastRecordIsNotAnAlarm()
    {
        _time.AutoAdvanceAmount = TimeSpan.FromMilliseconds(500);
        Record(DoorEventKind.DoorClosed);
        Assert.Equal([DoorEventKind.DoorClosed], _told.Select(e => e.Kind));
    }

    [Fact]
    public void AClockSetBackAndForthChangesNeitherTheOrderNorTheMeasuredTime()
    {
        DateTimeOffset start = _time.GetUtcNow();
        using (Journal journal = Journal.Open(JournalFile))
        {
            EventRecorder recorder = new(journal, new AuditingOptions(), _time, new EventPublishers(_time) { Observer = _told.Add });
            foreach (int days in new[] { 0, -400, 4000, -1, 0 })
            {
                // Sets the wall clock; the monotonic one does not move.
                _time.AdjustTime(start.AddDays(days));
                Assert.True(recorder.Record(new DoorEvent(DoorEventKind.DoorClosed), null));
            }
        }

        Record(DoorEventKind.Started);
        Assert.Equal([1, 2, 3, 4, 5, 6], _told.Select(e => e.Sequence));
        Assert.DoesNotContain(_told, e => e.Kind == DoorEventKind.StorageSlow);
        IReadOnlyList<DoorEvent> read = WrittenJournal.Entries(JournalFile);
        Assert.Equal(_told, read);
        Assert.Equal(start.AddDays(-400), read[1].Time);
    }

    [Fact]
    public void ARemovedJournalIsAnAlarmOnceAndIsCreatedAgain()
    {
        using Journal journal = Journal.Open(JournalFile);
        EventRecorder recorder = new(journal, new AuditingOptions(), _time, new EventPublishers(_time) { Observer = _told.Add });
        Assert.True(recorder.Record(new DoorEvent(DoorEventKind.Started), null));
        File.Delete(JournalFile);
        Assert.False(recorder.Record(new DoorEvent(DoorEventKind.DoorForced), null));
        Assert.True(recorder.Record(new DoorEvent(DoorEventKind.Restored), null));
        Assert.Equal(
            [DoorEventKind.Started, DoorEventKind.DoorForced, DoorEventKind.StorageFailed, DoorEventKind.Restored,
                DoorEventKind.StorageRestored],
            _told.Select(e => e.Kind));
        Assert.Contains("removed or replaced", _told[2].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void APasserByIsPublishedAndNotRecorded()
    {
        Record(DoorEventKind.AttemptOpened, DoorEventKind.AttemptAbandoned, DoorEventKind.AttemptOpened);
        Assert.Equal([(DoorEventKind.AttemptOpened, 1L), (DoorEventKind.AttemptAbandoned, 0), (DoorEventKind.AttemptOpened, 2)],
            _told.Select(e => (e.Kind, e.Sequence)));
        Assert.Equal([1, 2], WrittenJournal.Entries(JournalFile).Select(e => e.Sequence));
    }

    public void Dispose() => _folder.Dispose();

    private void Record(params DoorEventKind[] kinds)
    {
        using Journal journal = Journal.Open(JournalFile);
        EventRecorder recorder = new(journal, new AuditingOptions(), _time, new EventPublishers(_time) { Observer = _told.Add });
        foreach (DoorEventKind kind in kinds)
            Assert.True(recorder.Record(new DoorEvent(kind), null));
    }
}
