using DoorAgent.Auditing;
using Microsoft.Extensions.Time.Testing;

namespace DoorAgent.Tests.Auditing;

public sealed class ClockWatchTests
{
    private readonly SetClock _time = new(new DateTimeOffset(2026, 3, 2, 7, 55, 0, TimeSpan.Zero));

    [Fact]
    public void AClockThatGoesOnIsNotSaid()
    {
        ClockWatch watch = new(_time);
        _time.Advance(TimeSpan.FromDays(3));
        Assert.Null(watch.Jump());
        _time.Set += ClockWatch.Tolerance;
        Assert.Null(watch.Jump());
    }

    [Fact]
    public void OneThatWasSetIsSaidOnceWithWhatItShouldHaveShownAndWhatItShows()
    {
        ClockWatch watch = new(_time);
        _time.Advance(TimeSpan.FromHours(1));
        _time.Set = TimeSpan.FromSeconds(-11);
        Assert.Equal("from 2026-03-02 08:55:00 to 2026-03-02 08:54:49", watch.Jump());
        Assert.Null(watch.Jump());
        _time.Set = TimeSpan.FromDays(1);
        Assert.Equal("from 2026-03-02 08:54:49 to 2026-03-03 08:55:00", watch.Jump());
    }

    /// <summary>A wall clock that can be set while the monotonic one goes on.</summary>
    private sealed class SetClock(DateTimeOffset start) : FakeTimeProvider(start)
    {
        public TimeSpan Set { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Set;
    }
}
