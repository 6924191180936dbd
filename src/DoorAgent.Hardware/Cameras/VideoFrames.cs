using OpenCvSharp;

namespace DoorAgent.Hardware.Cameras;

/// <summary>Reads the frames of a video file once, in order, without waiting. Not thread-safe.</summary>
internal sealed class VideoFrames : IDisposable
{
    private const double DefaultRate = 25, LeastRate = 0.1, MostRate = 120;

    private readonly string _path;
    private readonly VideoCapture _capture;
    private readonly Mat _picture = new();

    /// <exception cref="IOException">The file does not exist or is not a readable video.</exception>
    public VideoFrames(string path)
    {
        (_path, _capture) = (path, VideoFileCamera.Open(path));
        Interval = TimeSpan.FromSeconds(1 / (_capture.Fps is >= LeastRate and <= MostRate ? _capture.Fps : DefaultRate));
    }

    /// <summary>Time from one frame to the next.</summary>
    public TimeSpan Interval { get; }

    /// <summary>Reads the next frame.</summary>
    /// <returns>False at the end of the video.</returns>
    /// <exception cref="InvalidDataException">The frame has an unusable size or format.</exception>
    public bool Read(Frame frame)
    {
        if (!_capture.Read(_picture))
            return false;
        if (!MatFrame.CanCopy(_picture))
            throw new InvalidDataException($"{_path}: a frame of the video is not a picture of three colours.");
        MatFrame.Copy(_picture, frame);
        return true;
    }

    public void Dispose()
    {
        _capture.Dispose();
        _picture.Dispose();
    }
}
