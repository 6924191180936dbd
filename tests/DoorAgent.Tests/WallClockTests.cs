using DoorAgent.Events;
using DoorAgent.Matching;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests;

/// <summary>Tests the worker while the wall clock is set. The clock begins on Monday 2026-03-02 at seven, UTC.</summary>
public sealed class WallClockTests(EnrolledPeople people) : IClassFixture<EnrolledPeople>
{
    [Fact]
    public async Task AClockSetBackAndForthDuringAnUnlockDoesNotHoldTheDoorOpenAndRecordsHaveItsTimes()
    {
        await using DoorAtWork door = await WithAdamAtTheDoorAsync();
        await door.PassAsync(1);
        Assert.True(door.IsRelayOn);
        door.MoveClock(TimeSpan.FromDays(-1));
        await door.PassAsync(1);
        door.MoveClock(TimeSpan.FromDays(2));
        await door.PassAsync(5);
        Assert.False(door.IsRelayOn);
        DoorEvent on = door.Events.Single(e => e.Kind == DoorEventKind.RelayOn),
        off = door.Events.Single(e => e.Kind == DoorEventKind.RelayOff);
        Assert.Equal(TimeSpan.FromDays(1) + TimeSpan.FromSeconds(5), off.Time - on.Time);
        // Nothing was recorded in between, so both changes are one jump.
        Assert.Equal("from 2026-03-02 07:00:05 to 2026-03-03 07:00:05",
            door.Events.Single(e => e.Kind == DoorEventKind.ClockJumped).Detail);
        Assert.Equal([on.Sequence, off.Sequence],
            door.Events.Where(e => e.Kind is DoorEventKind.RelayOn or DoorEventKind.RelayOff).Select(e => e.Sequence).Order());
    }

    [Fact]
    public async Task AClockSetBeyondAPersonsHoursDuringTheirAttemptDeniesThemAndSetBackDoesNot()
    {
        await using DoorAtWork door = await WithAdamAtTheDoorAsync(show: false, "Schedules:office=Mon 06:00-08:00");
        door.MoveClock(TimeSpan.FromHours(2));
        door.Show("adam/door-1");
        await door.PassAsync(1);
        Assert.Equal("Denied OutsideSchedule", door.Decision);
        door.MoveClock(TimeSpan.FromHours(-2));
        await door.PassAsync(2);
        door.Present(DoorAtWork.AdamsBadge);
        await door.PassAsync(1);
        Assert.Equal("Granted adam", door.Decision);
    }

    [Fact]
    public async Task TheConfiguredTimeZoneIsUsed()
    {
        // Seven o'clock UTC is eight o'clock in Berlin.
        await using DoorAtWork door = await WithAdamAtTheDoorAsync(show: true,
            "Schedules:office=Mon 06:00-08:00", "Decisions:TimeZone=Europe/Berlin");
        await door.PassAsync(1);
        Assert.Equal("Denied OutsideSchedule", door.Decision);
        Assert.Equal("office is Mon 06:00-08:00; next from Mon 2026-03-09 06:00", door.Events[^1].Detail);
    }

    [Fact]
    public async Task APersonsLastDayIsCheckedAgainBeforeTheGrant()
    {
        await using DoorAtWork door = await WithAdamAtTheDoorAsync(show: false);
        door.ChangeGallery(gallery => gallery.SetValidity("adam", ValidityLimit.Until, ValidityDate.Parse("2026-03-01")));
        await door.PassAsync(0.5);
        door.Show("adam/door-1");
        await door.PassAsync(1);
        Assert.Equal("Denied OutsideValidity", door.Decision);
    }

    private async Task<DoorAtWork> WithAdamAtTheDoorAsync(bool show = true, params string[] settings)
    {
        DoorAtWork door = new(people, settings: settings);
        if (settings.Length > 0)
            door.ChangeGallery(gallery => gallery.SetSchedule("adam", "office"));
        if (show)
            door.Show("adam/door-1");
        await door.PassAsync(0.5);
        door.Present(DoorAtWork.AdamsBadge);
        await door.PassAsync(0.2);
        return door;
    }
}
