using DoorAgent.Modes;

namespace DoorAgent.Tests.Modes;

/// <summary>The guide's table of the modes (modes-and-hours.md): each cell.</summary>
public sealed class ModeRuleTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Fact]
    public void AnOperatorsUnlockLastsForItsTime()
    {
        ModeScene scene = new ModeScene(hasHours: false).Unlock(2).Is(DoorMode.Unlocked, "HeldUnlocked until 14:00, nora");

        scene.Wait((2 * Hour) - TimeSpan.FromTicks(1)).Is(DoorMode.Unlocked);
        scene.Wait(TimeSpan.FromTicks(1)).Is(DoorMode.Normal, "HoldEnded the time is over");
    }

    [Fact]
    public void ASecondUnlockReplacesTheEnd() =>
        new ModeScene(hasHours: false).Unlock(2).Unlock(1).Is(DoorMode.Unlocked, "HeldUnlocked until 13:00, nora")
            .Wait(Hour).Is(DoorMode.Normal, "HoldEnded the time is over");

    [Fact]
    public void AnUnlockDoesNotFollowTheWallClock()
    {
        ModeScene scene = new ModeScene(hasHours: false).Unlock(1);
        scene.Wall = ModeScene.Monday.AddYears(-30);
        scene.Wait(Hour - TimeSpan.FromSeconds(1)).Is(DoorMode.Unlocked);
        scene.Wait(TimeSpan.FromSeconds(1)).Is(DoorMode.Normal, "HoldEnded the time is over");
    }

    [Fact]
    public void TheHoursHoldTheDoorFromTheirBeginToTheirEnd() =>
        new ModeScene().Look().Is(DoorMode.Normal).Open().Is(DoorMode.Unlocked, "HeldUnlocked until 18:00, by the hours shop")
            .Look().Is(DoorMode.Unlocked).Close().Is(DoorMode.Normal, "HoldEnded the hours shop are over");

    [Fact]
    public void AGrantWithinTheHoursIsNothingToThem() => new ModeScene().Open().Granted().Is(DoorMode.Unlocked);

    [Fact]
    public void WithFirstPersonInTheHoursHoldTheDoorAfterTheFirstGrant()
    {
        ModeScene scene = new ModeScene(firstPersonIn: true).Open().Is(DoorMode.Normal).Wait(Hour).Is(DoorMode.Normal);

        scene.Granted(7).Is(DoorMode.Unlocked, "HeldUnlocked until 18:00, by the hours shop");
        Assert.Equal(7, scene.Last[0].PersonId);
        scene.Granted(8).Is(DoorMode.Unlocked);
    }

    [Fact]
    public void AGrantBeforeTheHoursDoesNotCountAndEachOpeningNeedsItsOwn() =>
        new ModeScene(firstPersonIn: true).Granted().Is(DoorMode.Normal).Open().Is(DoorMode.Normal).Granted().Close()
            .Is(DoorMode.Normal, "HoldEnded the hours shop are over").Open().Is(DoorMode.Normal);

    [Fact]
    public void AGrantInALockdownDoesNotCount() =>
        new ModeScene(firstPersonIn: true).Open().LockDown().Granted().Is(DoorMode.Lockdown).Normal().Granted().Is(DoorMode.Normal);

    [Fact]
    public void AnUnlockWithinTheHoursIsFollowedByThemAndOutlivesThem()
    {
        new ModeScene().Open().Unlock(1).Is(DoorMode.Unlocked, "HeldUnlocked until 13:00, nora").Wait(Hour).Is(DoorMode.Unlocked)
            .Close().Is(DoorMode.Normal, "HoldEnded the hours shop are over");
        new ModeScene().Open().Unlock(12).Close().Is(DoorMode.Unlocked).Wait(12 * Hour).Is(DoorMode.Normal, "HoldEnded the time is over");
    }

    [Fact]
    public void NormalEndsAnUnlock() =>
        new ModeScene(hasHours: false).Unlock().Normal().Is(DoorMode.Normal, "HoldEnded emil").Wait(Hour).Is(DoorMode.Normal);

    [Fact]
    public void NormalInTheNormalModeIsNothing() => new ModeScene().Normal().Is(DoorMode.Normal);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void NormalAndLockSuspendTheHoursUntilTheyBeginAgain(bool isLock)
    {
        const string suspended = "HoldEnded emil; the unlock hours are suspended until they begin again after 18:00";
        ModeScene scene = new ModeScene().Open();

        (isLock ? scene.Lock() : scene.Normal()).Is(DoorMode.Normal, suspended);
        scene.Wait(5 * Hour).Is(DoorMode.Normal);
        scene.Close().Is(DoorMode.Normal);
        scene.ChangeAt = ModeScene.Monday.AddHours(30);
        scene.Open().Is(DoorMode.Unlocked, "HeldUnlocked until Tue 18:00, by the hours shop");
    }

    [Fact]
    public void NormalSuspendsHoursThatWaitForTheFirstPerson() =>
        new ModeScene(firstPersonIn: true).Open().Normal()
            .Is(DoorMode.Normal, "HoldEnded emil; the unlock hours are suspended until they begin again after 18:00")
            .Granted().Is(DoorMode.Normal).Normal().Is(DoorMode.Normal);

    [Fact]
    public void LockEndsAnOperatorsUnlockAndIsNothingToTheOtherModes()
    {
        new ModeScene(hasHours: false).Unlock().Lock().Is(DoorMode.Normal, "HoldEnded emil");
        new ModeScene().Lock().Is(DoorMode.Normal);
        new ModeScene().LockDown().Lock().Is(DoorMode.Lockdown);
        new ModeScene(firstPersonIn: true).Open().Lock().Is(DoorMode.Normal).Granted()
            .Is(DoorMode.Unlocked, "HeldUnlocked until 18:00, by the hours shop");
    }

    [Fact]
    public void ALockdownBeginsFromEachModeAndEndsWhatUnlocks()
    {
        new ModeScene().LockDown().Is(DoorMode.Lockdown, "LockdownStarted adam");
        new ModeScene(hasHours: false).Unlock().LockDown().Is(DoorMode.Lockdown, "HoldEnded a lockdown begins", "LockdownStarted adam")
            .Normal().Is(DoorMode.Normal, "LockdownEnded emil");
        new ModeScene().Open().LockDown().Is(DoorMode.Lockdown, "HoldEnded a lockdown begins", "LockdownStarted adam");
    }

    [Fact]
    public void ALockdownStaysWhateverHappensUntilItIsEnded()
    {
        ModeScene scene = new ModeScene().LockDown();
        DateTimeOffset since = scene.State.Lockdown!.Since;

        scene.Open().Is(DoorMode.Lockdown).Granted().Is(DoorMode.Lockdown).Close().Is(DoorMode.Lockdown).Open().Lock().Wait(1000 * Hour)
            .Is(DoorMode.Lockdown).Apply(new LockdownOrdered("somebody else")).Is(DoorMode.Lockdown);
        Assert.Equal(new Lockdown(since, "adam"), scene.State.Lockdown);
    }

    [Fact]
    public void InALockdownAnUnlockIsRefusedAndDoesNothing()
    {
        ModeScene scene = new ModeScene().LockDown().Unlock().Is(DoorMode.Lockdown);

        Assert.Contains("mode normal", scene.Refusal, StringComparison.Ordinal);
        scene.Normal().Is(DoorMode.Normal, "LockdownEnded emil").Look().Is(DoorMode.Normal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void TheEndOfALockdownSuspendsTheHoursThatAreOpen(bool isOpenBefore)
    {
        ModeScene scene = isOpenBefore ? new ModeScene().Open().LockDown() : new ModeScene().LockDown().Open();

        scene.Normal().Is(DoorMode.Normal, "LockdownEnded emil; the unlock hours are suspended until they begin again after 18:00");
        scene.Wait(Hour).Is(DoorMode.Normal);
        scene.Close().Is(DoorMode.Normal);
        scene.ChangeAt = null;
        scene.Open().Is(DoorMode.Unlocked, "HeldUnlocked by the hours shop");
    }

    [Fact]
    public void ALockdownSurvivesARestartAndSaysSo() =>
        new ModeScene(before: new LastingMode(new Lockdown(ModeScene.Monday.AddDays(-3), "adam")))
            .Is(DoorMode.Lockdown, "LockdownStarted continues, since 2026-02-27 12:00, adam").Open().Is(DoorMode.Lockdown);

    [Fact]
    public void AnUnlockIsNothingThatLasts() => Assert.Equal(LastingMode.Normal, new ModeScene().Open().Unlock(12).State.Lasting);

    [Fact]
    public void HoursThatWereSuspendedBeforeARestartStaySuspendedAndLaterOnesAreNot()
    {
        LastingMode lasting = new ModeScene().Open().Normal().State.Lasting;
        Assert.Equal(new SuspendedHours(ModeScene.Monday.AddHours(6), "emil"), lasting.Suspended);

        new ModeScene(before: lasting).Open().Is(DoorMode.Normal);
        ModeScene later = new(before: lasting) { Wall = ModeScene.Monday.AddHours(6), ChangeAt = ModeScene.Monday.AddHours(7) };
        later.Open().Is(DoorMode.Unlocked, "HeldUnlocked until 19:00, by the hours shop");
    }

    // Hours of the whole week have no end.
    [Fact]
    public void HoursWithoutAKnownEndStaySuspendedOverARestartToo()
    {
        ModeScene scene = new ModeScene { ChangeAt = null }.Open().Is(DoorMode.Unlocked, "HeldUnlocked by the hours shop").Normal();

        ModeScene again = new ModeScene(before: scene.State.Lasting) { ChangeAt = null }.Open().Is(DoorMode.Normal);
        again.Apply(new HoursRead(false, null)).Look().Is(DoorMode.Normal);
        Assert.Equal(scene.State.Lasting, again.State.Lasting);
    }

    [Fact]
    public void HoursThatOnlyTheClockClosedStaySuspended()
    {
        ModeScene scene = new ModeScene().Open().Normal();
        // The clock is set back before the build date, and then right again.
        scene.Apply(new HoursRead(false, null)).Is(DoorMode.Normal);
        Assert.NotNull(scene.State.Lasting.Suspended);
        scene.Look().Is(DoorMode.Normal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void HoursOfAnotherDayAreOtherHoursAlsoWhereNobodySawTheFirstOnesEnd(bool firstPersonIn)
    {
        ModeScene scene = new ModeScene(firstPersonIn: firstPersonIn).Open().Granted().Normal();
        (scene.Wall, scene.ChangeAt) = (ModeScene.Monday.AddDays(1), ModeScene.Monday.AddHours(30));

        Assert.Equal(firstPersonIn ? DoorMode.Normal : DoorMode.Unlocked, scene.Look().State.Mode);
        scene.Granted();
        Assert.Equal(DoorMode.Unlocked, scene.State.Mode);
    }

    [Fact]
    public void HoursThatOnlyTheClockClosedWaitForTheFirstPersonAgain() =>
        new ModeScene(firstPersonIn: true).Open().Granted().Apply(new HoursRead(false, null)).Look().Is(DoorMode.Normal);
}
