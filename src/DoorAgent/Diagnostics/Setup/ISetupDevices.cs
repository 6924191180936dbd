using DoorAgent.Encodings;
using DoorAgent.Hardware;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Hardware.Gpio;
using DoorAgent.Hardware.Gpio.Linux;
using DoorAgent.Running;

namespace DoorAgent.Diagnostics.Setup;

/// <summary>The devices that setup tries answers with.</summary>
internal interface ISetupDevices
{
    TimeProvider Time { get; }

    /// <summary>The GPIO chips of this machine, a line each.</summary>
    IReadOnlyList<string> Chips();

    /// <summary>The lines of a chip; null names the known board's.</summary>
    /// <exception cref="IOException">There is no such chip.</exception>
    IReadOnlyList<GpioLine> LinesOf(string? chip);

    /// <summary>The devices of this machine that a reader may be, a line each.</summary>
    IReadOnlyList<string> Readers();

    /// <summary>The cameras of this machine, a line each.</summary>
    IReadOnlyList<string> Cameras();

    /// <summary>The chip's lines, to take.</summary>
    /// <exception cref="IOException">It cannot be opened.</exception>
    IGpioLines OpenLines(HardwareOptions hardware);

    /// <summary>The camera.</summary>
    /// <exception cref="IOException">There is none of that name.</exception>
    ICamera OpenCamera(HardwareOptions hardware);

    /// <summary>The networks that look at its picture.</summary>
    /// <exception cref="UserErrorException">They cannot be used.</exception>
    FacePipeline OpenPipeline(DoorSettings settings);
}
