using DoorAgent.Running;
using Microsoft.Extensions.Time.Testing;

namespace DoorAgent.Tests.Running;

public sealed class PeriodicWorkTests : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly FakeTimeProvider _time = new();
    private readonly CancellationTokenSource _stop = new();
    private int _done;

    public void Dispose() => _stop.Dispose();

    [Fact]
    public async Task WorkRunsAtOnceAndAtEachIntervalUntilCancelled()
    {
        Task running = PeriodicWork.RunAsync(() => _done++, Interval, _time, _stop.Token);
        Assert.Equal(1, _done);
        _time.Advance(Interval);
        _time.Advance(Interval);
        Assert.Equal(3, _done);
        await _stop.CancelAsync();
        await running;
        _time.Advance(Interval);
        Assert.Equal(3, _done);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task AnExceptionOfTheWorkEndsTheRepetition(int throwing)
    {
        Task running = PeriodicWork.RunAsync(() => Assert.NotEqual(throwing, ++_done), Interval, _time, _stop.Token);
        _time.Advance(Interval);
        await Assert.ThrowsAnyAsync<Xunit.Sdk.NotEqualException>(() => running);
    }
}
