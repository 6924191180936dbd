using DoorAgent.Hardware.Badges;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Hardware.Displays;
using DoorAgent.Hardware.Doors;
using DoorAgent.Hardware.Gpio;

namespace DoorAgent.Hardware.Devices;

/// <summary>The devices of one door. The relay is disposed first, so that the lock releases whatever else fails.</summary>
internal sealed class DoorDevices : IDisposable
{
    /// <summary>Requests the lines and creates the devices; owns the camera, also when that fails.</summary>
    /// <exception cref="IOException">A line cannot be requested; no line stays held.</exception>
    /// <exception cref="InvalidDataException">The key of an OSDP reader is invalid.</exception>
    /// <exception cref="InvalidOperationException">Real and simulated devices are mixed.</exception>
    public DoorDevices(IGpioLines lines, ICamera camera, HardwareOptions options, BadgeOptions badges, TimeSpan debounce, TimeProvider time)
    {
        Camera = camera;
        try
        {
            if (!lines.IsSimulated && camera.IsSimulated)
                throw new InvalidOperationException(CameraFactory.SimulatedAtReal(camera));
            Relay = new Relay(lines, options.Relay, options.RelayActiveLow, time);
            Inputs = new DoorInputs(lines, options, debounce, time);
            Reader = ReaderFactory.Open(lines, options, badges, time);
            ExitReader = ReaderFactory.OpenExit(lines, options, badges, time);
            Lights = new ReaderLights(lines, options, time);
            Display = DisplayFactory.Open(options, time);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public ICamera Camera { get; }

    public IRelay Relay { get; } = null!;

    public IDoorInputs Inputs { get; } = null!;

    public IBadgeReader Reader { get; } = null!;

    /// <summary>The reader of people who leave; null where there is none.</summary>
    public IBadgeReader? ExitReader { get; }

    public IReaderLights Lights { get; } = null!;

    /// <summary>The display at the door; null where there is none.</summary>
    public DoorDisplay? Display { get; }

    /// <summary>The readers, each with its side.</summary>
    public IEnumerable<(IBadgeReader Reader, ReaderSide Side)> Readers =>
        ExitReader is { } exit ? [(Reader, ReaderSide.Entry), (exit, ReaderSide.Exit)] : [(Reader, ReaderSide.Entry)];

    /// <summary>Whether the lines of readers, contact and exit button are still read.</summary>
    public bool AreListening => Readers.All(one => one.Reader.IsListening) && Inputs.IsListening;

    public void Dispose()
    {
        foreach (IDisposable? device in new IDisposable?[] { Relay, Reader, ExitReader, Inputs, Lights, Camera, Display })
            device?.Dispose();
    }
}
