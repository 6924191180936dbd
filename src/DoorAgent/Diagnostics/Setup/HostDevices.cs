using DoorAgent.Encodings;
using DoorAgent.Hardware;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Hardware.Cameras.Linux;
using DoorAgent.Hardware.Gpio;
using DoorAgent.Hardware.Gpio.Linux;
using DoorAgent.Models;
using DoorAgent.Operating;
using DoorAgent.Running;
using DoorAgent.Storage;

namespace DoorAgent.Diagnostics.Setup;

/// <summary>The devices of this machine.</summary>
internal sealed class HostDevices(Places places) : ISetupDevices
{
    public TimeProvider Time => TimeProvider.System;

    public IReadOnlyList<string> Chips()
    {
        IReadOnlyList<GpioChip> chips = GpioChip.All(out IReadOnlyList<string> refused);
        string[] there = [.. chips.Select(chip => $"{chip.Label} ({chip.Path}, {chip.LineCount} lines)"),
            .. refused.Select(why => $"cannot be queried: {why}")];
        return there.Length > 0 ? there : ["none: this machine has no GPIO chip"];
    }

    public IReadOnlyList<GpioLine> LinesOf(string? chip) => GpioChip.Find(chip).Lines();

    public IReadOnlyList<string> Readers()
    {
        string[] there = [.. Named("/dev/input/by-id", "*-event-kbd"), .. Named("/dev/serial/by-id", "*")];
        return there.Length > 0 ? there : ["none"];
    }

    public IReadOnlyList<string> Cameras()
    {
        IReadOnlyList<VideoDevice> devices = VideoDevice.All(out IReadOnlyList<string> refused);
        string[] there = [.. devices.Select(device => $"{device.Path}: {device.Card}, "
            + $"{device.BestFormat ?? "no format that can be used"}, identity '{device.Identity}'"),
            .. refused.Select(why => $"cannot be queried: {why}")];
        return there.Length > 0 ? there : ["none at /dev/video*"];
    }

    // These names do not change when another device is plugged in first.
    private static IEnumerable<string> Named(string folder, string pattern) =>
        Directory.Exists(folder) ? Directory.EnumerateFileSystemEntries(folder, pattern).Order(StringComparer.Ordinal) : [];

    public IGpioLines OpenLines(HardwareOptions hardware) => new LinuxGpioLines(GpioChip.Find(hardware.Chip));

    public ICamera OpenCamera(HardwareOptions hardware) => CameraFactory.Open(hardware, Time);

    public FacePipeline OpenPipeline(DoorSettings settings) => FacePipelineFactory.Open(places, settings.Faces, settings.Encodings.Encoder);

    public LivenessSummary LivenessOf(DoorSettings settings) => StartCheck.LivenessOf(settings, places);
}
