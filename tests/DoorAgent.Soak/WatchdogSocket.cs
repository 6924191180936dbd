using System.Diagnostics;
using System.Net.Sockets;
using System.Text;

namespace DoorAgent.Soak;

/// <summary>Receives what the door notifies systemd of (sd_notify(3)), and keeps the times of the watchdog's pings.</summary>
internal sealed class WatchdogSocket : IDisposable
{
    private const int LongestMessage = 4096;

    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
    private readonly List<TimeSpan> _pings = [];
    private readonly Task _receiving;

    /// <param name="path">Path of the socket, for NOTIFY_SOCKET.</param>
    /// <param name="clock">The clock of the soak.</param>
    public WatchdogSocket(string path, Stopwatch clock)
    {
        _socket.Bind(new UnixDomainSocketEndPoint(path));
        _receiving = Task.Run(() => Receive(clock));
    }

    /// <summary>The times of the pings so far.</summary>
    public IReadOnlyList<TimeSpan> Pings
    {
        get
        {
            lock (_pings)
                return [.. _pings];
        }
    }

    public void Dispose()
    {
        _socket.Dispose();
        _receiving.Wait();
    }

    private void Receive(Stopwatch clock)
    {
        byte[] message = new byte[LongestMessage];
        try
        {
            while (true)
            {
                int length = _socket.Receive(message);
                TimeSpan at = clock.Elapsed;
                if (Encoding.UTF8.GetString(message, 0, length).Contains("WATCHDOG=1", StringComparison.Ordinal))
                {
                    lock (_pings)
                        _pings.Add(at);
                }
            }
        }
        catch (Exception end) when (end is SocketException or ObjectDisposedException)
        {
            // The soak has ended.
        }
    }
}
