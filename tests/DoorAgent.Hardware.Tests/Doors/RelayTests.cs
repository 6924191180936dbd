using DoorAgent.Hardware.Doors;
using DoorAgent.Hardware.Gpio;
using DoorAgent.Hardware.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace DoorAgent.Hardware.Tests.Doors;

public sealed class RelayTests : IDisposable
{
    private const int Line = 22;

    private readonly FakeTimeProvider _time = new();
    private readonly SimulatedGpioLines _lines;
    private readonly Relay _relay;

    public RelayTests()
    {
        _lines = new SimulatedGpioLines(_time, 28);
        _relay = new Relay(_lines, Line, activeLow: false, _time);
    }

    public void Dispose()
    {
        _relay.Dispose();
        _lines.Dispose();
    }

    [Fact]
    public void TheRelayReleasesItselfWhenTheCallerHangs()
    {
        _relay.Energise(Seconds(5));
        _time.Pass(Seconds(4.999));
        AssertUnlocked();
        _time.Pass(Seconds(0.001));
        AssertLocked();
    }

    [Fact]
    public void TheRelayHoldsForAtMost30SecondsEvenIfTheCallerAsksForMore()
    {
        _relay.Energise(TimeSpan.FromHours(1));
        _time.Pass(Seconds(29.999));
        AssertUnlocked();
        _time.Pass(Seconds(0.001));
        AssertLocked();
    }

    [Fact]
    public void TheRelayHoldsForAtMost30SecondsEvenIfEnergisedAgain()
    {
        for (int second = 0; second < 30; second++)
        {
            _relay.Energise(Seconds(10));
            AssertUnlocked();
            _time.Pass(Seconds(1));
        }

        AssertLocked();
    }

    [Fact]
    public void ThirtySecondsStartAgainAfterARelease()
    {
        _relay.Energise(Seconds(30));
        _time.Pass(Seconds(20));
        _relay.Release();
        AssertLocked();
        _relay.Energise(Seconds(30));
        _time.Pass(Seconds(29));
        AssertUnlocked();
        _time.Pass(Seconds(1));
        AssertLocked();
    }

    [Fact]
    public void AHeldRelayStaysOnWhileItIsRenewedAndIsOffThirtySecondsAfterTheLastRenewal()
    {
        for (int renewal = 0; renewal < 1000; renewal++)
        {
            _relay.Hold();
            _time.Pass(Seconds(10));
            AssertUnlocked();
        }

        _time.Pass(Seconds(19.999));
        AssertUnlocked();
        _time.Pass(Seconds(0.001));
        AssertLocked();
    }

    [Fact]
    public void AGrantAfterARenewalEndsThirtySecondsAfterTheRenewal()
    {
        _relay.Hold();
        _time.Pass(Seconds(20));
        _relay.Energise(Seconds(30));
        _time.Pass(Seconds(9.999));
        AssertUnlocked();
        _time.Pass(Seconds(0.001));
        AssertLocked();
    }

    [Fact]
    public void AReleaseEndsAHoldAtOnce()
    {
        _relay.Hold();
        _relay.Release();
        AssertLocked();
        _time.Pass(Seconds(100));
        AssertLocked();
    }

    [Fact]
    public void AHoldThatFailsThrowsAndTheTimerReleasesTheRelay()
    {
        _relay.Hold();
        _time.Pass(Seconds(10));
        _lines.FailOutput(Line, fails: true);
        Assert.Throws<IOException>(_relay.Hold);
        _lines.FailOutput(Line, fails: false);
        _time.Pass(Seconds(30));
        AssertLocked();
    }

    [Fact]
    public void EnergisingAgainRestartsTheTime()
    {
        _relay.Energise(Seconds(5));
        _time.Pass(Seconds(4));
        _relay.Energise(Seconds(5));
        _time.Pass(Seconds(4.9));
        AssertUnlocked();
        _time.Pass(Seconds(0.1));
        AssertLocked();
    }

    [Fact]
    public void AFailedReleaseThrowsAndIsRetriedEverySecond()
    {
        _relay.Energise(Seconds(30));
        _lines.FailOutput(Line, fails: true);
        Assert.Throws<IOException>(_relay.Release);
        Assert.True(_relay.IsEnergised);
        _time.Pass(Seconds(3.5));
        AssertUnlocked();
        _lines.FailOutput(Line, fails: false);
        _time.Pass(Seconds(0.499));
        AssertUnlocked();
        _time.Pass(Seconds(0.001));
        AssertLocked();
    }

    [Fact]
    public void AFailedReleaseDoesNotDelayTheTimedRelease()
    {
        _relay.Energise(Seconds(5));
        _time.Pass(Seconds(4.8));
        _lines.FailOutput(Line, fails: true);
        Assert.Throws<IOException>(_relay.Release);
        _lines.FailOutput(Line, fails: false);
        _time.Pass(Seconds(0.2));
        AssertLocked();
    }

    [Fact]
    public void AFailedTimedReleaseIsRetriedEverySecond()
    {
        _relay.Energise(Seconds(5));
        _lines.FailOutput(Line, fails: true);
        _time.Pass(Seconds(60));
        AssertUnlocked();
        _relay.Dispose();
    }

    [Fact]
    public void ALineThatFailsToEnergiseThrowsAndIsStillReleased()
    {
        _lines.FailOutput(Line, fails: true);
        Assert.Throws<IOException>(() => _relay.Energise(Seconds(5)));
        _lines.FailOutput(Line, fails: false);
        _time.Pass(Seconds(5));
        AssertLocked();
    }

    [Fact]
    public void DisposeReleases()
    {
        _relay.Energise(Seconds(5));
        _relay.Dispose();
        Assert.False(_lines.IsHigh(Line));
        Assert.Throws<ObjectDisposedException>(() => _relay.Energise(Seconds(5)));
        Assert.Throws<ObjectDisposedException>(_relay.Release);
        _time.Pass(Seconds(60));
        Assert.Equal(2, _lines.Timeline.Count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void DisposeSwitchesTheLineOffBeforeReleasingIt(bool activeLow)
    {
        using SimulatedGpioLines chip = new(_time, 28);
        using RecordingLines lines = new(chip, isSimulated: false);
        Relay relay = new(lines, Line, activeLow, _time);
        relay.Energise(Seconds(5));
        relay.Dispose();
        Assert.Equal(["lock relay taken off", "lock relay on", "lock relay off", "lock relay given up"], lines.Outputs);
    }

    [Fact]
    public void DisposeSwitchesALineOffThatIsBelievedToBeOff()
    {
        using RecordingLines lines = new(_lines, isSimulated: false);
        new Relay(lines, Line + 1, activeLow: false, _time).Dispose();
        Assert.Equal(["lock relay taken off", "lock relay off", "lock relay given up"], lines.Outputs);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void AFailedReleaseIsRetriedOnceASecondUntilItSucceeds(bool byItself)
    {
        using RecordingLines lines = new(_lines, isSimulated: false);
        using Relay relay = new(lines, Line + 1, activeLow: false, _time);
        relay.Energise(Seconds(byItself ? 2 : 30));
        _lines.FailOutput(Line + 1, fails: true);
        lines.Outputs.Clear();
        if (byItself)
            _time.Pass(Seconds(2));
        else
            Assert.Throws<IOException>(relay.Release);
        for (int tries = 1; tries <= 5; tries++)
        {
            Assert.Equal(Enumerable.Repeat("lock relay off", tries), lines.Outputs);
            _time.Pass(Seconds(0.999));
            Assert.Equal(tries, lines.Outputs.Count);
            _time.Pass(Seconds(0.001));
        }

        _lines.FailOutput(Line + 1, fails: false);
        _time.Pass(Seconds(1));
        Assert.False(relay.IsEnergised);
        _time.Pass(Seconds(60));
        Assert.Equal(7, lines.Outputs.Count);
    }

    [Fact]
    public void DisposeReleasesAFailingLineToo()
    {
        _relay.Energise(Seconds(5));
        _lines.FailOutput(Line, fails: true);
        _relay.Dispose();
        Assert.False(_lines.IsHigh(Line));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void TheLineDoesNotPulseWhenItIsRequestedAndReleasedLocked(bool activeLow)
    {
        using SimulatedGpioLines lines = new(_time, 28);
        using Relay relay = new(lines, Line, activeLow, _time);
        Assert.Equal(activeLow, lines.IsHigh(Line));
        // The line of an active-low relay rises once from the pull-down and never falls.
        Assert.Equal(activeLow ? [true] : [], lines.Timeline.Select(change => change.IsHigh));
        relay.Energise(Seconds(1));
        Assert.Equal(!activeLow, lines.IsHigh(Line));
        relay.Release();
        Assert.Equal(activeLow, lines.IsHigh(Line));
    }

    [Fact]
    public void ReleasingAReleasedRelayDoesNothing()
    {
        _relay.Release();
        Assert.Empty(_lines.Timeline);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void ATimeOfZeroIsRefused(int seconds) => Assert.Throws<ArgumentOutOfRangeException>(() => _relay.Energise(Seconds(seconds)));

    private void AssertLocked() => Assert.Equal((false, false), (_relay.IsEnergised, _lines.IsHigh(Line)));

    private void AssertUnlocked() => Assert.Equal((true, true), (_relay.IsEnergised, _lines.IsHigh(Line)));

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);
}
