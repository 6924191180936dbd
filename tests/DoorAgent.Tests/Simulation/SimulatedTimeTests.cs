using DoorAgent.Hardware;
using DoorAgent.Simulation;

namespace DoorAgent.Tests.Simulation;

public sealed class SimulatedTimeTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 7, 55, 0, TimeSpan.FromHours(1));

    private readonly SimulatedTime _time = new(Start, TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"));
    private readonly List<string> _fired = [];

    [Fact]
    public void StartsAtTheScenariosWallClockInItsZoneOnAMachineThatHasBeenUpForLong()
    {
        Assert.Equal(Start, _time.GetUtcNow());
        Assert.Equal(TimeSpan.Zero, _time.GetUtcNow().Offset);
        Assert.Equal(new DateTime(2026, 3, 2, 7, 55, 0), _time.GetLocalNow().DateTime);
        Assert.Equal((TimeSpan.Zero, SimulatedTime.Uptime), (_time.Elapsed, _time.Monotonic()));
    }

    [Fact]
    public void BothClocksMoveTogether()
    {
        _time.Advance(TimeSpan.FromSeconds(1.5));
        Assert.Equal(Start.AddSeconds(1.5), _time.GetUtcNow());
        Assert.Equal(TimeSpan.FromSeconds(1.5), _time.Monotonic() - SimulatedTime.Uptime);
        Assert.Equal(TimeSpan.FromSeconds(1.5), _time.Elapsed);
    }

    [Fact]
    public void TheWallClockMovesForwardAndBackWithoutEffectOnTimers()
    {
        Timer("a", 2);
        _time.Advance(TimeSpan.FromSeconds(1));
        _time.WallShift = TimeSpan.FromDays(-1);
        Assert.Equal(Start.AddDays(-1).AddSeconds(1), _time.GetUtcNow());
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(["a@2"], _fired);
        Assert.Equal(TimeSpan.FromSeconds(2), _time.Monotonic() - SimulatedTime.Uptime);
    }

    [Fact]
    public void TimersFireInOrderOfDueTimeAndEqualOnesInOrderOfCreation()
    {
        Timer("c", 3);
        Timer("a", 1);
        Timer("b1", 2);
        Timer("b2", 2);
        _time.AdvanceTo(TimeSpan.FromSeconds(3));
        Assert.Equal(["a@1", "b1@2", "b2@2", "c@3"], _fired);
    }

    [Fact]
    public void ATimerDoesNotFireBeforeItIsDue()
    {
        Timer("a", 1);
        _time.AdvanceTo(TimeSpan.FromSeconds(1) - TimeSpan.FromTicks(1));
        Assert.Empty(_fired);
        Assert.Equal(TimeSpan.FromSeconds(1), _time.NextDue);
    }

    [Fact]
    public void ATimerDueAtOnceFiresWhenTheClockIsMovedByZero()
    {
        Timer("a", 0);
        Assert.Empty(_fired);
        Assert.Equal(TimeSpan.Zero, _time.NextDue);
        _time.Advance(TimeSpan.Zero);
        Assert.Equal(["a@0"], _fired);
        Assert.Null(_time.NextDue);
    }

    [Fact]
    public void ACallbackMayCreateTimersAndTheDueOnesFireInTheSameCall()
    {
        _time.CreateTimer(
            _ =>
            {
                Timer("at once", 0);
                Timer("soon", 1);
                Timer("later", 10);
            },
            null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
        _time.AdvanceTo(TimeSpan.FromSeconds(5));
        Assert.Equal(["at once@1", "soon@2"], _fired);
        Assert.Equal(TimeSpan.FromSeconds(11), _time.NextDue);
    }

    [Fact]
    public void AStepFiresOneTimerAloneAlsoWhereAnotherIsDueAtTheSameMoment()
    {
        Timer("a", 1);
        Timer("b", 1);
        Assert.True(_time.StepTo(TimeSpan.FromSeconds(5)));
        Assert.Equal(["a@1"], _fired);
        Timer("begun by a", 0);
        Assert.True(_time.StepTo(TimeSpan.FromSeconds(5)));
        Assert.True(_time.StepTo(TimeSpan.FromSeconds(5)));
        Assert.Equal(["a@1", "b@1", "begun by a@1"], _fired);
        Assert.False(_time.StepTo(TimeSpan.FromSeconds(5)));
        Assert.Equal(TimeSpan.FromSeconds(5), _time.Elapsed);
    }

    [Fact]
    public void APeriodicTimerGoesOnUntilItIsDisposed()
    {
        ITimer timer = Timer("tick", 1, 2);
        _time.AdvanceTo(TimeSpan.FromSeconds(6));
        timer.Dispose();
        _time.AdvanceTo(TimeSpan.FromSeconds(60));
        Assert.Equal(["tick@1", "tick@3", "tick@5"], _fired);
        Assert.False(timer.Change(TimeSpan.Zero, TimeSpan.Zero));
        Assert.Null(_time.NextDue);
    }

    [Fact]
    public void AChangedTimerHasOnlyItsNewDueTime()
    {
        ITimer timer = Timer("a", 1);
        Assert.True(timer.Change(TimeSpan.FromSeconds(4), Timeout.InfiniteTimeSpan));
        _time.AdvanceTo(TimeSpan.FromSeconds(9));
        Assert.Equal(["a@4"], _fired);
    }

    [Fact]
    public void ATimerThatWasNeverPendingReplacesNoOther()
    {
        Timer("first", 0);
        ITimer idle = _time.CreateTimer(_ => { }, null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        idle.Dispose();
        _time.Advance(TimeSpan.Zero);
        Assert.Equal(["first@0"], _fired);
    }

    [Fact]
    public void DelaysAndTimeOutsRunOnIt()
    {
        Task delay = Task.Delay(TimeSpan.FromSeconds(2), _time, TestContext.Current.CancellationToken);
        using CancellationTokenSource timeout = new(TimeSpan.FromSeconds(3), _time);
        _time.AdvanceTo(TimeSpan.FromSeconds(2));
        Assert.True(delay.IsCompletedSuccessfully);
        Assert.False(timeout.IsCancellationRequested);
        _time.AdvanceTo(TimeSpan.FromSeconds(3));
        Assert.True(timeout.IsCancellationRequested);
    }

    [Fact]
    public void TheClockNeverGoesBack()
    {
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => _time.AdvanceTo(TimeSpan.Zero));
    }

    [Fact]
    public void ACallbackThatMovesTheClockThrows()
    {
        _time.CreateTimer(_ => _time.Advance(TimeSpan.FromSeconds(1)), null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
        Assert.Throws<InvalidOperationException>(() => _time.AdvanceTo(TimeSpan.FromSeconds(5)));
        Assert.Equal(TimeSpan.FromSeconds(1), _time.Elapsed);
        _time.AdvanceTo(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void TimersCanBeCreatedFromManyThreadsAtOnce()
    {
        int fired = 0;
        Parallel.For(0, 1000, index => _time.CreateTimer(
            _ => fired++, null, TimeSpan.FromMilliseconds(index % 7), Timeout.InfiniteTimeSpan));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1000, fired);
    }

    private ITimer Timer(string name, double due, double period = 0) => _time.CreateTimer(
        _ => _fired.Add($"{name}@{_time.Elapsed.TotalSeconds}"), null, TimeSpan.FromSeconds(due), TimeSpan.FromSeconds(period));
}
