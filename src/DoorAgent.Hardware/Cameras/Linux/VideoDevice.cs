using DoorAgent.Hardware.Linux;
using Microsoft.Win32.SafeHandles;

namespace DoorAgent.Hardware.Cameras.Linux;

/// <summary>A video device of this machine that captures.</summary>
/// <param name="Path">Its device, such as /dev/video0: may be another one after the next start.</param>
/// <param name="Driver">Its driver, such as uvcvideo.</param>
/// <param name="Card">Its name, as its maker calls it.</param>
/// <param name="Identity">Where it is plugged in and what it is: bus, and vendor:product of a USB device, else the driver.</param>
/// <param name="Formats">The pixel formats it gives, by their four letters, such as YUYV.</param>
/// <param name="IsMadeByAProgram">Whether a program feeds it (a loopback device) and no lens.</param>
internal sealed record VideoDevice(string Path, string Driver, string Card, string Identity, IReadOnlyList<string> Formats, bool IsMadeByAProgram)
{
    private const string Loopback = "loopback";
    private const string VirtualDevices = "/sys/devices/virtual/";

    /// <summary>Formats that we read, best first.</summary>
    public static readonly IReadOnlyList<string> Usable = ["YUYV", "MJPG"];

    /// <summary>The best format that it gives and we read; null when there is none.</summary>
    public string? BestFormat => Usable.FirstOrDefault(Formats.Contains);

    /// <summary>The devices of this machine, by their numbers. Nodes that do not capture are left out.</summary>
    /// <param name="refused">Devices that could not be asked, with the reason.</param>
    public static IReadOnlyList<VideoDevice> All(out IReadOnlyList<string> refused)
    {
        List<VideoDevice> devices = [];
        List<string> failures = [];
        foreach (string path in Directory.GetFiles("/dev", "video*").OrderBy(path => path.Length).ThenBy(path => path, StringComparer.Ordinal))
        {
            try
            {
                if (new FileInfo(path).LinkTarget is null && Ask(path) is { } device)
                    devices.Add(device);
            }
            catch (IOException failure)
            {
                failures.Add(failure.Message);
            }
        }

        refused = failures;
        return devices;
    }

    /// <summary>What a device is; null when it does not capture.</summary>
    /// <exception cref="IOException">It cannot be opened, or is no video device; <see cref="Exception.HResult"/> is the error's number.</exception>
    public static VideoDevice? Ask(string path)
    {
        using SafeFileHandle device = Kernel.Open(path);
        V4l2Abi.Capability found = default;
        Kernel.Call(device, V4l2Abi.QueryCapabilities, ref found, path);
        if (TypeOf(found) is not { } type)
            return null;
        (string driver, string bus) = (found.Driver.ToString(), found.BusInfo.ToString());
        string node = NodeOf(path);
        string product = UsbProduct(node) ?? driver.Replace(' ', '-');
        bool isMade = driver.Contains(Loopback, StringComparison.OrdinalIgnoreCase) || node.StartsWith(VirtualDevices, StringComparison.Ordinal);
        return new VideoDevice(path, driver, found.Card.ToString(), $"{bus} {product}", FormatsOf(device, type), isMade);
    }

    /// <summary>Whether nobody else takes pictures with it.</summary>
    /// <exception cref="IOException">It cannot be asked; <see cref="Exception.HResult"/> is the error's number.</exception>
    public bool IsFree()
    {
        using SafeFileHandle device = Kernel.Open(Path);
        try
        {
            // Buffers belong to one program at a time. They are given back with the handle.
            V4l2Abi.BuffersRequest buffers = new() { Count = 1, Type = V4l2Abi.Capture, Memory = V4l2Abi.MemoryMapped };
            Kernel.Call(device, V4l2Abi.RequestBuffers, ref buffers, Path);
            return true;
        }
        catch (IOException failure)
        {
            return failure.HResult switch
            {
                Kernel.Busy => false,
                // A driver without such buffers, or of planes: whoever opens it will see.
                Kernel.InvalidArgument => true,
                _ => throw new IOException(failure.Message, failure.HResult),
            };
        }
    }

    private static uint? TypeOf(V4l2Abi.Capability found)
    {
        uint can = (found.Capabilities & V4l2Abi.HasOwnCapabilities) != 0 ? found.DeviceCapabilities : found.Capabilities;
        return (can & V4l2Abi.CanCapture) != 0 ? V4l2Abi.Capture : (can & V4l2Abi.CanCapturePlanes) != 0 ? V4l2Abi.CapturePlanes : null;
    }

    private static List<string> FormatsOf(SafeFileHandle device, uint type)
    {
        List<string> formats = [];
        try
        {
            for (uint i = 0; ; i++)
            {
                V4l2Abi.FormatDescription format = new() { Index = i, Type = type };
                Kernel.Call(device, V4l2Abi.NextFormat, ref format, "format");
                formats.Add(FourLetters(format.PixelFormat));
            }
        }
        catch (IOException)
        {
            // After the last one.
            return formats;
        }
    }

    private static string FourLetters(uint code) =>
        string.Concat(Enumerable.Range(0, 4).Select(i => (char)((code >> (8 * i)) & 0x7F))).TrimEnd();

    /// <summary>The device's place in the tree of all devices; empty where the system does not tell.</summary>
    private static string NodeOf(string path)
    {
        FileSystemInfo? target = new DirectoryInfo($"/sys/class/video4linux/{System.IO.Path.GetFileName(path)}").ResolveLinkTarget(returnFinalTarget: true);
        return target?.FullName ?? "";
    }

    /// <summary>vendor:product of the USB device that a node belongs to, in hexadecimal.</summary>
    private static string? UsbProduct(string node)
    {
        for (string? at = node; !string.IsNullOrEmpty(at) && at != "/"; at = System.IO.Path.GetDirectoryName(at))
        {
            string vendor = System.IO.Path.Combine(at, "idVendor"), product = System.IO.Path.Combine(at, "idProduct");
            if (File.Exists(vendor) && File.Exists(product))
                return $"{File.ReadAllText(vendor).Trim()}:{File.ReadAllText(product).Trim()}";
        }

        return null;
    }
}
