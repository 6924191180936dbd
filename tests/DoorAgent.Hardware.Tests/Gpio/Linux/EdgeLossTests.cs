using DoorAgent.Hardware.Gpio.Linux;

namespace DoorAgent.Hardware.Tests.Gpio.Linux;

public sealed class EdgeLossTests
{
    [Fact]
    public void EdgesInARowLoseNothing() => Assert.Equal([0, 0, 0], Losses((1, 0), (2, 0), (3, 0)));

    [Fact]
    public void AGapInTheKernelsCountIsALossEvenBeforeTheFirstEdge() => Assert.Equal([2, 0, 7], Losses((3, 0), (4, 0), (12, 0)));

    [Fact]
    public void EdgesDroppedByTheQueueAreCountedOnce() => Assert.Equal([0, 3, 0], Losses((1, 0), (2, 3), (3, 3)));

    [Fact]
    public void TheKernelsCountMayOverflow()
    {
        EdgeLoss loss = default;
        loss.Before(uint.MaxValue - 1, 0);
        Assert.Equal(0, loss.Before(uint.MaxValue, 0));
        Assert.Equal(0, loss.Before(0, 0));
        Assert.Equal(1, loss.Before(2, 0));
    }

    private static IEnumerable<int> Losses(params (uint Sequence, long Dropped)[] edges)
    {
        EdgeLoss loss = default;
        foreach ((uint sequence, long dropped) in edges)
            yield return loss.Before(sequence, dropped);
    }
}
