using DoorAgent.Auditing;
using DoorAgent.Hardware;
using DoorAgent.Matching;
using DoorAgent.Running;
using DoorAgent.Sealing;
using DoorAgent.Simulation;
using DoorAgent.Storage;
using DoorAgent.Tests.Auditing;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Running;

public sealed class HeadKeeperTests : IDisposable
{
    private static readonly GalleryHead Gallery = new(7, new string('7', 32));

    private readonly TempFolder _folder = new();
    private readonly SimulatedTime _time = new(new DateTimeOffset(2026, 3, 2, 7, 0, 0, TimeSpan.Zero), TimeZoneInfo.Utc);
    private readonly Mailbox<DoorMessage> _inbox = new(10);
    private readonly KeyRing _keys = new([DoorKey.Generate()], null);

    private Places Places => new(_folder.Path, []) { AnchorFile = _folder.File("anchor") };

    private DoorHead Head => DoorHead.Parse(File.ReadAllBytes(Places.HeadFile));

    [Fact]
    public void TheHeadHasTheGalleryInUseAndTheLastRecord()
    {
        Append(1, 2, 3);
        HeadKeeper keeper = new(Places, _inbox, _time);
        keeper.Use(Gallery);
        Assert.Null(keeper.Write());
        Assert.Equal((Gallery, 3L), (Head.Gallery, Head.Journal!.Sequence));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Places.HeadFile));
        File.Delete(Places.HeadFile);
        Assert.Null(keeper.Write());
        Assert.False(File.Exists(Places.HeadFile));
        Append(4);
        Assert.Null(keeper.Write());
        Assert.Equal(4, Head.Journal!.Sequence);
    }

    [Fact]
    public void WithoutAnAnchorNothingIsWritten()
    {
        Append(1);
        HeadKeeper keeper = new(Places with { AnchorFile = null }, _inbox, _time);
        keeper.Use(Gallery);
        Assert.Null(keeper.Write());
        Assert.False(File.Exists(Places.HeadFile));
    }

    [Fact]
    public async Task ItIsWrittenAtANewGalleryAndEveryFiveMinutes()
    {
        Append(1);
        HeadKeeper keeper = new(Places, _inbox, _time);
        using CancellationTokenSource stop = new();
        Task running = keeper.RunAsync(stop.Token);
        keeper.Use(Gallery);
        await keeper.WhenIdleAsync();
        Assert.Equal((Gallery, 1L), (Head.Gallery, Head.Journal!.Sequence));
        Append(2);
        _time.StepTo(_time.Elapsed + HeadKeeper.Interval);
        await keeper.WhenIdleAsync();
        Assert.Equal(2, Head.Journal!.Sequence);
        await stop.CancelAsync();
        await running;
    }

    /// <summary>Otherwise a journal that was cut off would grow beyond the anchor and look like a later one.</summary>
    [Fact]
    public void AJournalThatLacksTheAnchoredRecordIsNotOfferedToTheAnchor()
    {
        if (!Libc.IsRoot)
            Assert.Skip("needs root, who alone writes an anchor that a door believes");
        Append(1, 2, 3);
        new Anchor(Places.AnchorFile!).Write(new DoorHead(_time.GetUtcNow(), null, JournalHead.OfFile(Places.JournalFile)));
        File.Delete(Places.JournalFile);
        Append(2, 3, 4, 5);
        Assert.Equal("has another record 3 than the one that was written",
            AnchoredJournal.FaultOf(Places.JournalFile, new Anchor(Places.AnchorFile!).Read()!.Journal!));
        HeadKeeper keeper = new(Places, _inbox, _time);
        keeper.Use(Gallery);
        Assert.Null(keeper.Write());
        Assert.Equal((Gallery, null), (Head.Gallery, Head.Journal));
    }

    [Fact]
    public void AJournalThatHasTheAnchoredRecordIsTheDoorsOwn()
    {
        Append(1, 2, 3);
        JournalHead then = JournalHead.OfFile(Places.JournalFile)!;
        Append(4);
        Assert.Null(AnchoredJournal.FaultOf(Places.JournalFile, then));
        Assert.NotNull(AnchoredJournal.FaultOf(Places.JournalFile, then with { Mac = new string('0', 64) }));
        Assert.Contains("ends at record 4", AnchoredJournal.FaultOf(Places.JournalFile, then with { Sequence = 5 }), StringComparison.Ordinal);
        Assert.Contains("lacks record 3", AnchoredJournal.FaultOf(_folder.File("none"), then), StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private void Append(params long[] sequences)
    {
        using Journal journal = Journal.Open(Places.JournalFile, _keys, _time);
        foreach (long sequence in sequences)
            journal.Append(SomeEvents.Number(sequence));
    }
}
