using OpenCvSharp;

namespace DoorAgent.Hardware.Cameras;

/// <summary>A video file as a camera, at the file's own rate, from the beginning again when it is over.</summary>
internal sealed class VideoFileCamera : FileCamera
{
    private const double RateWhereNoneIsStated = 25;

    private readonly string _path;
    private readonly VideoCapture _capture;
    private readonly Mat _picture = new();

    /// <exception cref="IOException">The file is not there, or no video that can be read.</exception>
    public VideoFileCamera(string path, TimeProvider time)
        : this(path, Open(path), time)
    {
    }

    private VideoFileCamera(string path, VideoCapture capture, TimeProvider time)
        : base(capture.Fps is >= 0.1 and <= 120 ? capture.Fps : RateWhereNoneIsStated, time)
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

    private static VideoCapture Open(string path)
    {
        if (!File.Exists(path))
            throw new FileNotFoundException($"There is no video file {path}.");
        VideoCapture capture = new(path);
        if (capture.IsOpened())
            return capture;
        capture.Dispose();
        throw new IOException($"{path} is not a video that can be read; an AVI of Motion JPEG always can, or take a folder of pictures.");
    }
}
