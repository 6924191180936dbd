using OpenCvSharp;

namespace DoorAgent.Hardware.Cameras;

/// <summary>Plays a video file at its own frame rate, in a loop.</summary>
internal sealed class VideoFileCamera : FileCamera
{
    private const double DefaultRate = 25;

    private readonly string _path;
    private readonly VideoCapture _capture;
    private readonly Mat _picture = new();

    /// <exception cref="IOException">The file does not exist or is not a readable video.</exception>
    public VideoFileCamera(string path, TimeProvider time)
        : this(path, Open(path), time)
    {
    }

    private VideoFileCamera(string path, VideoCapture capture, TimeProvider time)
        : base(capture.Fps is >= 0.1 and <= 120 ? capture.Fps : DefaultRate, time)
    {
        (_path, _capture) = (path, capture);
    }

    public override string Description => $"video file {_path}";

    protected override CaptureStatus Fill(Frame frame)
    {
        if (!_capture.Read(_picture) && !(_capture.Open(_path) && _capture.Read(_picture)))
            return CaptureStatus.Lost;
        if (!MatFrame.CanCopy(_picture))
            return CaptureStatus.WrongFormat;
        MatFrame.Copy(_picture, frame);
        return CaptureStatus.Captured;
    }

    protected override void Close()
    {
        _capture.Dispose();
        _picture.Dispose();
    }

    /// <summary>Opens a video file.</summary>
    /// <exception cref="IOException">The file does not exist or is not a readable video.</exception>
    internal static VideoCapture Open(string path)
    {
        if (!File.Exists(path))
            throw new FileNotFoundException($"The video file {path} does not exist.");
        VideoCapture capture = new(path);
        if (capture.IsOpened())
            return capture;
        capture.Dispose();
        throw new IOException($"{path} is not a readable video; use an AVI with Motion JPEG, or a folder of pictures.");
    }
}
