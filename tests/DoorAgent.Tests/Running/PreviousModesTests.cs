using DoorAgent.Auditing;
using DoorAgent.Events;
using DoorAgent.Modes;
using DoorAgent.Operating;
using DoorAgent.Running;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Running;

public sealed class PreviousModesTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 7, 0, 0, TimeSpan.FromHours(1));
    private static readonly LastingMode Locked = new(new Lockdown(Now.AddDays(-1), "user 0"));

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void TheFileIsWhatCounts()
    {
        Journal(DoorEventKind.LockdownEnded);
        File().Write(Locked);
        Assert.Equal(new PreviousMode(Locked, MustBeWritten: false), Read());

        LastingMode suspended = new(null, new SuspendedHours(Now.AddHours(3), "user 0"));
        Journal(DoorEventKind.LockdownStarted);
        File().Write(suspended);
        Assert.Equal(new PreviousMode(suspended, MustBeWritten: false), Read());

        LastingMode withoutEnd = new(null, new SuspendedHours(DateTimeOffset.MaxValue, "user 0"));
        File().Write(withoutEnd);
        Assert.Equal(new PreviousMode(withoutEnd, MustBeWritten: false), Read());
    }

    [Fact]
    public void WithoutAFileTheJournalsLastWordCounts()
    {
        Journal(DoorEventKind.Started);
        Assert.Equal(new PreviousMode(LastingMode.Normal, MustBeWritten: true), Read());
        Journal(DoorEventKind.LockdownStarted, DoorEventKind.Denied, DoorEventKind.Stopping);
        Assert.Contains("by the journal", Read().Lasting.Lockdown!.By, StringComparison.Ordinal);
        Journal(DoorEventKind.LockdownEnded, DoorEventKind.Granted);
        Assert.Equal(new PreviousMode(LastingMode.Normal, MustBeWritten: true), Read());
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"lockdown":{"since":"yesterday","by":"user 0"}}""")]
    [InlineData("""{"lockdown":{"by":"user 0"}}""")]
    [InlineData("""{"suspended":{"until":"2026-03-02T10:00:00Z"}}""")]
    [InlineData("""{"lockdwn":null}""")]
    public void AFileThatThisProgramDidNotWriteIsALockdown(string text)
    {
        Journal(DoorEventKind.LockdownEnded);
        System.IO.File.WriteAllText(_folder.File("mode.json"), text);

        Assert.NotNull(Read().Lasting.Lockdown);
    }

    [Fact]
    public void ALongFileALinkAndAFolderAreALockdown()
    {
        Journal(DoorEventKind.Started);
        System.IO.File.WriteAllText(_folder.File("mode.json"), "{}" + new string(' ', 5000));
        Assert.NotNull(Read().Lasting.Lockdown);
        System.IO.File.Delete(_folder.File("mode.json"));
        System.IO.File.CreateSymbolicLink(_folder.File("mode.json"), "/dev/null");
        Assert.NotNull(Read().Lasting.Lockdown);
        System.IO.File.Delete(_folder.File("mode.json"));
        Directory.CreateDirectory(_folder.File("mode.json"));
        Assert.NotNull(Read().Lasting.Lockdown);
    }

    [Fact]
    public void AFileIsWrittenWholeOrNotAtAll()
    {
        File().Write(Locked);
        Directory.CreateDirectory(_folder.File("mode.json.new"));

        Assert.ThrowsAny<SystemException>(() => File().Write(LastingMode.Normal));
        Assert.Equal(Locked, File().Read());
    }

    private ModeFile File() => new(_folder.File("mode.json"));

    private PreviousMode Read() => PreviousModes.Read(File(), _folder.File("journal.db"), Now);

    private void Journal(params DoorEventKind[] kinds)
    {
        using Journal journal = DoorAgent.Auditing.Journal.Open(_folder.File("journal.db"));
        long last = journal.LastSequence;
        foreach (DoorEventKind kind in kinds)
            journal.Append(new DoorEvent(kind) { Time = Now, Sequence = ++last });
    }
}
