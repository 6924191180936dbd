using DoorAgent.Events;
using DoorAgent.Hardware.Doors;
using DoorAgent.Operating;
using DoorAgent.Simulation;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Running;

/// <summary>Tests the worker in normal operation, and when its journal, relay, camera or one of its loops fails.</summary>
public sealed class DoorRuntimeTests(EnrolledPeople people) : IClassFixture<EnrolledPeople>
{
    /// <summary>A worker that continues instead of ending fails the test after this time, so that the run ends.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Theory]
    [InlineData(5)]
    [InlineData(10)]
    [InlineData(15)]
    [InlineData(30)]
    [InlineData(60)]
    public async Task TheSameVisitHasTheSameDecisionAtEveryFrameRate(int framesPerSecond)
    {
        await using DoorAtWork door = new(people);
        door.Show("adam/door-1", framesPerSecond);
        await door.PassAsync(0.5);
        door.Present(DoorAtWork.AdamsBadge);
        await door.PassAsync(3);
        Assert.Equal("Granted adam", door.Decision);

        door.Show("stranger-2/door-1", framesPerSecond);
        await door.PassAsync(10);
        door.Present(DoorAtWork.AdamsBadge);
        await door.PassAsync(11);
        Assert.Equal("Denied FaceNotMatched", door.Decision);
        Assert.Equal(1, door.Count(DoorEventKind.Granted));
        Assert.Equal(1, door.Count(DoorEventKind.Denied));
    }

    [Fact]
    public async Task AnAbsentDisplayIsReportedOnceAndTheDoorStillOpens()
    {
        await using DoorAtWork door = new(people, settings: ["Hardware:Display=ssd1306@/dev/i2c-97"]);
        door.Show("adam/door-1");
        await door.PassAsync(0.5);
        door.Present(DoorAtWork.AdamsBadge);
        await door.PassAsync(3);
        Assert.Equal("Granted adam", door.Decision);
        // The display runs in its own task, outside the simulated time.
        for (int i = 0; i < 1000 && door.Count(DoorEventKind.DisplayOffline) == 0; i++)
            await door.PassAsync(0.1);
        await door.PassAsync(60);
        Assert.Equal(1, door.Count(DoorEventKind.DisplayOffline));
        Assert.Contains((await door.AskAsync(OperatorVerb.Status)).Status!.Faults,
            fault => fault.StartsWith("the display is offline", StringComparison.Ordinal));
    }

    [Fact]
    public async Task TheDisplayShowsTheStateOfTheLights()
    {
        await using DoorAtWork door = new(people, settings: ["Hardware:Display=simulated", "Display:Names=true"]);
        Assert.Equal("dark", await DisplayAsync());
        door.Show("stranger-1/door-1");
        await door.PassAsync(0.5);
        door.Present(DoorAtWork.AdamsBadge);
        await door.PassAsync(0.3);
        Assert.Equal("Look at the camera", await DisplayAsync());
        for (int i = 0; i < 110 && door.Decision is null; i++)
            await door.PassAsync(0.1);
        Assert.Equal("Access denied", await DisplayAsync());
        door.Show("adam/door-1");
        await door.PassAsync(6);
        Assert.Equal("dark", await DisplayAsync());
        door.Present(DoorAtWork.AdamsBadge);
        await door.PassAsync(3);
        Assert.Equal("Welcome, adam", await DisplayAsync());
        await door.PassAsync(6);
        Assert.Equal("dark", await DisplayAsync());

        async Task<string?> DisplayAsync() => (await door.AskAsync(OperatorVerb.Status)).Status!.Display;
    }

    [Fact]
    public async Task TheWatchdogIsNotifiedOnlyAfterProgressOfEveryLoop()
    {
        await using DoorAtWork door = new(people);
        door.Show("adam/door-1");
        Assert.True(door.HasMoved());
        await door.PassAsync(1);
        Assert.True(door.HasMoved());
        Assert.False(door.HasMoved());
        await door.PassAsync(1);
        Assert.True(door.HasMoved());
    }

    [Fact]
    public async Task ASilentCameraDoesNotCountAsAHangingLoop()
    {
        await using DoorAtWork door = new(people);
        door.Unplug();
        await door.PassAsync(3);
        Assert.True(door.HasMoved());
        await door.PassAsync(3);
        Assert.True(door.HasMoved());
    }

    [Fact]
    public async Task AHangingDecisionLoopDoesNotNotifyTheWatchdog()
    {
        TaskCompletionSource stuck = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using ManualResetEventSlim goOn = new();
        await using DoorAtWork door = new(people, recorded: e =>
        {
            if (e.Kind != DoorEventKind.RequestToExit)
                return;
            stuck.TrySetResult();
            goOn.Wait(TestContext.Current.CancellationToken);
        });
        try
        {
            door.Show("adam/door-1");
            await door.PassAsync(1);
            Assert.True(door.HasMoved());
            door.Do(new PressExit(TimeSpan.FromSeconds(0.5)));
            await door.PassUntilAsync(stuck.Task, within: 1);
            Assert.False(door.HasMoved());
        }
        finally
        {
            // Whatever failed: the end of the door waits for the decision loop.
            goOn.Set();
        }

        await door.PassAsync(1);
        Assert.True(door.HasMoved());
    }

    [Fact]
    public async Task AGrantIsRecordedBeforeTheRelayMoves()
    {
        await using DoorAtWork door = await WithAdamAtTheDoorAsync();
        await door.PassAsync(3);
        Assert.Equal(["Granted", "relay on", "RelayOn"], door.Order.SkipWhile(what => what != "Granted").Take(3));
    }

    [Fact]
    public async Task AnExitIsRecordedBeforeTheRelayMoves()
    {
        await using DoorAtWork door = new(people, settings: "Doors:ExitUnlocks=true");
        door.Show("adam/door-1");
        await door.PassAsync(0.5);
        door.Do(new PressExit(TimeSpan.FromSeconds(0.5)));
        await door.PassAsync(1);
        Assert.Equal(["RequestToExit", "relay on", "RelayOn"], door.Order.SkipWhile(what => what != "RequestToExit").Take(3));
    }

    [Fact]
    public async Task AnExitWithoutARecordStillUnlocksAndIsReported()
    {
        await using DoorAtWork door = new(people, settings: "Doors:ExitUnlocks=true");
        door.Show("adam/door-1");
        await door.PassAsync(0.5);
        door.FailJournal();
        door.Do(new PressExit(TimeSpan.FromSeconds(0.5)));
        await door.PassAsync(1);
        Assert.True(door.IsRelayOn);
        Assert.Contains("without a record", door.Events.Single(e => e.Kind == DoorEventKind.Warning
            && e.Detail!.Contains("exit", StringComparison.Ordinal)).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WithoutARecordNobodyIsAdmittedAndAnAlarmIsRaised()
    {
        await using DoorAtWork door = await WithAdamAtTheDoorAsync(beforeBadge: door => door.FailJournal());
        await door.PassAsync(1);
        Assert.Equal("Denied AuditFailed", door.Decision);
        Assert.Equal(LightPattern.Denied, door.Lights);
        await door.PassAsync(2);
        Assert.Equal(1, door.Count(DoorEventKind.StorageFailed));
        Assert.DoesNotContain("relay on", door.Order);

        door.RepairJournal();
        door.Present(DoorAtWork.AdamsBadge);
        await door.PassAsync(3);
        Assert.Equal("Granted adam", door.Decision);
        Assert.Equal(1, door.Count(DoorEventKind.StorageRestored));
        Assert.Contains("relay on", door.Order);
    }

    [Fact]
    public async Task IfConfiguredTheDoorOpensWithoutARecordAndWithAnAlarm()
    {
        await using DoorAtWork door =
            await WithAdamAtTheDoorAsync(beforeBadge: door => door.FailJournal(), settings: "Auditing:OnFailure=allow");
        await door.PassAsync(3);
        Assert.Equal("Granted adam", door.Decision);
        Assert.True(door.IsRelayOn);
        Assert.Equal(1, door.Count(DoorEventKind.StorageFailed));
    }

    [Fact]
    public async Task TheRelayReleasesEvenWhenNothingCanBeRecorded()
    {
        await using DoorAtWork door = await WithAdamAtTheDoorAsync();
        await door.PassAsync(2);
        Assert.True(door.IsRelayOn);
        door.FailJournal();
        await door.PassAsync(6);
        Assert.False(door.IsRelayOn);
    }

    [Fact]
    public async Task AFailingRelayIsADenialAndAnAlarmUntilRepaired()
    {
        await using DoorAtWork door = await WithAdamAtTheDoorAsync(beforeBadge: door => door.FailRelay(true));
        await door.PassAsync(3);
        Assert.Equal("Denied RelayFault", door.Decision);
        Assert.Equal(1, door.Count(DoorEventKind.RelayFault));
        Assert.Equal(0, door.Count(DoorEventKind.RelayRestored));
        // The relay never switched on, and the record does not claim that.
        Assert.Equal((0, 0), (door.Count(DoorEventKind.RelayOn), door.Count(DoorEventKind.RelayOff)));

        door.FailRelay(false);
        await door.PassAsync(2);
        Assert.Equal(1, door.Count(DoorEventKind.RelayRestored));
        door.Present(DoorAtWork.AdamsBadge);
        await door.PassAsync(3);
        Assert.Equal("Granted adam", door.Decision);
        Assert.True(door.IsRelayOn);
    }

    [Fact]
    public async Task ARelayStuckOnIsAnAlarmAndReleasesAsSoonAsPossible()
    {
        await using DoorAtWork door = await WithAdamAtTheDoorAsync();
        await door.PassAsync(2);
        door.FailRelay(true);
        await door.PassAsync(10);
        Assert.True(door.IsRelayOn);
        Assert.Equal(1, door.Count(DoorEventKind.RelayFault));
        door.FailRelay(false);
        await door.PassAsync(1);
        Assert.False(door.IsRelayOn);
        Assert.Equal(1, door.Count(DoorEventKind.RelayRestored));
    }

    [Fact]
    public async Task ACameraUnpluggedDuringAnAttemptEndsTheAttemptAndIsUsedAgainWhenPresent()
    {
        await using DoorAtWork door = await WithAdamAtTheDoorAsync();
        await door.PassAsync(0.3);
        door.Unplug();
        await door.PassAsync(0.1);
        Assert.Equal("Denied CameraFault", door.Decision);
        Assert.Equal(1, door.Count(DoorEventKind.CameraFault));

        door.Show("adam/door-1");
        await door.PassAsync(3);
        Assert.Equal(1, door.Count(DoorEventKind.CameraRestored));
        door.Present(DoorAtWork.AdamsBadge);
        await door.PassAsync(3);
        Assert.Equal("Granted adam", door.Decision);
    }

    [Fact]
    public async Task AStopDuringAnUnlockLocksFirstAndThenRecordsTheStop()
    {
        await using DoorAtWork door = await WithAdamAtTheDoorAsync();
        await door.PassAsync(2);
        Assert.True(door.IsRelayOn);
        await door.StopAsync();
        Assert.Equal(["relay off", "UnlockCutShort", "RelayOff", "Stopping"], door.Order.TakeLast(4));
    }

    [Fact]
    public async Task AStopDuringAnAttemptDeniesTheAttempt()
    {
        await using DoorAtWork door = await WithAdamAtTheDoorAsync();
        await door.PassAsync(0.3);
        await door.StopAsync();
        Assert.Equal("Denied Stopping", door.Decision);
        Assert.Equal(0, door.Count(DoorEventKind.Fault));
    }

    [Fact]
    public async Task AFailedLoopEndsTheOthersAndTheDoorIsLocked()
    {
        await using DoorAtWork door = await WithAdamAtTheDoorAsync();
        await door.PassAsync(2);
        Assert.True(door.IsRelayOn);
        door.BreakCamera();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => door.Ended.WaitAsync(Patience, TestContext.Current.CancellationToken));
        Assert.False(door.IsRelayOn);
        Assert.Equal(["relay off", "UnlockCutShort", "RelayOff", "Fault", "Stopping"], door.Order.TakeLast(5));
    }

    [Fact]
    public async Task ADefectInTheDecisionLoopEndsTheLoopWithTheDoorLocked()
    {
        bool isBroken = false;
        await using DoorAtWork door = new(people, recorded: e =>
        {
            if (isBroken && e.Kind == DoorEventKind.RequestToExit)
                throw new InvalidTimeZoneException("a bug");
        });
        door.Show("adam/door-1");
        await door.PassAsync(0.5);
        door.Present(DoorAtWork.AdamsBadge);
        await door.PassAsync(2);
        Assert.True(door.IsRelayOn);
        isBroken = true;
        door.Do(new PressExit(TimeSpan.FromSeconds(0.5)));
        await Assert.ThrowsAsync<InvalidTimeZoneException>(async () =>
        {
            await door.PassAsync(1);
            await door.Ended.WaitAsync(Patience, TestContext.Current.CancellationToken);
        });
        Assert.False(door.IsRelayOn);
        Assert.Equal("a bug", door.Events.Last(e => e.Kind == DoorEventKind.Fault).Detail);
    }

    private async Task<DoorAtWork> WithAdamAtTheDoorAsync(Action<DoorAtWork>? beforeBadge = null, params string[] settings)
    {
        DoorAtWork door = new(people, settings: settings);
        door.Show("adam/door-1");
        await door.PassAsync(0.5);
        beforeBadge?.Invoke(door);
        door.Present(DoorAtWork.AdamsBadge);
        return door;
    }
}
