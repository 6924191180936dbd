namespace DoorAgent.Hardware.Cameras.Linux;

/// <summary>Reads a network camera with the program ffmpeg, where OpenCV's library has no network support.</summary>
internal static class FfmpegStream
{
    private const string Program = "ffmpeg";

    // The address is passed as a playlist on standard input: on the command line every user could read the password.
    private static readonly string[] Arguments =
    [
        "-nostdin", "-hide_banner", "-loglevel", "error", "-fflags", "nobuffer", "-f", "concat", "-safe", "0",
        "-protocol_whitelist", "pipe,rtsp,rtsps,rtp,srtp,udp,tcp,tls,crypto", "-i", "pipe:0",
        "-an", "-fps_mode", "passthrough", "-f", "mjpeg", "-q:v", "3", "pipe:1",
    ];

    /// <summary>Starts ffmpeg for an address.</summary>
    /// <param name="url">The address with user and password.</param>
    /// <param name="name">The address without them, for messages.</param>
    /// <exception cref="CaptureFaultException">ffmpeg is not installed or cannot be started.</exception>
    public static ICapture Open(string url, string name)
    {
        string path = ChildProgram.Find(Program)
            ?? throw new CaptureFaultException(CaptureStatus.Lost,
                $"{name} cannot be read: OpenCV's library has no network here, and ffmpeg is not installed ('apt-get install ffmpeg')");
        try
        {
            return new ProgramCapture(new ChildProgram(path, Arguments, PlayList(url)), name, end => $"{name} {ReasonOf(end)}");
        }
        catch (IOException failure)
        {
            throw new CaptureFaultException(CaptureStatus.Lost, failure.Message, failure);
        }
    }

    private static string PlayList(string url) => $"ffconcat version 1.0\nfile '{url.Replace("'", @"'\''", StringComparison.Ordinal)}'\n"
        + "option rtsp_transport tcp\noption timeout 10000000\n";

    // ffmpeg's own messages contain the address with the password.
    private static string ReasonOf(string end) =>
        end.Contains("401", StringComparison.Ordinal) ? "refuses: user or password are wrong"
        : end.Contains("404", StringComparison.Ordinal) ? "has nothing at this address"
        : end.Contains("refused", StringComparison.Ordinal) || end.Contains("timed out", StringComparison.Ordinal)
            ? "does not answer: the camera is off, or the address is wrong"
        : "sends no more pictures";
}
