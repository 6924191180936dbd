using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using OpenCvSharp;

namespace DoorAgent.Hardware.Tests.Cameras;

/// <summary>
/// A network camera of one grey picture, 64 x 48: RTSP over TCP (RFC 2326), Motion JPEG in it (RFC 2435). Serves one client, which must
/// send the password.
/// </summary>
internal sealed class SmallRtspServer : IDisposable
{
    private const int Quality = 90;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly string _password;
    private readonly byte[] _scan;
    private readonly Thread _thread;
    private volatile bool _isOver;
    private volatile TcpClient? _guest;

    public SmallRtspServer(string password, byte grey)
    {
        (_password, _scan) = (Convert.ToBase64String(Encoding.ASCII.GetBytes(password)), ScanOf(grey));
        _listener.Start();
        Host = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
        _thread = new Thread(Serve) { IsBackground = true };
        _thread.Start();
    }

    public string Host { get; }

    /// <summary>Unplugs the camera.</summary>
    public void Dispose()
    {
        _isOver = true;
        _listener.Stop();
        // Ends a write that waits for a client that does not read.
        _guest?.Close();
        _thread.Join();
    }

    private void Serve()
    {
        try
        {
            while (!_isOver)
            {
                using TcpClient guest = _listener.AcceptTcpClient();
                _guest = guest;
                using StreamReader asked = new(guest.GetStream(), Encoding.ASCII);
                Talk(asked, guest.GetStream());
            }
        }
        catch (Exception over) when (over is IOException or SocketException or ObjectDisposedException)
        {
            // The client disconnected, or the test is over.
        }
    }

    private void Talk(StreamReader asked, NetworkStream answer)
    {
        for (List<string> request = Request(asked); request.Count > 0; request = Request(asked))
        {
            string sequence = request.First(line => line.StartsWith("CSeq", StringComparison.OrdinalIgnoreCase));
            string verb = request[0].Split(' ')[0];
            if (verb == "DESCRIBE" && !request.Any(line => line.EndsWith(_password, StringComparison.Ordinal)))
            {
                Say(answer, $"401 Unauthorized\r\n{sequence}\r\nWWW-Authenticate: Basic realm=\"camera\"\r\n\r\n");
                continue;
            }

            const string description =
                "v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\ns=camera\r\nt=0 0\r\nm=video 0 RTP/AVP 26\r\na=control:track\r\na=framerate:10\r\n";
            Say(answer, verb switch
            {
                "OPTIONS" => $"200 OK\r\n{sequence}\r\nPublic: OPTIONS, DESCRIBE, SETUP, PLAY, TEARDOWN\r\n\r\n",
                "DESCRIBE" =>
                    $"200 OK\r\n{sequence}\r\nContent-Type: application/sdp\r\nContent-Length: {description.Length}\r\n\r\n{description}",
                "SETUP" => $"200 OK\r\n{sequence}\r\nTransport: RTP/AVP/TCP;unicast;interleaved=0-1\r\nSession: 1\r\n\r\n",
                _ => $"200 OK\r\n{sequence}\r\nSession: 1\r\n\r\n",
            });
            if (verb == "PLAY")
            {
                Play(answer);
                return;
            }
        }
    }

    private void Play(NetworkStream answer)
    {
        for (ushort number = 0; !_isOver; number++)
        {
            byte[] packet = [(byte)'$', 0, 0, 0, 0x80, 0x80 | 26, 0, 0, 0, 0, 0,
                0, 0, 0, 0, 1, 0, 0, 0, 0, 1, Quality, 64 / 8, 48 / 8, .. _scan];
            BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), (ushort)(packet.Length - 4));
            BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(6), number);
            BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(8), number * 9000u);
            // The connection limits the rate; no clock is involved.
            answer.Write(packet);
        }
    }

    private static List<string> Request(StreamReader asked)
    {
        List<string> lines = [];
        while (asked.ReadLine() is { Length: > 0 } line)
            lines.Add(line);
        return lines;
    }

    private static void Say(NetworkStream answer, string words) => answer.Write(Encoding.ASCII.GetBytes($"RTSP/1.0 {words}"));

    /// <summary>The scan of a picture with the default tables of RFC 2435, which OpenCV uses too.</summary>
    private static byte[] ScanOf(byte grey)
    {
        using Mat picture = new(48, 64, MatType.CV_8UC3, Scalar.All(grey));
        Assert.True(Cv2.ImEncode(".jpg", picture, out byte[] jpeg, [(int)ImwriteFlags.JpegQuality, Quality]));
        int at = 2;
        while (jpeg[at + 1] != 0xDA)
            at += 2 + ((jpeg[at + 2] << 8) | jpeg[at + 3]);
        return jpeg[(at + 2 + ((jpeg[at + 2] << 8) | jpeg[at + 3]))..^2];
    }
}
