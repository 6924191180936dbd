using DoorAgent.Hardware.Linux;
using Microsoft.Win32.SafeHandles;

namespace DoorAgent.Hardware.Cameras.Linux;

/// <summary>A video device of this machine that captures.</summary>
/// <param name="Path">The device node, such as /dev/video0; may change at the next start.</param>
/// <param name="Driver">The driver, such as uvcvideo.</param>
/// <param name="Card">The maker's name for the device.</param>
/// <param name="Identity">The bus address with vendor:product of a USB device, or with the driver of another device.</param>
/// <param name="Formats">The pixel formats that the device delivers, as four-letter codes such as YUYV.</param>
/// <param name="IsMadeByAProgram">Whether a program feeds the device (a loopback device).</param>
internal sealed record VideoDevice(
    string Path, string Driver, string Card, string Identity, IReadOnlyList<string> Formats, bool IsMadeByAProgram)
{
    private const string Loopback = "loopback";
    private const string VirtualDevices = "/sys/devices/virtual/";

    /// <summary>The supported formats, best first.</summary>
    public static readonly IReadOnlyList<string> Usable = ["YUYV", "MJPG"];

    /// <summary>The best supported format that the device delivers; null when there is none.</summary>
    public string? BestFormat => Usable.FirstOrDefault(Formats.Contains);

    /// <summary>Lists the devices of this machine in order of their numbers, without nodes that do not capture.</summary>
    /// <param name="refused">Devices that could not be queried, with the reason.</param>
    public static IReadOnlyList<VideoDevice> All(out IReadOnlyList<string> refused)
    {
        List<VideoDevice> devices = [];
        List<string> failures = [];
        IEnumerable<string> nodes = Directory.GetFiles("/dev", "video*");
        foreach (string path in nodes.OrderBy(path => path.Length).ThenBy(path => path, StringComparer.Ordinal))
        {
            try
            {
                if (new FileInfo(path).LinkTarget is null && Query(path) is { } device)
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

    /// <summary>Queries a device; returns null when the device does not capture.</summary>
    /// <exception cref="IOException">The device cannot be opened or is not a video device; <see cref="Exception.HResult"/> is the
    /// error's number.</exception>
    public static VideoDevice? Query(string path)
    {
        using SafeFileHandle device = Kernel.Open(path);
        V4l2Abi.Capability found = default;
        Kernel.Call(device, V4l2Abi.QueryCapabilities, ref found, path);
        if (TypeOf(found) is not { } type)
            return null;
        (string driver, string bus) = (found.Driver.ToString(), found.BusInfo.ToString());
        string node = NodeOf(path);
        string product = UsbProduct(node) ?? driver.Replace(' ', '-');
        bool isMade = driver.Contains(Loopback, StringComparison.OrdinalIgnoreCase)
            || node.StartsWith(VirtualDevices, StringComparison.Ordinal);
        return new VideoDevice(path, driver, found.Card.ToString(), $"{bus} {product}", FormatsOf(device, type), isMade);
    }

    /// <summary>Whether no other program captures with the device.</summary>
    /// <exception cref="IOException">The device cannot be queried; <see cref="Exception.HResult"/> is the error's number.</exception>
    public bool IsFree()
    {
        using SafeFileHandle device = Kernel.Open(Path);
        try
        {
            // Buffers belong to one program at a time, and closing the handle releases them.
            V4l2Abi.BuffersRequest buffers = new() { Count = 1, Type = V4l2Abi.Capture, Memory = V4l2Abi.MemoryMapped };
            Kernel.Call(device, V4l2Abi.RequestBuffers, ref buffers, Path);
            return true;
        }
        catch (IOException failure)
        {
            return failure.HResult switch
            {
                Kernel.Busy => false,
                // The driver has no such buffers, or uses planes; opening the device will show whether it is free.
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
            // The driver reports an error after the last format.
            return formats;
        }
    }

    private static string FourLetters(uint code) =>
        string.Concat(Enumerable.Range(0, 4).Select(i => (char)((code >> (8 * i)) & 0x7F))).TrimEnd();

    /// <summary>Returns the device's path in /sys; empty when the system does not know it.</summary>
    private static string NodeOf(string path)
    {
        DirectoryInfo node = new($"/sys/class/video4linux/{System.IO.Path.GetFileName(path)}");
        return node.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? "";
    }

    /// <summary>Returns vendor:product of the USB device that a node belongs to, in hexadecimal.</summary>
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
