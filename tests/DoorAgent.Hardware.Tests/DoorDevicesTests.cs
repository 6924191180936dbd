using DoorAgent.Hardware.Badges;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Hardware.Devices;
using DoorAgent.Hardware.Gpio;
using Microsoft.Extensions.Time.Testing;

namespace DoorAgent.Hardware.Tests;

public sealed class DoorDevicesTests
{
    private static readonly HardwareOptions Options =
        new() { Kind = "simulated", Contact = "23", Exit = 24, Green = 5, Red = 6, Buzzer = 13 };

    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void ARealRelayRefusesASimulatedCameraAndHoldsNoLine()
    {
        using SimulatedGpioLines simulated = new(_time, 28);
        using RecordingLines lines = new(simulated, isSimulated: false);
        SimulatedCamera camera = new(_time);
        InvalidOperationException refusal = Assert.Throws<InvalidOperationException>(() => Devices(lines, camera));
        Assert.Contains("simulated camera", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(lines.Log);
    }

    [Fact]
    public void TheLockIsDisposedFirst()
    {
        using SimulatedGpioLines simulated = new(_time, 28);
        using RecordingLines lines = new(simulated, isSimulated: true);
        DoorDevices devices = Devices(lines, new SimulatedCamera(_time));
        devices.Relay.Energise(TimeSpan.FromSeconds(5));
        lines.Log.Clear();
        devices.Dispose();
        Assert.Equal("lock relay", lines.Log[0]);
        Assert.Equal(["badge reader", "door contact", "exit button", "lock relay", "reader buzzer", "reader green", "reader red"],
            lines.Log.Order());
        Assert.False(simulated.IsHigh(Options.Relay));
        devices.Dispose();
    }

    [Fact]
    public void WhenALineCannotBeRequestedNoLineStaysHeld()
    {
        using SimulatedGpioLines lines = new(_time, 28);
        using IOutputLine lamp = lines.RequestOutput("lamp", 13, false, false);
        SimulatedCamera camera = new(_time);
        Assert.Contains("lamp", Assert.Throws<IOException>(() => Devices(lines, camera)).Message, StringComparison.Ordinal);
        Assert.Throws<ObjectDisposedException>(() =>
        {
            _ = camera.ReadAsync(new Frame(), TimeSpan.Zero, TestContext.Current.CancellationToken).AsTask().GetAwaiter().GetResult();
        });
        lamp.Dispose();
        using DoorDevices devices = Devices(lines, new SimulatedCamera(_time));
    }

    [Theory]
    [InlineData("keyboard", "USB reader /dev/none (decimal-10)")]
    [InlineData("serial", "serial (9600 baud) reader /dev/none (decimal-10)")]
    public void APluggedReaderNeedsNoLinesAndMayBeAbsent(string kind, string description)
    {
        using SimulatedGpioLines simulated = new(_time, 28);
        using RecordingLines lines = new(simulated, isSimulated: false);
        using IBadgeReader reader = ReaderFactory.Open(lines, Options, new BadgeOptions { Reader = kind, Device = "/dev/none" }, _time);
        Assert.Equal((description, false, true), (reader.Description, reader.IsSimulated, reader.IsListening));
        Assert.Empty(lines.Log);
    }

    [Fact]
    public async Task EachReaderHasItsOwnLinesAndSide()
    {
        using SimulatedGpioLines lines = new(_time, 28);
        HardwareOptions options = new() { Kind = "simulated", Contact = "23", ExitD0 = 8, ExitD1 = 9 };
        using DoorDevices devices = new(lines, new SimulatedCamera(_time), options, new BadgeOptions { ExitReader = "wiegand" },
            TimeSpan.FromMilliseconds(50), _time);
        Assert.Equal([ReaderSide.Entry, ReaderSide.Exit], devices.Readers.Select(one => one.Side));
        Assert.True(devices.AreListening);

        Badge badge = Badge.Parse("H10301:1:2");
        foreach (char bit in WiegandFormat.Encode(badge))
        {
            _time.Advance(TimeSpan.FromMilliseconds(2));
            lines.Drive(bit == '1' ? 9 : 8, false);
            lines.Drive(bit == '1' ? 9 : 8, true);
        }

        await lines.WhenIdleAsync();
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal((0, 1), (devices.Reader.Reads.Waiting, devices.ExitReader!.Reads.Waiting));
        await foreach (BadgeRead read in devices.ExitReader.Reads.ReadAllAsync(TestContext.Current.CancellationToken))
        {
            Assert.Equal(badge, read.Badge);
            break;
        }
    }

    [Fact]
    public void ADoorWithoutAnExitReaderHasOneReader()
    {
        using SimulatedGpioLines lines = new(_time, 28);
        using DoorDevices devices = Devices(lines, new SimulatedCamera(_time));
        Assert.Null(devices.ExitReader);
        Assert.Equal(ReaderSide.Entry, Assert.Single(devices.Readers).Side);
    }

    private DoorDevices Devices(IGpioLines lines, ICamera camera) =>
        new(lines, camera, Options, new BadgeOptions(), TimeSpan.FromMilliseconds(50), _time);
}
