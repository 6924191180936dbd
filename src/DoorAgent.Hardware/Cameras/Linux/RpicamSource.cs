using System.Globalization;

namespace DoorAgent.Hardware.Cameras.Linux;

/// <summary>Reads a CSI camera of a Raspberry Pi with the program rpicam-vid, which writes Motion JPEG.</summary>
/// <param name="program">The program, by name or path.</param>
/// <param name="number">The number of the board's camera, from 0.</param>
internal sealed class RpicamSource(string program, int number) : ICaptureSource
{
    private static readonly string[] Arguments =
    [
        "-t", "0", "--codec", "mjpeg", "--width", "640", "--height", "480", "--framerate", "15", "--nopreview", "--flush", "-o", "-",
    ];

    public string Description => string.Create(CultureInfo.InvariantCulture, $"CSI camera {number}");

    public ICapture Open()
    {
        string path = ChildProgram.Find(program)
            ?? throw new CaptureFaultException(CaptureStatus.Lost,
                $"{program} is not installed: 'apt-get install rpicam-apps-lite' on a Raspberry Pi, or set Hardware:RpicamVid");
        try
        {
            ChildProgram child = new(path, [.. Arguments, "--camera", number.ToString(CultureInfo.InvariantCulture)]);
            return new ProgramCapture(child, Description, end => $"{Path.GetFileName(program)} {end}");
        }
        catch (IOException failure)
        {
            throw new CaptureFaultException(CaptureStatus.Lost, failure.Message, failure);
        }
    }
}
