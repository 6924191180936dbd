using System.Globalization;

namespace DoorAgent.Hardware.Cameras;

/// <summary>Opens what the configuration calls a camera.</summary>
internal static class CameraFactory
{
    private const string Choices = "a folder of pictures, a video file, or the number of a webcam (0 is the first)";

    /// <summary>A camera for <see cref="HardwareOptions.Camera"/>: a number is a webcam, else a folder or a video file. A webcam
    /// opens in the background: one that is not there is a camera that is lost.</summary>
    /// <exception cref="IOException">It is none of these, or the folder or file cannot be used; the message says what to do.</exception>
    public static ICamera Open(string? what, TimeProvider time)
    {
        if (string.IsNullOrWhiteSpace(what))
            throw new IOException($"Hardware:Camera is not set; it is {Choices}.");
        if (int.TryParse(what, NumberStyles.None, CultureInfo.InvariantCulture, out int number))
            return new WebcamCamera(number, time);
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
