using DoorAgent.Events;
using DoorAgent.Hardware.Doors;
using DoorAgent.Modes;
using DoorAgent.Operating;
using DoorAgent.Simulation;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Running;

/// <summary>Tests the modes of the production worker: relay, journal, file and clock. The door starts on Monday at seven.</summary>
public sealed class DoorRuntimeModeTests(EnrolledPeople people) : IClassFixture<EnrolledPeople>
{
    private static readonly string[] ShopAtEight = ["Schedules:shop=Mon-Fri 08:00-12:00", "Doors:UnlockHours=shop"];

    [Fact]
    public async Task AnUnlockIsRecordedBeforeTheRelayMovesAndHoldsItForItsTime()
    {
        await using DoorAtWork door = await StartedAsync();

        Assert.Equal("Held unlocked until 07:10; 'dooragent mode normal' ends it.", (await UnlockAsync(door, 600)).Done);
        Assert.Equal(["HeldUnlocked", "relay on", "RelayOn"], door.Order.SkipWhile(what => what != "HeldUnlocked").Take(3));
        Assert.Equal("until 07:10, the test", door.Events.Single(e => e.Kind == DoorEventKind.HeldUnlocked).Detail);
        for (int minute = 0; minute < 10; minute++)
        {
            Assert.True(door.IsRelayOn);
            Assert.Equal(LightPattern.HeldUnlocked, door.Lights);
            await door.PassAsync(59.5);
            Assert.True(door.IsRelayOn);
            await door.PassAsync(0.5);
        }

        Assert.False(door.IsRelayOn);
        Assert.Equal(["relay off", "RelayOff", "HoldEnded"], door.Order.TakeLast(3));
        Assert.Equal(1, door.Count(DoorEventKind.RelayOn));
    }

    [Fact]
    public async Task ALoopThatHangsLeavesTheRelayOffThirtySecondsAfterTheLastRenewal()
    {
        using ManualResetEventSlim goOn = new();
        TaskCompletionSource hangs = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using DoorAtWork door = new(people, recorded: e =>
        {
            if (e.Kind != DoorEventKind.RequestToExit)
                return;
            hangs.SetResult();
            goOn.Wait(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        });
        await door.PassAsync(0.5);
        await UnlockAsync(door, 600);
        await door.PassAsync(35);

        door.Do(new PressExit(TimeSpan.FromMilliseconds(300)));
        await door.PassUntilAsync(hangs.Task, 1);
        await door.PassStuckAsync(24);
        Assert.True(door.IsRelayOn);
        await door.PassStuckAsync(6);
        Assert.False(door.IsRelayOn);
        goOn.Set();
    }

    [Fact]
    public async Task ALockdownSwitchesTheRelayOffFirstAndIsInFileAndJournalBeforeTheAnswer()
    {
        await using DoorAtWork door = await StartedAsync();
        await UnlockAsync(door, 600);
        await door.PassAsync(15);

        OperatorAnswer answer = await ModeAsync(door, DoorMode.Lockdown);

        Assert.StartsWith("Lockdown: nobody is let in", answer.Done, StringComparison.Ordinal);
        Assert.Equal(["relay off", "RelayOff", "HoldEnded", "LockdownStarted"], door.Order.TakeLast(4));
        Assert.Equal("the test", new ModeFile(door.ModeFile).Read()!.Lockdown!.By);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(door.ModeFile));
        door.Show("adam/door-1");
        door.Present(DoorAtWork.AdamsBadge);
        await door.PassAsync(1);
        Assert.Equal("Denied Lockdown", door.Decision);
        Assert.NotNull((await UnlockAsync(door, 600)).Refusal);
        Assert.NotNull((await door.AskAsync(OperatorVerb.Unlock)).Refusal);
        Assert.Equal("The door is locked.", (await door.AskAsync(OperatorVerb.Lock)).Done);
        Assert.False(door.IsRelayOn);
        ModeStatus mode = (await door.AskAsync(OperatorVerb.Status)).Status!.Mode!;
        Assert.Equal((DoorMode.Lockdown, "the test"), (mode.Mode, mode.By));
    }

    [Fact]
    public async Task TheExitStillUnlocksInALockdown()
    {
        await using DoorAtWork door = new(people, settings: ["Doors:ExitUnlocks=true"]);
        await door.PassAsync(0.5);
        await ModeAsync(door, DoorMode.Lockdown);
        door.Do(new PressExit(TimeSpan.FromMilliseconds(300)));
        await door.PassAsync(1);
        Assert.True(door.IsRelayOn);
    }

    [Fact]
    public async Task NormalEndsALockdownAndEachEntryIsDecidedAgain()
    {
        await using DoorAtWork door = await StartedAsync();
        await ModeAsync(door, DoorMode.Lockdown);
        Assert.Equal("The mode is normal: each entry is decided.", (await ModeAsync(door, DoorMode.Normal)).Done);
        Assert.Null(new ModeFile(door.ModeFile).Read()!.Lockdown);
        door.Show("adam/door-1");
        await door.PassAsync(0.5);
        door.Present(DoorAtWork.AdamsBadge);
        await door.PassAsync(3);
        Assert.Equal("Granted adam", door.Decision);
    }

    [Theory]
    [InlineData("""{"lockdown":{"since":"2026-03-01T10:00:00+00:00","by":"user 0"}}""", "continues, since 2026-03-01 10:00, user 0")]
    [InlineData("", "because the mode of the run before cannot be read")]
    [InlineData("""{"lockdown":null""", "because the mode of the run before cannot be read")]
    [InlineData("""{"mode":"normal"}""", "because the mode of the run before cannot be read")]
    public async Task TheLockdownOfTheRunBeforeAndAFileThatCannotBeReadStartInLockdown(string file, string detail)
    {
        await using DoorAtWork door = new(people, prepare: places => File.WriteAllText(places.ModeFile, file));
        await door.PassAsync(0.5);

        Assert.Contains(detail, door.Events.Single(e => e.Kind == DoorEventKind.LockdownStarted).Detail, StringComparison.Ordinal);
        Assert.NotNull(new ModeFile(door.ModeFile).Read()!.Lockdown);
        door.Present(DoorAtWork.AdamsBadge);
        await door.PassAsync(1);
        Assert.Equal("Denied Lockdown", door.Decision);
    }

    [Fact]
    public async Task AFolderInPlaceOfTheFileIsALockdownThatSaysThatItIsNotWritten()
    {
        await using DoorAtWork door = new(people, prepare: places => Directory.CreateDirectory(places.ModeFile));
        await door.PassAsync(0.5);

        Assert.Equal(LightPattern.Lockdown, door.Lights);
        Assert.Contains((await door.AskAsync(OperatorVerb.Status)).Status!.Faults,
            fault => fault.StartsWith("a lockdown would not survive a restart", StringComparison.Ordinal));
        Assert.Contains("a restart may end it", (await ModeAsync(door, DoorMode.Lockdown)).Done, StringComparison.Ordinal);
        Directory.Delete(door.ModeFile);
        await door.PassAsync(6);
        Assert.NotNull(new ModeFile(door.ModeFile).Read()!.Lockdown);
        Assert.DoesNotContain((await door.AskAsync(OperatorVerb.Status)).Status!.Faults,
            fault => fault.StartsWith("a lockdown", StringComparison.Ordinal));
    }

    [Fact]
    public async Task AStartWithoutAFileWritesOneAndIsNormal()
    {
        await using DoorAtWork door = await StartedAsync();

        Assert.Equal(LastingMode.Normal, new ModeFile(door.ModeFile).Read());
        Assert.Equal("normal", (await door.AskAsync(OperatorVerb.Status)).Status!.Mode!.Words);
    }

    [Fact]
    public async Task TheHoursHoldTheDoorToTheSecond()
    {
        await using DoorAtWork door = await StartedAsync(ShopAtEight);
        await door.PassAsync(3598);
        Assert.False(door.IsRelayOn);
        await door.PassAsync(2);
        Assert.True(door.IsRelayOn);
        Assert.Equal("until 12:00, by the hours shop", door.Events.Single(e => e.Kind == DoorEventKind.HeldUnlocked).Detail);
        door.MoveClock(TimeSpan.FromHours(4) - TimeSpan.FromSeconds(100));
        await door.PassAsync(98);
        Assert.True(door.IsRelayOn);
        await door.PassAsync(2);
        Assert.False(door.IsRelayOn);
    }

    [Fact]
    public async Task AClockThatIsSetBackBeforeTheBuildDateEndsTheHours()
    {
        await using DoorAtWork door = await StartedAsync(ShopAtEight);
        door.MoveClock(TimeSpan.FromHours(2));
        await door.PassAsync(6);
        Assert.True(door.IsRelayOn);

        door.MoveClock(TimeSpan.FromDays(-365 * 20));
        await door.PassAsync(10);
        Assert.False(door.IsRelayOn);
        Assert.Contains("no unlock hours: the clock is not set", (await door.AskAsync(OperatorVerb.Status)).Status!.Mode!.Words,
            StringComparison.Ordinal);
        OperatorRequest untilSix = new(OperatorVerb.Mode) { Mode = DoorMode.Unlocked, Until = "18:00" };
        Assert.Contains("Use --for", (await door.AskAsync(untilSix)).Refusal, StringComparison.Ordinal);
        await UnlockAsync(door, 60);
        Assert.True(door.IsRelayOn);
    }

    [Fact]
    public async Task WithFirstPersonInTheFirstGrantOfTheHoursUnlocksTheDoor()
    {
        await using DoorAtWork door = await StartedAsync([.. ShopAtEight, "Doors:FirstPersonIn=true"]);
        door.MoveClock(TimeSpan.FromHours(2));
        await door.PassAsync(60);
        Assert.False(door.IsRelayOn);
        Assert.True((await door.AskAsync(OperatorVerb.Status)).Status!.Mode!.AwaitsFirstPerson);
        await door.AskAsync(OperatorVerb.Unlock);
        await door.PassAsync(10);
        Assert.False(door.IsRelayOn);

        door.Show("adam/door-1");
        await door.PassAsync(0.5);
        door.Present(DoorAtWork.AdamsBadge);
        await door.PassAsync(60);
        Assert.True(door.IsRelayOn);
        Assert.Equal("adam", door.Events.Single(e => e.Kind == DoorEventKind.HeldUnlocked).PersonName);
    }

    [Fact]
    public async Task WhomTheRelayKeptOutIsNotTheFirstPersonIn()
    {
        await using DoorAtWork door = await StartedAsync([.. ShopAtEight, "Doors:FirstPersonIn=true"]);
        door.MoveClock(TimeSpan.FromHours(2));
        door.FailRelay(true);
        door.Show("adam/door-1");
        await door.PassAsync(0.5);
        door.Present(DoorAtWork.AdamsBadge);
        await door.PassAsync(10);
        Assert.Equal("Denied RelayFault", door.Decision);

        door.FailRelay(false);
        await door.PassAsync(100);
        Assert.Equal((0, 1), (door.Count(DoorEventKind.HeldUnlocked), door.Count(DoorEventKind.RelayRestored)));
        Assert.False(door.IsRelayOn);
    }

    [Fact]
    public async Task LockSuspendsTheHoursAndSaysSo()
    {
        await using DoorAtWork door = await StartedAsync(ShopAtEight);
        door.MoveClock(TimeSpan.FromHours(2));
        await door.PassAsync(6);

        Assert.Equal("The door is locked. The unlock hours are suspended until they begin again after 12:00.",
            (await door.AskAsync(OperatorVerb.Lock)).Done);
        await door.PassAsync(100);
        Assert.False(door.IsRelayOn);
        Assert.Equal("the test", new ModeFile(door.ModeFile).Read()!.Suspended!.By);
        door.MoveClock(TimeSpan.FromDays(1));
        await door.PassAsync(10);
        Assert.True(door.IsRelayOn);
    }

    [Fact]
    public async Task WhileRecordsCannotBeWrittenNothingUnlocksAndAHeldDoorIsLocked()
    {
        await using DoorAtWork door = await StartedAsync();
        await UnlockAsync(door, 3600);
        door.FailJournal();
        door.Do(new PressExit(TimeSpan.FromMilliseconds(300)));
        await door.PassAsync(1);
        Assert.False(door.IsRelayOn);
        Assert.Contains("cannot be written", (await door.AskAsync(OperatorVerb.Status)).Status!.Mode!.Words, StringComparison.Ordinal);
        Assert.StartsWith("Not unlocked: the journal", (await UnlockAsync(door, 60)).Refusal, StringComparison.Ordinal);

        door.RepairJournal();
        door.Do(new PressExit(TimeSpan.FromMilliseconds(300)));
        await door.PassAsync(1);
        Assert.True(door.IsRelayOn);
    }

    [Fact]
    public async Task ALockdownBeginsWithoutARecordAndEndsOnlyWithOne()
    {
        await using DoorAtWork door = await StartedAsync();
        door.FailJournal();
        Assert.Null((await ModeAsync(door, DoorMode.Lockdown)).Refusal);
        Assert.StartsWith("The lockdown stays", (await ModeAsync(door, DoorMode.Normal)).Refusal, StringComparison.Ordinal);
        Assert.NotNull(new ModeFile(door.ModeFile).Read()!.Lockdown);
        door.RepairJournal();
        Assert.Null((await ModeAsync(door, DoorMode.Normal)).Refusal);
        Assert.Null(new ModeFile(door.ModeFile).Read()!.Lockdown);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    [InlineData((12 * 3600) + 1)]
    [InlineData(1e300)]
    public async Task ATimeThatIsNotAllowedIsRefusedAndTheDoorGoesOn(double seconds)
    {
        await using DoorAtWork door = await StartedAsync();
        Assert.Contains("at most 12 h", (await UnlockAsync(door, seconds)).Refusal, StringComparison.Ordinal);
        Assert.NotNull((await door.AskAsync(new OperatorRequest(OperatorVerb.Mode))).Refusal);
        Assert.NotNull((await door.AskAsync(new OperatorRequest(OperatorVerb.Mode) { Mode = DoorMode.Unlocked, Until = "25:00" })).Refusal);
        Assert.NotNull((await door.AskAsync(new OperatorRequest(OperatorVerb.Status, seconds))).Status);
        Assert.False(door.IsRelayOn);
        Assert.Null((await UnlockAsync(door, 12 * 3600)).Refusal);
    }

    [Fact]
    public async Task UntilIsTheNextTimeOfTheDoorsClock()
    {
        await using DoorAtWork door = await StartedAsync("Decisions:TimeZone=Europe/Berlin");
        OperatorRequest request = new(OperatorVerb.Mode) { Mode = DoorMode.Unlocked, Until = "08:10" };
        Assert.StartsWith("Held unlocked until 08:10", (await door.AskAsync(request)).Done, StringComparison.Ordinal);
        await door.PassAsync(590);
        Assert.True(door.IsRelayOn);
        await door.PassAsync(10);
        Assert.False(door.IsRelayOn);
    }

    [Fact]
    public async Task ARelayThatFailsWhileTheDoorIsHeldIsOnAgainAMinuteAfterItWorks()
    {
        await using DoorAtWork door = await StartedAsync();
        await UnlockAsync(door, 3600);
        door.FailRelay(true);
        await door.PassAsync(60);
        Assert.Equal(1, door.Count(DoorEventKind.RelayFault));
        door.FailRelay(false);
        await door.PassAsync(30);
        Assert.False(door.IsRelayOn);
        await door.PassAsync(45);
        Assert.True(door.IsRelayOn);
        Assert.Equal(0, door.Count(DoorEventKind.Denied));
    }

    [Fact]
    public async Task AStopLocksAHeldDoor()
    {
        await using DoorAtWork door = await StartedAsync();
        await UnlockAsync(door, 3600);
        await door.PassAsync(15);
        await door.StopAsync();
        Assert.False(door.IsRelayOn);
        Assert.Equal(1, door.Count(DoorEventKind.UnlockCutShort));
    }

    [Fact]
    public async Task ALostCameraMakesABadgeAndItsPinEnoughAndTheStatusSaysSo()
    {
        await using DoorAtWork door = new(people, settings: ["Doors:OnCameraFault=badge-and-pin",
            "Decisions:IKnowBadgesCanBeCopied=true", "Badges:Keypad=8-bit"]);
        door.ChangeGallery(gallery => gallery.SetPin("adam", DoorAgent.Galleries.Pin.Parse("4711"), isDuress: false));
        door.Show("adam/door-1");
        await door.PassAsync(1);
        door.Unplug();
        await door.PassAsync(4);
        Assert.Contains((await door.AskAsync(OperatorVerb.Status)).Status!.Faults,
            fault => fault.Contains("A BADGE AND ITS PIN OPEN", StringComparison.Ordinal));
        door.Present(DoorAtWork.AdamsBadge);
        await door.PassAsync(0.5);
        door.Do(new PressKeys("4711#"));
        await door.PassAsync(2);
        Assert.Equal("Granted adam", door.Decision);
        door.Show("adam/door-1");
        await door.PassAsync(3);
        Assert.Equal(1, door.Count(DoorEventKind.CameraFallbackEnded));
    }

    private async Task<DoorAtWork> StartedAsync(params string[] settings)
    {
        DoorAtWork door = new(people, settings: settings);
        await door.PassAsync(0.5);
        return door;
    }

    private static Task<OperatorAnswer> UnlockAsync(DoorAtWork door, double seconds) =>
        door.AskAsync(new OperatorRequest(OperatorVerb.Mode, seconds) { Mode = DoorMode.Unlocked });

    private static Task<OperatorAnswer> ModeAsync(DoorAtWork door, DoorMode mode) =>
        door.AskAsync(new OperatorRequest(OperatorVerb.Mode) { Mode = mode });
}
