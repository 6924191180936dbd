using DoorAgent.Hardware.Badges;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Hardware.Displays;
using DoorAgent.Hardware.Doors;
using DoorAgent.Hardware.Gpio;

namespace DoorAgent.Hardware.Devices;

/// <summary>The devices of one door. Disposed relay first: whatever else fails, the lock lets go.</summary>
internal sealed class DoorDevices : IDisposable
{
    /// <summary>Takes the lines and makes the devices on them; owns the camera from then on.</summary>
    /// <exception cref="IOException">A line cannot be had; nothing stays taken.</exception>
    /// <exception cref="InvalidDataException">An OSDP reader's key is none.</exception>
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

    public IReaderLights Lights { get; } = null!;

    /// <summary>The display at the door; null where there is none.</summary>
    public DoorDisplay? Display { get; }

    public void Dispose()
    {
        foreach (IDisposable? device in new IDisposable?[] { Relay, Reader, Inputs, Lights, Camera, Display })
            device?.Dispose();
    }
}
