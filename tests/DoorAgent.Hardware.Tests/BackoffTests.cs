namespace DoorAgent.Hardware.Tests;

public sealed class BackoffTests
{
    [Fact]
    public void WaitsDoubleToHalfAMinuteAndStartAgainAfterAReset()
    {
        Backoff backoff = new();
        Assert.Equal([1, 2, 4, 8, 16, 30, 30], Enumerable.Range(0, 7).Select(_ => backoff.Next().TotalSeconds));
        backoff.Reset();
        Assert.Equal(1, backoff.Next().TotalSeconds);
    }
}
