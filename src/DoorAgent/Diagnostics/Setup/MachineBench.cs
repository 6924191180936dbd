using DoorAgent.Encodings;
using DoorAgent.Faces;
using DoorAgent.Hardware;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Hardware.Gpio;
using DoorAgent.Hardware.Gpio.Linux;
using DoorAgent.Settings;

namespace DoorAgent.Diagnostics.Setup;

/// <summary>The devices of this machine.</summary>
internal sealed class MachineBench(Places places) : ISetupBench
{
    private const string NamesOfCameras = "/sys/class/video4linux";

    public TimeProvider Time => TimeProvider.System;

    public IReadOnlyList<string> Chips()
    {
        IReadOnlyList<GpioChip> chips = GpioChip.All(out IReadOnlyList<string> refused);
        string[] there = [.. chips.Select(chip => $"{chip.Label} ({chip.Path}, {chip.LineCount} lines)"), .. refused.Select(why => $"not to be asked: {why}")];
        return there.Length > 0 ? there : ["none: this machine has no GPIO chip"];
    }

    public IReadOnlyList<GpioLine> LinesOf(string? chip) => GpioChip.Find(chip).Lines();

    public IReadOnlyList<string> Cameras()
    {
        string[] devices = [.. Directory.GetFiles("/dev", "video*").OrderBy(path => path.Length).ThenBy(path => path, StringComparer.Ordinal).Select(Described)];
        return devices.Length > 0 ? devices : ["none: there is no /dev/video*"];
    }

    public IGpioLines OpenLines(HardwareOptions hardware) => new LinuxGpioLines(GpioChip.Find(hardware.Chip));

    public ICamera OpenCamera(HardwareOptions hardware) => CameraFactory.Open(hardware.Camera, Time);

    public FaceReader OpenNetworks(IConfiguration settings) =>
        FaceReader.Open(places, OptionsRegistration.Bind<FaceOptions>(settings), OptionsRegistration.Bind<EncodingOptions>(settings).Encoder);

    private static string Described(string device)
    {
        string name = Path.Combine(NamesOfCameras, Path.GetFileName(device), "name");
        return File.Exists(name) ? $"{device} ({File.ReadAllText(name).Trim()})" : device;
    }
}
