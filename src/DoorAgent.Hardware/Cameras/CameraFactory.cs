using System.Globalization;
using DoorAgent.Hardware.Cameras.Linux;

namespace DoorAgent.Hardware.Cameras;

/// <summary>Opens the camera that the configuration names.</summary>
internal static class CameraFactory
{
    private const string Csi = "csi";

    private const string Choices = "the number of a camera (0 is /dev/video0), its path such as /dev/v4l/by-id/..., rtsp://..., csi, "
        + "or on simulated hardware a folder of pictures or a video file";

    /// <summary>Creates the camera for <see cref="HardwareOptions.Camera"/>. A real camera opens in the background: an absent
    /// device reports <see cref="CaptureStatus.Lost"/>.</summary>
    /// <exception cref="IOException">The setting is not one of the choices, or the folder or file cannot be used; the message says what
    /// to do.</exception>
    public static ICamera Open(HardwareOptions options, TimeProvider time)
    {
        ICaptureSource? source = CheckedSource(options, time);
        return TurnedCamera.Of(source is null ? OpenFile(options.Camera!, time) : new CaptureCamera(source, time), options.CameraRotation);
    }

    /// <summary>Explains why a door cannot start with this camera, without opening a device; null when the door can start.</summary>
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

    /// <summary>Makes the error message for a simulated camera on a door with a real relay.</summary>
    public static string SimulatedAtReal(ICamera camera) =>
        $"A real relay refuses a simulated camera ({camera.Description}): anyone with a picture could open the door.";

    /// <summary>Creates the source of a real camera; null for a folder or a file.</summary>
    private static ICaptureSource? CheckedSource(HardwareOptions options, TimeProvider time)
    {
        if (string.IsNullOrWhiteSpace(options.Camera))
            throw new IOException($"Hardware:Camera is not set; valid values: {Choices}.");
        if (!FrameTurning.Degrees.Contains(options.CameraRotation))
        {
            throw new IOException(
                $"Hardware:CameraRotation is {options.CameraRotation}; valid values: {string.Join(", ", FrameTurning.Degrees)}.");
        }

        ICaptureSource? source = SourceOf(options.Camera, options, time);
        return source is null or V4l2Source || options.CameraIdentity is null ? source : throw new IOException(
            $"Hardware:CameraIdentity is set, but a {source.Description} has no identity: only cameras at /dev/video... have one.");
    }

    /// <summary>Whether a camera of that name has an identity that can be pinned: true for devices at /dev/video....</summary>
    public static bool HasIdentity(string? camera) => camera is not null && (IsNumber(camera, out _) || V4l2Source.Is(camera));

    private static bool IsNumber(string what, out int number) =>
        int.TryParse(what, NumberStyles.None, CultureInfo.InvariantCulture, out number);

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
        return what.StartsWith(Csi + ":", StringComparison.Ordinal) && IsNumber(what[(Csi.Length + 1)..], out number)
            ? new RpicamSource(options.RpicamVid, number)
            : null;
    }

    private static FileCamera OpenFile(string what, TimeProvider time)
    {
        // An address with an unsupported scheme may contain a password, so the message quotes only the scheme.
        if (what.Contains("://", StringComparison.Ordinal))
        {
            string scheme = what[..what.IndexOf(':', StringComparison.Ordinal)];
            throw new IOException($"Hardware:Camera is an address with an unsupported scheme ({scheme}); valid values: {Choices}.");
        }

        try
        {
            if (Directory.Exists(what))
                return new FolderCamera(what, time);
            // Opening a pipe can block without end, and a camera device cannot serve as a simulation's file.
            if (File.Exists(what) && !RegularFile.Is(what))
                throw new IOException($"Hardware:Camera is {what}, which is a pipe or a device; valid values: {Choices}.");
            if (File.Exists(what))
                return new VideoFileCamera(what, time);
        }
        catch (UnauthorizedAccessException denied)
        {
            throw new IOException($"Hardware:Camera {what} cannot be read: {denied.Message}", denied);
        }

        throw new IOException($"Hardware:Camera is {what}, which does not exist as a folder or file; valid values: {Choices}.");
    }
}
