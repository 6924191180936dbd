using System.Globalization;
using System.Net;
using System.Net.Sockets;
using OpenCvSharp;

namespace DoorAgent.Hardware.Cameras;

/// <summary>Whether OpenCV's native library can reach a network: that of OpenCvSharp for x64 has an FFmpeg without one.</summary>
internal static class OpenCvNetwork
{
    // CAP_PROP_OPEN_TIMEOUT_MSEC: OpenCvSharp has no name for it.
    private static readonly int[] Deadline = [53, 500];

    private static readonly Lazy<bool> Works = new(Try);

    /// <summary>Tried once: half a second where it does.</summary>
    public static bool IsThere => Works.Value;

    /// <summary>The library does not say so of itself; whether it knocks at a door of ours tells.</summary>
    private static bool Try()
    {
        using TcpListener door = new(IPAddress.Loopback, 0);
        door.Start();
        string url = string.Create(CultureInfo.InvariantCulture, $"rtsp://127.0.0.1:{((IPEndPoint)door.LocalEndpoint).Port}/");
        Cv2.SetLogLevel(LogLevel.SILENT);
        try
        {
            using VideoCapture capture = new(url, VideoCaptureAPIs.FFMPEG, Deadline);
        }
        catch (OpenCVException)
        {
            // It knocked or it did not.
        }

        return door.Pending();
    }
}
