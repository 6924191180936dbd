using System.Collections.Frozen;
using DoorAgent.Commands.People;
using DoorAgent.Decisions;
using DoorAgent.Events;
using DoorAgent.Schedules;

namespace DoorAgent.Tests.Commands.People;

public sealed class EligibilityViewTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 7, 12, 0, 0, TimeSpan.Zero);

    private static readonly AccessHours Hours = new(FrozenDictionary<string, Schedule>.Empty, TimeZoneInfo.Utc, Now.AddYears(-1));

    [Fact]
    public void AColumnSaysBrieflyWhetherAndWhenAPersonMayEnter()
    {
        Obstacle noBadge = new(DenyReason.UnknownBadge, "no badge"), noPin = new(DenyReason.NoPin, "no PIN");
        Obstacle hours = new(DenyReason.OutsideSchedule, "office is ...", Now.AddDays(2)),
            locked = new(DenyReason.LockedOut, "locked out after failures", Now.AddSeconds(31));
        Assert.Equal("yes", Short());
        Assert.Equal("no: no badge, no PIN", Short(noBadge, noPin));
        Assert.Equal("not now: from Mon 12:00", Short(hours));
        Assert.Equal("not now: locked out, from Sat 12:00:31", Short(locked));
        Assert.Equal("not now: locked out, from Mon 12:00", Short(hours, locked));
        Assert.Equal("no: no badge", Short(hours, noBadge));
    }

    [Fact]
    public void AColumnSaysUnderWhichConditionAPersonMayEnter() => Assert.Equal("yes, after a host",
        EligibilityView.Short(new Eligibility([]) { Conditions = ["after a host"] }, Hours, Now));

    private static string Short(params Obstacle[] obstacles) => EligibilityView.Short(new Eligibility([.. obstacles]), Hours, Now);
}
