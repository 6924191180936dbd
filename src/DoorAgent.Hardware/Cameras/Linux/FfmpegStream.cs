namespace DoorAgent.Hardware.Cameras.Linux;

/// <summary>A network camera through the program ffmpeg, where OpenCV's library was built without a network.</summary>
internal static class FfmpegStream
{
    private const string Program = "ffmpeg";

    // The address comes through its input, as a play list of one: on the command line everybody could read the password.
    private static readonly string[] Arguments =
    [
        "-nostdin", "-hide_banner", "-loglevel", "error", "-fflags", "nobuffer", "-f", "concat", "-safe", "0",
        "-protocol_whitelist", "pipe,rtsp,rtsps,rtp,srtp,udp,tcp,tls,crypto", "-i", "pipe:0",
        "-an", "-fps_mode", "passthrough", "-f", "mjpeg", "-q:v", "3", "pipe:1",
    ];

    /// <summary>Opens an address.</summary>
    /// <param name="url">With user and password.</param>
    /// <param name="name">The same without them, for messages.</param>
    /// <exception cref="CaptureFaultException">The program is not there.</exception>
    public static ICapture Open(string url, string name)
    {
        string path = ChildProgram.Find(Program)
            ?? throw new CaptureFaultException(CaptureStatus.Lost, $"{name} cannot be read: OpenCV's library has no network here, and ffmpeg is not installed ('apt-get install ffmpeg')");
        try
        {
            return new ProgramCapture(new ChildProgram(path, Arguments, PlayList(url)), name, said => $"{name} {WordsOf(said)}");
        }
        catch (IOException failure)
        {
            throw new CaptureFaultException(CaptureStatus.Lost, failure.Message, failure);
        }
    }

    private static string PlayList(string url) =>
        $"ffconcat version 1.0\nfile '{url.Replace("'", @"'\''", StringComparison.Ordinal)}'\noption rtsp_transport tcp\noption timeout 10000000\n";

    // Its own words repeat the address, password and all.
    private static string WordsOf(string said) =>
        said.Contains("401", StringComparison.Ordinal) ? "refuses: user or password are wrong"
        : said.Contains("404", StringComparison.Ordinal) ? "has nothing at this address"
        : said.Contains("refused", StringComparison.Ordinal) || said.Contains("timed out", StringComparison.Ordinal) ? "does not answer: it is off, or the address is wrong"
        : "sends no more pictures";
}
