using System.Globalization;

namespace DoorAgent.Hardware.Cameras.Linux;

/// <summary>A CSI camera of a Raspberry Pi through its program rpicam-vid, which writes Motion JPEG.</summary>
/// <param name="program">The program, by name or path.</param>
/// <param name="number">Which of the board's cameras, from 0.</param>
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
            ?? throw new CaptureFaultException(CameraFault.Lost, $"{program} is not installed: 'apt-get install rpicam-apps-lite' on a Raspberry Pi, or name it as Hardware:RpicamVid");
        try
        {
            return new RpicamCapture(new ChildProgram(path, [.. Arguments, "--camera", number.ToString(CultureInfo.InvariantCulture)]), Path.GetFileName(program));
        }
        catch (IOException failure)
        {
            throw new CaptureFaultException(CameraFault.Lost, failure.Message, failure);
        }
    }
}

/// <summary>The pictures that a program writes one after the other.</summary>
internal sealed class RpicamCapture(ChildProgram child, string name) : ICapture
{
    private readonly JpegSplitter _splitter = new();
    private readonly byte[] _written = new byte[64 * 1024];
    private int _from;
    private int _to;

    public void Read(Frame frame)
    {
        while (true)
        {
            if (_from == _to)
                (_from, _to) = (0, child.Read(_written));
            if (_to == 0)
                throw new CaptureFaultException(CameraFault.Lost, $"{name} {child.LastSaid()}");
            bool isWhole = _splitter.Take(_written.AsSpan(_from, _to - _from), out int used);
            _from += used;
            if (isWhole && TryDecode(frame))
                return;
        }
    }

    public void Abandon() => child.End();

    public void Dispose() => child.Dispose();

    private bool TryDecode(Frame frame)
    {
        try
        {
            PictureFile.Decode(_splitter.Picture, name, frame);
            return true;
        }
        catch (InvalidDataException)
        {
            // One that is damaged; if all are, the deadline says that there is no picture.
            return false;
        }
    }
}
