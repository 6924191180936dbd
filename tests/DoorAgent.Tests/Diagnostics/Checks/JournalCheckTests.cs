using DoorAgent.Auditing;
using DoorAgent.Diagnostics;
using DoorAgent.Diagnostics.Checks;
using DoorAgent.Doors;
using DoorAgent.Events;
using DoorAgent.Galleries;

namespace DoorAgent.Tests.Diagnostics.Checks;

public sealed class JournalCheckTests : IDisposable
{
    private readonly SomeDoor _door = new();

    private string Path => System.IO.Path.Combine(_door.Data, "journal.db");

    public void Dispose() => _door.Dispose();

    [Fact]
    public async Task AMissingJournalIsOkBeforeTheFirstStartAndAFaultWhileADoorRuns()
    {
        (await _door.FindAsync<JournalCheck>()).AreAllOk();
        _door.Running = _door.Status();
        (await _door.FindAsync<JournalCheck>()).Has(FindingLevel.Fault, "is gone", "systemctl restart");
    }

    [Fact]
    public async Task AnIntactJournalIsReportedWithItsSizeAndTheAgeOfItsLastRecord()
    {
        Write(2);
        _door.Time.Advance(TimeSpan.FromHours(5));
        IReadOnlyList<Finding> found = await _door.FindAsync<JournalCheck>();
        found.AreAllOk();
        found.Has(FindingLevel.Ok, "2 records, ");
        found.Has(FindingLevel.Ok, "the last 5 h ago");
    }

    [Fact]
    public async Task AJournalThatDoesNotGrowWhileTheDoorRunsIsAFault()
    {
        Write(2);
        _door.Running = _door.Status(DoorPhase.Locked, 1, 2);
        (await _door.FindAsync<JournalCheck>()).Has(FindingLevel.Ok, "writes to it");
        _door.Running = _door.Status(DoorPhase.Locked, 2, 3);
        (await _door.FindAsync<JournalCheck>()).Has(FindingLevel.Fault, "is at event 3, and the journal ends at 2", "df -h");
    }

    [Fact]
    public async Task ARecordFromTheFutureIsAWarning()
    {
        Write(1);
        _door.Time.SetUtcNow(_door.Time.GetUtcNow());
        using SomeDoor earlier = new();
        File.Copy(Path, System.IO.Path.Combine(earlier.Data, "journal.db"));
        earlier.Time.AdjustTime(_door.Time.GetUtcNow().AddDays(-30));
        (await earlier.FindAsync<JournalCheck>()).Has(FindingLevel.Warning, "time in the future", "timedatectl");
    }

    [Theory]
    [InlineData("no database at all, and longer than a header of one would be, so that nobody takes it for an empty file", "damaged")]
    public async Task AForeignFileIsAFault(string content, string what)
    {
        File.WriteAllText(Path, string.Concat(Enumerable.Repeat(content, 50)));
        (await _door.FindAsync<JournalCheck>()).Has(FindingLevel.Fault, what, "mv");
    }

    [Fact]
    public async Task AGalleryInPlaceOfTheJournalIsAFault()
    {
        using (GalleryFile gallery = new(Path, _door.Time))
            Assert.Empty(gallery.People);
        (await _door.FindAsync<JournalCheck>()).Has(FindingLevel.Fault, "a database of another program", "mv");
    }

    private void Write(int records)
    {
        using Journal journal = Journal.Open(Path);
        for (int i = 1; i <= records; i++)
            journal.Append(Made(i));
    }

    private DoorEvent Made(long number) => _door.Status(DoorPhase.Locked, number).Events[0];
}
