using OpenCvSharp;

namespace DoorAgent.Hardware.Cameras;

/// <summary>A network camera, through OpenCV; through the program ffmpeg where OpenCV's library has no network.</summary>
internal sealed class RtspSource : ICaptureSource
{
    // CAP_PROP_OPEN_TIMEOUT_MSEC and CAP_PROP_READ_TIMEOUT_MSEC: OpenCvSharp has no names for them.
    private static readonly int[] Deadlines = [53, 10_000, 54, 10_000];

    private readonly string _url;
    private readonly TimeProvider _time;

    /// <param name="url">rtsp:// or rtsps://, with user and password where the camera wants them.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="IOException">It is no address; the message does not repeat it.</exception>
    public RtspSource(string url, TimeProvider time)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out Uri? address) || address.Host.Length == 0 || url.Any(char.IsControl))
            throw new IOException("Hardware:Camera is not an address that can be read; it is written rtsp://user:password@host:554/path.");
        // User and password stand before the host, and with some makes in the path: of all that only the host is told.
        _time = time;
        (_url, Description) = (url, $"network camera {address.Scheme}://{address.Host}{(address.IsDefaultPort || address.Port < 0 ? "" : $":{address.Port}")}");
    }

    public string Description { get; }

    /// <summary>Whether this is a network camera's address.</summary>
    public static bool Is(string what) =>
        what.StartsWith("rtsp://", StringComparison.OrdinalIgnoreCase) || what.StartsWith("rtsps://", StringComparison.OrdinalIgnoreCase);

    public ICapture Open()
    {
        if (!OpenCvNetwork.IsThere)
            return Linux.FfmpegStream.Open(_url, Description);
        VideoCapture capture = OpenCvCapture.Open(
            () => new VideoCapture(_url, VideoCaptureAPIs.FFMPEG, Deadlines),
            () => new CaptureFaultException(CaptureStatus.Lost, $"{Description} cannot be opened: it is off, or address, user or password are wrong"));
        return new OpenCvCapture(capture, Description, () => $"{Description} sends no more pictures", _time);
    }
}
