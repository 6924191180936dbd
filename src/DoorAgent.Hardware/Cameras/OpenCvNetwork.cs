using System.Globalization;
using System.Net;
using System.Net.Sockets;
using OpenCvSharp;

namespace DoorAgent.Hardware.Cameras;

/// <summary>Tests whether OpenCV's native library supports network streams: the OpenCvSharp build for x64 has an FFmpeg without
/// network.</summary>
internal static class OpenCvNetwork
{
    // CAP_PROP_OPEN_TIMEOUT_MSEC, for which OpenCvSharp has no name.
    private static readonly int[] Deadline = [53, 500];

    private static readonly Lazy<bool> Works = new(Try);

    /// <summary>Whether network streams are supported. The first call tests that, which takes half a second where they are.</summary>
    public static bool IsThere => Works.Value;

    /// <summary>Opens an address of a local listener: the library has no query for this, so a connection attempt is the evidence.</summary>
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
            // Opening always fails; the pending connection below is the result.
        }

        return door.Pending();
    }
}
