using DoorAgent.Hardware.Gpio;
using Microsoft.Extensions.Time.Testing;

namespace DoorAgent.Hardware.Tests.Gpio;

public sealed class SimulatedGpioLinesTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly SimulatedGpioLines _lines;

    public SimulatedGpioLinesTests() => _lines = new SimulatedGpioLines(_time, 28);

    public void Dispose() => _lines.Dispose();

    [Fact]
    public void ALineIsHeldByOneRequestWhichIsNamed()
    {
        using IOutputLine output = _lines.RequestOutput("lock relay", 22, activeLow: false, isActive: false);
        Assert.Contains("lock relay", Assert.Throws<IOException>(() => _lines.RequestOutput("reader green", 22, false, false)).Message, StringComparison.Ordinal);
        Assert.Contains("reader", Assert.Throws<IOException>(() => Inputs(22)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ALineAskedForTwiceInOneRequestIsRefused() =>
        Assert.Contains("twice", Assert.Throws<IOException>(() => Inputs(17, 17)).Message, StringComparison.Ordinal);

    [Fact]
    public void OfALinesRequestThatFailsNothingStaysTaken()
    {
        using IOutputLine output = _lines.RequestOutput("lock relay", 22, false, false);
        Assert.Throws<IOException>(() => Inputs(17, 22));
        using IInputLines inputs = Inputs(17);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(28)]
    public void ALineThatIsNotThereIsRefusedWithThoseThatAre(int line) =>
        Assert.Contains("0 to 27", Assert.Throws<IOException>(() => Inputs(line)).Message, StringComparison.Ordinal);

    [Fact]
    public void AReleasedLineMayBeTakenAgain()
    {
        Inputs(17).Dispose();
        _lines.RequestOutput("lock relay", 17, false, false).Dispose();
    }

    [Fact]
    public void NothingWorksAfterDispose()
    {
        IOutputLine output = _lines.RequestOutput("lock relay", 22, false, true);
        IInputLines inputs = Inputs(17);
        output.Dispose();
        inputs.Dispose();
        Assert.Throws<ObjectDisposedException>(() => output.Set(true));
        Assert.Throws<ObjectDisposedException>(() => output.IsActive);
        Assert.Throws<ObjectDisposedException>(() => inputs.IsActive(17));
        output.Dispose();
        _lines.Dispose();
        Assert.Throws<ObjectDisposedException>(() => _lines.RequestOutput("lock relay", 22, false, false));
        Assert.Throws<ObjectDisposedException>(() => Inputs(17));
        Assert.Throws<ObjectDisposedException>(() => _lines.Drive(17, true));
    }

    [Fact]
    public void DrivingAnOutputFromOutsideIsAShortCircuit()
    {
        using IOutputLine output = _lines.RequestOutput("lock relay", 22, false, false);
        Assert.Throws<InvalidOperationException>(() => _lines.Drive(22, true));
    }

    [Fact]
    public void ReadingALineOfAnotherRequestAsInputIsRefused()
    {
        using IOutputLine output = _lines.RequestOutput("lock relay", 22, false, false);
        using IInputLines inputs = Inputs(17);
        Assert.Throws<IOException>(() => inputs.IsActive(22));
    }

    [Fact]
    public void TheLevelOfAnUndrivenLineIsItsBias()
    {
        Assert.False(_lines.IsHigh(17));
        using IInputLines inputs = Inputs(17);
        Assert.True(_lines.IsHigh(17));
        Assert.False(inputs.IsActive(17));
    }

    [Fact]
    public void WhenTheProcessDiesItsOutputsFall()
    {
        IOutputLine output = _lines.RequestOutput("lock relay", 22, false, true);
        Assert.True(_lines.IsHigh(22));
        _lines.ReleaseAll();
        Assert.False(_lines.IsHigh(22));
        Assert.Throws<IOException>(() => output.Set(true));
    }

    [Fact]
    public async Task EdgesOfSeveralLinesComeInOneQueueWithTheirTimes()
    {
        using IInputLines inputs = Inputs(17, 18);
        TimeSpan start = _time.Monotonic();
        _lines.Drive(18, false);
        _lines.Drive(18, true);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        _lines.Drive(17, false);
        _lines.Drive(17, false);
        inputs.Dispose();
        List<LineEdge> edges = [];
        await foreach (LineEdge edge in inputs.Edges.ReadAllAsync(TestContext.Current.CancellationToken))
            edges.Add(edge);
        Assert.Equal([new LineEdge(18, true, start, 0), new LineEdge(17, true, start + TimeSpan.FromMilliseconds(1), 0)], edges);
    }

    [Fact]
    public async Task EdgesThatDidNotFitAreCountedAtTheNextOne()
    {
        using IInputLines inputs = _lines.RequestInputs(new InputRequest("door contact", [27], LineEdges.Both, LineBias.PullUp, ActiveLow: false));
        for (int i = 0; i < 1030; i++)
            _lines.Drive(27, i % 2 == 1);
        inputs.Dispose();
        int lost = 0, kept = 0;
        await foreach (LineEdge edge in inputs.Edges.ReadAllAsync(TestContext.Current.CancellationToken))
            (lost, kept) = (lost + edge.LostBefore, kept + 1);
        // The loss that the last edge caused is told by the next one, which never came.
        Assert.Equal((5, 1024, 6), (lost, kept, inputs.Edges.Dropped));
    }

    [Fact]
    public void TheTimelineHasEveryChangeOfLevelAndNothingElse()
    {
        List<LevelChange> seen = [];
        _lines.Changed += seen.Add;
        using IOutputLine output = _lines.RequestOutput("lock relay", 22, activeLow: true, isActive: false);
        output.Set(false);
        output.Set(true);
        Assert.Equal([true, false], _lines.Timeline.Select(change => change.IsHigh));
        Assert.Equal(_lines.Timeline, seen);
    }

    private IInputLines Inputs(params int[] lines) =>
        _lines.RequestInputs(new InputRequest("reader", lines, LineEdges.ToActive, LineBias.PullUp, ActiveLow: true));
}
