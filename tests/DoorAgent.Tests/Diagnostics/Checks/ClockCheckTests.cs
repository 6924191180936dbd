using DoorAgent.Diagnostics;
using DoorAgent.Diagnostics.Checks;

namespace DoorAgent.Tests.Diagnostics.Checks;

public sealed class ClockCheckTests : IDisposable
{
    private readonly SomeDoor _door = new();

    public void Dispose() => _door.Dispose();

    [Fact]
    public async Task AClockSynchronisedByATimeServerIsOk()
    {
        _door.Put("/run/systemd/timesync/synchronized", "");
        IReadOnlyList<Finding> found = await _door.FindAsync<ClockCheck>("Decisions:TimeZone=Europe/Berlin");
        found.AreAllOk();
        found.Has(FindingLevel.Ok, "2030-03-04 09:00:00 +01:00 (Europe/Berlin)");
    }

    [Theory]
    [InlineData("yes", FindingLevel.Ok, "synchronised by a time server")]
    [InlineData("no", FindingLevel.Warning, "not synchronised by a time server")]
    [InlineData("what?", FindingLevel.Warning, "nothing here says")]
    internal async Task TheSystemIsAsked(string said, FindingLevel level, string what)
    {
        _door.Says("timedatectl", said);
        (await _door.FindAsync<ClockCheck>()).Has(level, what);
    }

    [Fact]
    public async Task AClockEarlierThanTheBuildIsAFault()
    {
        _door.Time.AdjustTime(new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero));
        (await _door.FindAsync<ClockCheck>()).Has(FindingLevel.Fault, "never set: it says 2000-01-01", "timedatectl set-ntp");
    }

    [Fact]
    public async Task SchedulesInUniversalTimeAreAWarning() =>
        (await _door.FindAsync<ClockCheck>("Schedules:office=Mon-Fri 08:00-17:00"))
            .Has(FindingLevel.Warning, "schedules are read in UTC", "set-timezone");
}
