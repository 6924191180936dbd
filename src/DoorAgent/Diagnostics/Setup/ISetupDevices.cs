using DoorAgent.Encodings;
using DoorAgent.Hardware;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Hardware.Gpio;
using DoorAgent.Hardware.Gpio.Linux;
using DoorAgent.Operating;
using DoorAgent.Running;

namespace DoorAgent.Diagnostics.Setup;

/// <summary>The devices with which setup tries answers.</summary>
internal interface ISetupDevices
{
    TimeProvider Time { get; }

    /// <summary>Lists the GPIO chips of this machine, one line each.</summary>
    IReadOnlyList<string> Chips();

    /// <summary>Returns the lines of a chip; null selects the chip of a known board.</summary>
    /// <exception cref="IOException">There is no such chip.</exception>
    IReadOnlyList<GpioLine> LinesOf(string? chip);

    /// <summary>Lists the devices of this machine that may be readers, one line each.</summary>
    IReadOnlyList<string> Readers();

    /// <summary>Lists the cameras of this machine, one line each.</summary>
    IReadOnlyList<string> Cameras();

    /// <summary>Opens the chip's lines.</summary>
    /// <exception cref="IOException">The chip cannot be opened.</exception>
    IGpioLines OpenLines(HardwareOptions hardware);

    /// <summary>Opens the camera.</summary>
    /// <exception cref="IOException">There is no camera of that name.</exception>
    ICamera OpenCamera(HardwareOptions hardware);

    /// <summary>Opens the door's networks.</summary>
    /// <exception cref="UserErrorException">The networks cannot be used.</exception>
    FacePipeline OpenPipeline(DoorSettings settings);

    /// <summary>Returns how well a door with these settings and the networks of this machine tells people from pictures.</summary>
    /// <exception cref="UserErrorException">A section is not valid.</exception>
    LivenessSummary LivenessOf(DoorSettings settings);
}
