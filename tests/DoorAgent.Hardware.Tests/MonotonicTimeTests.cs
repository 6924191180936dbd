using Microsoft.Extensions.Time.Testing;

namespace DoorAgent.Hardware.Tests;

public sealed class MonotonicTimeTests
{
    [Fact]
    public void EveryTickIsKeptAtAnyCountOfTheClock()
    {
        FakeTimeProvider time = new();
        TimeSpan before = time.Monotonic();
        time.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(TimeSpan.FromTicks(1), time.Monotonic() - before);
    }

    [Fact]
    public void TheSystemsClockGoesForward() => Assert.True(TimeProvider.System.Monotonic() <= TimeProvider.System.Monotonic());
}
