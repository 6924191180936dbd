using System.Globalization;
using DoorAgent.Hardware.Cameras.Linux;

namespace DoorAgent.Hardware.Cameras;

/// <summary>Opens what the configuration calls a camera.</summary>
internal static class CameraFactory
{
    private const string Csi = "csi";

    private const string Choices = "the number of a camera (0 is /dev/video0), its path such as /dev/v4l/by-id/..., rtsp://..., csi, "
        + "or on simulated hardware a folder of pictures or a video file";

    /// <summary>A camera for <see cref="HardwareOptions.Camera"/>. A real one opens in the background: one that is not there is
    /// a camera that is lost.</summary>
    /// <exception cref="IOException">It is none of the choices, or the folder or file cannot be used; the message says what to do.</exception>
    public static ICamera Open(HardwareOptions options, TimeProvider time)
    {
        ICaptureSource? source = CheckedSource(options, time);
        return TurnedCamera.Of(source is null ? OpenFile(options.Camera!, time) : new CaptureCamera(source, time), options.CameraRotation);
    }

    /// <summary>Why no door starts with such a camera, told without opening a device; null where one does.</summary>
    public static string? Refusal(HardwareOptions options, TimeProvider time)
    {
        try
        {
            if (CheckedSource(options, time) is not null)
                return null;
            using FileCamera camera = OpenFile(options.Camera!, time);
            return options.Kind == HardwareOptions.RealLines ? SimulatedAtReal(camera) : null;
        }
        catch (Exception refused) when (refused is IOException or InvalidDataException)
        {
            return refused.Message;
        }
    }

    /// <summary>What to say where a real relay would obey a picture.</summary>
    public static string SimulatedAtReal(ICamera camera) =>
        $"A real relay refuses a simulated camera ({camera.Description}): whoever has a picture would come in.";

    /// <summary>The source of a real camera; null for a folder or a file.</summary>
    private static ICaptureSource? CheckedSource(HardwareOptions options, TimeProvider time)
    {
        if (string.IsNullOrWhiteSpace(options.Camera))
            throw new IOException($"Hardware:Camera is not set; it is {Choices}.");
        if (!FrameTurning.Degrees.Contains(options.CameraRotation))
            throw new IOException($"Hardware:CameraRotation is {options.CameraRotation}; it is one of {string.Join(", ", FrameTurning.Degrees)}.");
        ICaptureSource? source = SourceOf(options.Camera, options, time);
        return source is null or V4l2Source || options.CameraIdentity is null ? source
            : throw new IOException($"Hardware:CameraIdentity is set, and a {source.Description} has none that could be checked: it is for cameras at /dev/video....");
    }

    /// <summary>Whether a camera of that name has an identity that can be pinned: one at /dev/video....</summary>
    public static bool HasIdentity(string? camera) => camera is not null && (IsNumber(camera, out _) || V4l2Source.Is(camera));

    private static bool IsNumber(string what, out int number) => int.TryParse(what, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    private static ICaptureSource? SourceOf(string what, HardwareOptions options, TimeProvider time)
    {
        bool isReal = options.Kind == HardwareOptions.RealLines;
        if (IsNumber(what, out int number))
            return new V4l2Source(string.Create(CultureInfo.InvariantCulture, $"/dev/video{number}"), options.CameraIdentity, isReal, time);
        if (V4l2Source.Is(what))
            return new V4l2Source(what, options.CameraIdentity, isReal, time);
        if (RtspSource.Is(what))
            return new RtspSource(what, time);
        if (what == Csi)
            return new RpicamSource(options.RpicamVid, 0);
        return what.StartsWith(Csi + ":", StringComparison.Ordinal) && int.TryParse(what.AsSpan(Csi.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out number)
            ? new RpicamSource(options.RpicamVid, number)
            : null;
    }

    private static FileCamera OpenFile(string what, TimeProvider time)
    {
        // An address of a kind we do not read may hold a password.
        if (what.Contains("://", StringComparison.Ordinal))
            throw new IOException($"Hardware:Camera is an address of a kind that is not read ({what[..what.IndexOf(':', StringComparison.Ordinal)]}); it is {Choices}.");
        try
        {
            if (Directory.Exists(what))
                return new FolderCamera(what, time);
            // Opening a pipe waits for ever, and a webcam's device is no file of a simulation.
            if (File.Exists(what) && !RegularFile.Is(what))
                throw new IOException($"Hardware:Camera is {what}, which is a pipe or a device; it is {Choices}.");
            if (File.Exists(what))
                return new VideoFileCamera(what, time);
        }
        catch (UnauthorizedAccessException denied)
        {
            throw new IOException($"Hardware:Camera {what} may not be read: {denied.Message}", denied);
        }

        throw new IOException($"Hardware:Camera is {what}, and there is no such folder or file; it is {Choices}.");
    }
}
