using OpenCvSharp;

namespace DoorAgent.Hardware.Cameras;

/// <summary>Opens a network camera with OpenCV, or with the program ffmpeg where OpenCV's library has no network support.</summary>
internal sealed class RtspSource : ICaptureSource
{
    // CAP_PROP_OPEN_TIMEOUT_MSEC and CAP_PROP_READ_TIMEOUT_MSEC: OpenCvSharp has no names for these.
    private static readonly int[] Deadlines = [53, 10_000, 54, 10_000];

    private readonly string _url;
    private readonly TimeProvider _time;

    /// <param name="url">rtsp:// or rtsps://, with user and password where the camera requires them.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="IOException">The URL is invalid; the message does not repeat the URL.</exception>
    public RtspSource(string url, TimeProvider time)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out Uri? address) || address.Host.Length == 0 || url.Any(char.IsControl))
            throw new IOException("Hardware:Camera is not a valid address; the form is rtsp://user:password@host:554/path.");
        // Some makes have user and password in the path, others before the host: the description contains only the host.
        _time = time;
        string port = address.IsDefaultPort || address.Port < 0 ? "" : $":{address.Port}";
        (_url, Description) = (url, $"network camera {address.Scheme}://{address.Host}{port}");
    }

    public string Description { get; }

    /// <summary>Whether a text is the address of a network camera.</summary>
    public static bool Is(string what) =>
        what.StartsWith("rtsp://", StringComparison.OrdinalIgnoreCase) || what.StartsWith("rtsps://", StringComparison.OrdinalIgnoreCase);

    public ICapture Open()
    {
        if (!OpenCvNetwork.IsThere)
            return Linux.FfmpegStream.Open(_url, Description);
        VideoCapture capture = OpenCvCapture.Open(
            () => new VideoCapture(_url, VideoCaptureAPIs.FFMPEG, Deadlines),
            () => new CaptureFaultException(CaptureStatus.Lost,
                $"{Description} cannot be opened: the camera is off, or address, user or password are wrong"));
        return new OpenCvCapture(capture, Description, () => $"{Description} sends no more pictures", _time);
    }
}
