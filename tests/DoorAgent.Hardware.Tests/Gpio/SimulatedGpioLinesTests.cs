using DoorAgent.Hardware.Gpio;
using Microsoft.Extensions.Time.Testing;

namespace DoorAgent.Hardware.Tests.Gpio;

public sealed class SimulatedGpioLinesTests() : GpioLinesContract(() => new SimulatedBench())
{
    private SimulatedGpioLines Chip => (SimulatedGpioLines)Lines;

    [Fact]
    public void NothingIsDrivenAfterDispose()
    {
        Lines.Dispose();
        Assert.Throws<ObjectDisposedException>(() => Chip.Drive(17, true));
    }

    [Fact]
    public void DrivingAnOutputFromOutsideIsAShortCircuit()
    {
        using IOutputLine output = Chip.RequestOutput("lock relay", 22, false, false);
        Assert.Throws<InvalidOperationException>(() => Chip.Drive(22, true));
    }

    [Fact]
    public void WhenTheProcessDiesItsOutputsBecomeLow()
    {
        IOutputLine output = Chip.RequestOutput("lock relay", 22, false, true);
        Assert.True(Chip.IsHigh(22));
        Chip.ReleaseAll();
        Assert.False(Chip.IsHigh(22));
        Assert.Throws<IOException>(() => output.Set(true));
    }

    [Fact]
    public async Task AnEdgeHasTheTimeAtWhichItWasDriven()
    {
        SimulatedBench bench = (SimulatedBench)Bench;
        using IInputLines inputs = Inputs(17);
        bench.Time.Advance(TimeSpan.FromMilliseconds(1));
        TimeSpan at = bench.Time.Monotonic();
        Chip.Drive(17, false);
        bench.Time.Advance(TimeSpan.FromMilliseconds(1));
        inputs.Dispose();
        await foreach (LineEdge edge in inputs.Edges.ReadAllAsync(TestContext.Current.CancellationToken))
            Assert.Equal(new LineEdge(17, true, at, 0), edge);
    }

    [Fact]
    public async Task LostEdgesAreCountedAtTheNextEdge()
    {
        using IInputLines inputs =
            Lines.RequestInputs(new InputRequest("door contact", [27], LineEdges.Both, LineBias.PullUp, ActiveLow: false));
        for (int i = 0; i < 1030; i++)
            Chip.Drive(27, i % 2 == 1);
        inputs.Dispose();
        int lost = 0, kept = 0;
        await foreach (LineEdge edge in inputs.Edges.ReadAllAsync(TestContext.Current.CancellationToken))
            (lost, kept) = (lost + edge.LostBefore, kept + 1);
        // The next edge would report the loss that the last edge caused.
        Assert.Equal((5, 1024, 6), (lost, kept, inputs.Edges.Dropped));
    }

    [Fact]
    public void OnlyTheLastChangesAreKept()
    {
        for (int change = 0; change <= SimulatedGpioLines.Kept; change++)
            Chip.Drive(5, change % 2 == 0, TimeSpan.FromSeconds(change));
        Assert.Equal(SimulatedGpioLines.Kept, Chip.Timeline.Count);
        Assert.Equal(TimeSpan.FromSeconds(1), Chip.Timeline[0].At);
        Assert.Equal(TimeSpan.FromSeconds(SimulatedGpioLines.Kept), Chip.Timeline[^1].At);
    }

    [Fact]
    public void TheTimelineHasEveryChangeOfLevelAndNothingElse()
    {
        List<LevelChange> seen = [];
        Chip.Changed += seen.Add;
        using IOutputLine output = Lines.RequestOutput("lock relay", 22, activeLow: true, isActive: false);
        output.Set(false);
        output.Set(true);
        Assert.Equal([true, false], Chip.Timeline.Select(change => change.IsHigh));
        Assert.Equal(Chip.Timeline, seen);
    }

    private sealed class SimulatedBench : IGpioBench
    {
        private readonly SimulatedGpioLines _lines;

        public SimulatedBench() => _lines = new SimulatedGpioLines(Time, LineCount);

        public FakeTimeProvider Time { get; } = new();

        public IGpioLines Lines => _lines;

        public int LineCount => 32;

        public void Drive(int line, bool high) => _lines.Drive(line, high);

        public bool IsHigh(int line) => _lines.IsHigh(line);

        public void Dispose() => _lines.Dispose();
    }
}
