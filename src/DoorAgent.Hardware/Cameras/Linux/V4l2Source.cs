using System.Globalization;
using DoorAgent.Hardware.Linux;
using OpenCvSharp;

namespace DoorAgent.Hardware.Cameras.Linux;

/// <summary>
/// A video device through OpenCV. Before each opening it is asked what it is: so a device that is gone, busy, of no use or
/// another one than pinned is told apart, which OpenCV alone does not.
/// </summary>
/// <param name="path">The device, or a link to it such as in /dev/v4l/by-id.</param>
/// <param name="identity">The only identity that is accepted; null for any.</param>
/// <param name="isReal">Whether a real door hangs on it, which refuses a device that a program feeds.</param>
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
        VideoDevice found = Ask(device);
        string format = found.BestFormat
            ?? throw new CaptureFaultException(CaptureStatus.WrongFormat, $"{path} gives no {string.Join(" or ", VideoDevice.Usable)}, only {string.Join(", ", found.Formats)}");
        if (!IsFree(found))
            throw Busy(device);
        VideoCapture capture = OpenCvCapture.Open(() => Opened(device, format), () => WhyNot(device));
        try
        {
            // As long as it is open, its number cannot become another device's: what it says now is true of what was opened.
            Ask(device);
            if (capture.Get(VideoCaptureProperties.FourCC) != FourCC.FromString(format))
                throw new CaptureFaultException(CaptureStatus.WrongFormat, $"{path} does not give {format} though it says so");
            return new OpenCvCapture(capture, path, () => WhyLost(device), time);
        }
        catch
        {
            capture.Dispose();
            throw;
        }
    }

    /// <summary>Why a device must not be used, in words; null when it may.</summary>
    internal string? WhyRefused(VideoDevice found) =>
        isReal && found.IsMadeByAProgram ? $"is fed by a program ({found.Driver}), and whoever runs that would come in: a real door refuses it"
        : identity is not null && found.Identity != identity ? $"is '{found.Identity}', and Hardware:CameraIdentity names '{identity}': refused"
        : null;

    private static VideoCapture Opened(string device, string format)
    {
        VideoCapture capture = new(int.Parse(device.AsSpan(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture), VideoCaptureAPIs.V4L2);
        capture.Set(VideoCaptureProperties.FourCC, FourCC.FromString(format));
        capture.Set(VideoCaptureProperties.FrameWidth, Width);
        capture.Set(VideoCaptureProperties.FrameHeight, Height);
        return capture;
    }

    private string Resolve()
    {
        string device = TargetOf(path);
        if (!File.Exists(device))
            throw new CaptureFaultException(CaptureStatus.Lost, $"{path} is not there (unplugged?)");
        return device.StartsWith(Prefix, StringComparison.Ordinal) && int.TryParse(device.AsSpan(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out _)
            ? device
            : throw new CaptureFaultException(CaptureStatus.WrongFormat, $"{path} is no video device");
    }

    /// <summary>What a link leads to in the end; the path itself where it is none, or leads nowhere.</summary>
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

    /// <summary>What it is, when it is one that may be used.</summary>
    private VideoDevice Ask(string device)
    {
        try
        {
            VideoDevice found = VideoDevice.Ask(device) ?? throw new CaptureFaultException(CaptureStatus.WrongFormat, $"{path} is no camera: it takes no pictures");
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

    private CaptureFaultException WhyNot(string device) =>
        IsFree(Ask(device)) ? new CaptureFaultException(CaptureStatus.Lost, $"{path} cannot be opened, though it is there and free") : Busy(device);

    private string WhyLost(string device)
    {
        try
        {
            Ask(device);
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
        string who = holders.Any(holder => holder.Id == Environment.ProcessId) ? "is still held by a read of ours that hangs in its driver"
            : holders.Count > 0 ? $"is in use by another program ({string.Join("; ", holders)})"
            : "is in use by another program";
        return new CaptureFaultException(CaptureStatus.Busy, $"{path} {who}");
    }

    private CaptureFaultException Fault(IOException failure) => failure.HResult switch
    {
        Kernel.Busy => new(CaptureStatus.Busy, $"{path} is in use by another program", failure),
        Kernel.PermissionDenied => new(CaptureStatus.Lost, $"{path} may not be opened: this user is not in the group video", failure),
        Kernel.NoSuchCall => new(CaptureStatus.WrongFormat, $"{path} is no video device", failure),
        int error when Gone.Contains(error) => new(CaptureStatus.Lost, $"{path} is gone", failure),
        _ => new(CaptureStatus.Lost, $"{path} cannot be used: {failure.Message}", failure),
    };
}
