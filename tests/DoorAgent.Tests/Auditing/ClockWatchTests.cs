using DoorAgent.Auditing;
using DoorAgent.Simulation;

namespace DoorAgent.Tests.Auditing;

public sealed class ClockWatchTests
{
    private readonly SimulatedTime _time = new(new DateTimeOffset(2026, 3, 2, 7, 55, 0, TimeSpan.Zero), TimeZoneInfo.Utc);

    [Fact]
    public void AClockThatRunsNormallyIsNotReported()
    {
        ClockWatch watch = new(_time);
        _time.Advance(TimeSpan.FromDays(3));
        Assert.Null(watch.Jump());
        _time.WallShift += ClockWatch.Tolerance;
        Assert.Null(watch.Jump());
    }

    [Fact]
    public void AClockThatWasSetIsReportedOnceWithTheExpectedAndTheActualTime()
    {
        ClockWatch watch = new(_time);
        _time.Advance(TimeSpan.FromHours(1));
        _time.WallShift = TimeSpan.FromSeconds(-11);
        Assert.Equal("from 2026-03-02 08:55:00 to 2026-03-02 08:54:49", watch.Jump());
        Assert.Null(watch.Jump());
        _time.WallShift = TimeSpan.FromDays(1);
        Assert.Equal("from 2026-03-02 08:54:49 to 2026-03-03 08:55:00", watch.Jump());
    }
}
