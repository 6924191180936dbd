using DoorAgent.Hardware.Doors;
using DoorAgent.Hardware.Gpio;
using DoorAgent.Hardware.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace DoorAgent.Hardware.Tests.Doors;

public sealed class ReaderLightsTests : IDisposable
{
    private const int Green = 5;
    private const int Red = 6;
    private const int Buzzer = 13;
    private const int Left = 7;
    private const int Right = 8;

    private readonly FakeTimeProvider _time = new();
    private readonly TimeSpan _start;
    private readonly SimulatedGpioLines _lines;
    private readonly ReaderLights _lights;

    public ReaderLightsTests()
    {
        _start = _time.Monotonic();
        _lines = new SimulatedGpioLines(_time, 28);
        _lights = new ReaderLights(_lines, new HardwareOptions { Green = Green, Red = Red, Buzzer = Buzzer }, _time);
    }

    public void Dispose()
    {
        _lights.Dispose();
        _lines.Dispose();
    }

    [Fact]
    public void AtStartAllLightsAreOff() => Assert.All([Green, Red, Buzzer], line => Assert.True(_lines.IsHigh(line)));

    [Fact]
    public void LookAtTheCameraBlinksGreenTwiceASecond() =>
        AssertShows(LightPattern.LookAtCamera, 1.1, (0, "G+"), (250, "G-"), (500, "G+"), (750, "G-"), (1000, "G+"));

    [Fact]
    public void WaitingForAPinBlinksGreenOnceInTwoSeconds() =>
        AssertShows(LightPattern.EnterPin, 3.9, (0, "G+"), (1000, "G-"), (2000, "G+"), (3000, "G-"));

    [Fact]
    public void WithoutLightsAtTheSidesGreenShowsLeftByOneBlinkAndOneBeep() => AssertShows(LightPattern.TurnLeft, 1.9,
        (0, "G+"), (0, "B+"), (150, "G-"), (150, "B-"), (1000, "G+"), (1150, "G-"));

    [Fact]
    public void WithoutLightsAtTheSidesGreenShowsRightByTwoBlinksAndTwoBeeps() => AssertShows(LightPattern.TurnRight, 1.9,
        (0, "G+"), (0, "B+"), (150, "G-"), (150, "B-"), (300, "G+"), (300, "B+"), (450, "G-"), (450, "B-"), (1300, "G+"), (1450, "G-"),
        (1600, "G+"), (1750, "G-"));

    [Theory]
    [InlineData(LightPattern.TurnLeft, Left, 1)]
    [InlineData(LightPattern.TurnRight, Right, 2)]
    public void ALightAtTheSideShowsTheDirectionWithoutGreen(LightPattern pattern, int light, int beeps)
    {
        using SimulatedGpioLines lines = new(_time, 28);
        using ReaderLights lights = new(lines,
            new HardwareOptions { Green = Green, Red = Red, Buzzer = Buzzer, LeftLight = Left, RightLight = Right }, _time);
        int before = lines.Timeline.Count;
        lights.Show(pattern);
        _time.Pass(TimeSpan.FromSeconds(1.1));
        LevelChange[] shown = [.. lines.Timeline.Skip(before)];

        Assert.Equal([0, 150, 300, 450, 600, 750, 900, 1050],
            shown.Where(change => change.Line == light).Select(change => (change.At - _start).TotalMilliseconds));
        Assert.Equal(2 * beeps, shown.Count(change => change.Line == Buzzer));
        Assert.All(shown, change => Assert.Contains(change.Line, new[] { light, Buzzer }));
    }

    [Fact]
    public void GrantedIsGreenUntilTheNextPatternWithOneBeep() =>
        AssertShows(LightPattern.Granted, 60, (0, "G+"), (0, "B+"), (100, "B-"));

    [Fact]
    public void DeniedIsRedForTwoSecondsWithThreeBeeps()
    {
        AssertShows(LightPattern.Denied, 60,
            (0, "R+"), (0, "B+"), (100, "B-"), (200, "B+"), (300, "B-"), (400, "B+"), (500, "B-"), (2000, "R-"));
        Assert.Equal(LightPattern.Off, _lights.Shown);
    }

    [Fact]
    public void HeldOpenWarningBuzzesOnceASecond() =>
        AssertShows(LightPattern.HeldOpenWarning, 1.9, (0, "B+"), (500, "B-"), (1000, "B+"), (1500, "B-"));

    [Fact]
    public void AFaultBlinksRedOnceInTwoSeconds() =>
        AssertShows(LightPattern.Fault, 3.9, (0, "R+"), (1000, "R-"), (2000, "R+"), (3000, "R-"));

    [Fact]
    public void ANewPatternReplacesTheOldOneAtOnce()
    {
        _lights.Show(LightPattern.LookAtCamera);
        _time.Pass(TimeSpan.FromMilliseconds(100));
        AssertShows(LightPattern.Denied, 0.15, (100, "G-"), (100, "R+"), (100, "B+"), (200, "B-"));
        _lights.Show(LightPattern.Off);
        Assert.All([Green, Red, Buzzer], line => Assert.True(_lines.IsHigh(line)));
    }

    [Fact]
    public void DisposeSwitchesEachLightOffBeforeReleasingItsLine()
    {
        using SimulatedGpioLines chip = new(_time, 28);
        using RecordingLines lines = new(chip, isSimulated: false);
        ReaderLights lights = new(lines,
            new HardwareOptions { Green = Green, Red = Red, Buzzer = Buzzer, LeftLight = Left, RightLight = Right }, _time);
        lights.Show(LightPattern.TurnLeft);
        lines.Outputs.Clear();
        lights.Dispose();
        foreach (string light in new[] { "green", "red", "buzzer", "left", "right" })
            Assert.Equal([$"reader {light} off", $"reader {light} given up"],
                lines.Outputs.Where(what => what.Contains(light, StringComparison.Ordinal)));
    }

    [Fact]
    public void EachLightIsOptional()
    {
        using SimulatedGpioLines lines = new(_time, 28);
        using ReaderLights lights = new(lines, new HardwareOptions { Red = Red, LightsActiveLow = false }, _time);
        lights.Show(LightPattern.Granted);
        lights.Show(LightPattern.Denied);
        Assert.True(lines.IsHigh(Red));
        Assert.Single(lines.Timeline);
    }

    [Fact]
    public void AFailingLightDoesNotStopTheOthers()
    {
        _lines.FailOutput(Red, fails: true);
        _lights.Show(LightPattern.Denied);
        Assert.False(_lines.IsHigh(Buzzer));
        Assert.True(_lines.IsHigh(Red));
    }

    [Fact]
    public void WhenOneLineCannotBeRequestedTheOthersAreReleased()
    {
        _lights.Dispose();
        using IOutputLine other = _lines.RequestOutput("lamp", Buzzer, false, false);
        HardwareOptions options = new() { Green = Green, Red = Red, Buzzer = Buzzer };
        Assert.Throws<IOException>(() => new ReaderLights(_lines, options, _time));
        other.Dispose();
        using ReaderLights lights = new(_lines, options, _time);
    }

    [Fact]
    public void DisposeSwitchesEverythingOffAndEndsThePattern()
    {
        _lights.Show(LightPattern.Fault);
        _lights.Dispose();
        int changes = _lines.Timeline.Count;
        _lights.Show(LightPattern.Granted);
        _time.Pass(TimeSpan.FromSeconds(60));
        Assert.Equal(changes, _lines.Timeline.Count);
    }

    private void AssertShows(LightPattern pattern, double seconds, params (double AtMs, string What)[] expected)
    {
        int before = _lines.Timeline.Count;
        _lights.Show(pattern);
        Assert.Equal(pattern, _lights.Shown);
        _time.Pass(TimeSpan.FromSeconds(seconds));
        Assert.Equal(expected, _lines.Timeline.Skip(before).Select(Told));
    }

    /// <summary>Active low: a falling level switches the light on.</summary>
    private (double AtMs, string What) Told(LevelChange change) => ((change.At - _start).TotalMilliseconds,
        $"{change.Line switch { Green => "G", Red => "R", _ => "B" }}{(change.IsHigh ? "-" : "+")}");
}
