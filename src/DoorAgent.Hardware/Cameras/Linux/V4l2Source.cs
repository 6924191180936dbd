using System.Globalization;
using DoorAgent.Hardware.Linux;
using OpenCvSharp;

namespace DoorAgent.Hardware.Cameras.Linux;

/// <summary>
/// Opens a video device with OpenCV. Before each opening the device is queried, which distinguishes a device that is gone, busy,
/// unusable or different from the pinned one; OpenCV alone does not.
/// </summary>
/// <param name="path">The device, or a link to it such as in /dev/v4l/by-id.</param>
/// <param name="identity">The only accepted identity; null accepts any.</param>
/// <param name="isReal">Whether the camera serves a real door, which refuses a device that a program feeds.</param>
/// <param name="time">The clock.</param>
internal sealed class V4l2Source(string path, string? identity, bool isReal, TimeProvider time) : ICaptureSource
{
    private const int Width = 640, Height = 480;

    private const string Prefix = "/dev/video";

    private static readonly int[] Gone = [Kernel.NotThere, Kernel.NoSuchDevice, Kernel.NoSuchAddress];

    /// <summary>Whether a path is a video device, or may become one when it is plugged in.</summary>
    public static bool Is(string path) => path.StartsWith("/dev/", StringComparison.Ordinal)
        && (!Path.Exists(path) || TargetOf(path).StartsWith(Prefix, StringComparison.Ordinal));

    public string Description => $"camera {path}";

    public ICapture Open()
    {
        string device = Resolve();
        VideoDevice found = Query(device);
        string format = found.BestFormat
            ?? throw new CaptureFaultException(CaptureStatus.WrongFormat,
                $"{path} supports only {string.Join(", ", found.Formats)}, and {string.Join(" or ", VideoDevice.Usable)} is needed");
        if (!IsFree(found))
            throw Busy(device);
        VideoCapture capture = OpenCvCapture.Open(() => Opened(device, format), () => WhyNot(device));
        try
        {
            // While the device is open, its number cannot be assigned to another device: this query is about the opened one.
            Query(device);
            if (capture.Get(VideoCaptureProperties.FourCC) != FourCC.FromString(format))
                throw new CaptureFaultException(CaptureStatus.WrongFormat, $"{path} lists the format {format} but does not deliver it");
            return new OpenCvCapture(capture, path, () => WhyLost(device), time);
        }
        catch
        {
            capture.Dispose();
            throw;
        }
    }

    /// <summary>Explains why a device must not be used; null when the device is acceptable.</summary>
    internal string? WhyRefused(VideoDevice found) =>
        isReal && found.IsMadeByAProgram
            ? $"is fed by a program ({found.Driver}), and anyone who runs that program could open the door: refused"
        : identity is not null && found.Identity != identity
            ? $"is '{found.Identity}', and Hardware:CameraIdentity names '{identity}': refused"
        : null;

    private static VideoCapture Opened(string device, string format)
    {
        int number = int.Parse(device.AsSpan(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture);
        VideoCapture capture = new(number, VideoCaptureAPIs.V4L2);
        capture.Set(VideoCaptureProperties.FourCC, FourCC.FromString(format));
        capture.Set(VideoCaptureProperties.FrameWidth, Width);
        capture.Set(VideoCaptureProperties.FrameHeight, Height);
        return capture;
    }

    private string Resolve()
    {
        string device = TargetOf(path);
        if (!File.Exists(device))
            throw new CaptureFaultException(CaptureStatus.Lost, $"{path} does not exist (unplugged?)");
        return device.StartsWith(Prefix, StringComparison.Ordinal)
            && int.TryParse(device.AsSpan(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out _)
            ? device
            : throw new CaptureFaultException(CaptureStatus.WrongFormat, $"{path} is not a video device");
    }

    /// <summary>Returns the final target of a link; the path itself when it is not a link or the target does not exist.</summary>
    private static string TargetOf(string path)
    {
        try
        {
            return new FileInfo(path).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? path;
        }
        catch (IOException)
        {
            return path;
        }
    }

    /// <summary>Queries a device and checks that it may be used.</summary>
    private VideoDevice Query(string device)
    {
        try
        {
            VideoDevice found = VideoDevice.Query(device)
                ?? throw new CaptureFaultException(CaptureStatus.WrongFormat,
                    $"{path} is not a camera: the device does not capture pictures");
            return WhyRefused(found) is { } why ? throw new CaptureFaultException(CaptureStatus.Refused, $"{path} {why}") : found;
        }
        catch (IOException failure)
        {
            throw Fault(failure);
        }
    }

    private bool IsFree(VideoDevice device)
    {
        try
        {
            return device.IsFree();
        }
        catch (IOException failure)
        {
            throw Fault(failure);
        }
    }

    private CaptureFaultException WhyNot(string device) => IsFree(Query(device))
        ? new CaptureFaultException(CaptureStatus.Lost, $"{path} cannot be opened, although the device exists and is free")
        : Busy(device);

    private string WhyLost(string device)
    {
        try
        {
            Query(device);
            return $"{path} sends no more pictures";
        }
        catch (CaptureFaultException gone)
        {
            return gone.Message;
        }
    }

    private CaptureFaultException Busy(string device)
    {
        IReadOnlyList<DeviceHolder> holders = DeviceHolder.Of(device);
        string who = holders.Any(holder => holder.Id == Environment.ProcessId)
            ? "is still held by an earlier read of this process that hangs in the driver"
            : holders.Count > 0 ? $"is in use by another program ({string.Join("; ", holders)})"
            : "is in use by another program";
        return new CaptureFaultException(CaptureStatus.Busy, $"{path} {who}");
    }

    private CaptureFaultException Fault(IOException failure) => failure.HResult switch
    {
        Kernel.Busy => new(CaptureStatus.Busy, $"{path} is in use by another program", failure),
        Kernel.PermissionDenied => new(CaptureStatus.Lost, $"{path} cannot be opened: this user is not in the group video", failure),
        Kernel.NoSuchCall => new(CaptureStatus.WrongFormat, $"{path} is not a video device", failure),
        int error when Gone.Contains(error) => new(CaptureStatus.Lost, $"{path} is gone", failure),
        _ => new(CaptureStatus.Lost, $"{path} cannot be used: {failure.Message}", failure),
    };
}
