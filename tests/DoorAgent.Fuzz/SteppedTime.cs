namespace DoorAgent.Fuzz;

/// <summary>A clock that moves only when a target moves it, so that an input always gives the same result.</summary>
internal sealed class SteppedTime : TimeProvider
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);

    private TimeSpan _passed;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override long GetTimestamp() => _passed.Ticks;

    public override DateTimeOffset GetUtcNow() => Start + _passed;

    public void Step(TimeSpan by) => _passed += by;
}
