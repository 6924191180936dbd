using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;

namespace DoorAgent.Tests.Support;

/// <summary>A bad network: a TCP proxy on the loopback interface that delays, limits, holds back, cuts and refuses. Each property counts at
/// once, also for open connections.</summary>
internal sealed class SlowProxy : IAsyncDisposable
{
    // Only a failing test waits this long.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    // What is under way in each direction, at most 1 MB: then the sender waits, as with a full window.
    private const int LargestPiece = 16 * 1024, MostPieces = 64;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<Socket, Socket> _connections = [];
    private readonly CancellationTokenSource _ending = new();
    private readonly int _target;
    private readonly TimeProvider _time;
    private readonly Task _accepting;
    private volatile TaskCompletionSource _moving = Flowing();
    private long _bytes;
    private int _accepted;
    private TaskCompletionSource _change = Waiting();

    /// <param name="target">The port on 127.0.0.1 behind the proxy.</param>
    /// <param name="time">The clock of the network's delays.</param>
    public SlowProxy(int target, TimeProvider time)
    {
        (_target, _time) = (target, time);
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync();
    }

    public int Port { get; }

    /// <summary>How long each byte travels, in each direction.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>How many bytes a connection carries in a second, in each direction; null for as many as come.</summary>
    public int? BytesPerSecond { get; set; }

    /// <summary>Whether a new connection is closed at once.</summary>
    public bool IsRefusing { get; set; }

    /// <summary>How many bytes came through since the start, in both directions.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>How many connections were accepted since the start, without the refused ones.</summary>
    public int Accepted => Volatile.Read(ref _accepted);

    /// <summary>How many connections are open.</summary>
    public int Open => _connections.Count;

    /// <summary>Waits until connections or bytes have come to a state.</summary>
    public async Task UntilAsync(Func<SlowProxy, bool> isReached, CancellationToken stop)
    {
        while (true)
        {
            Task change = Volatile.Read(ref _change).Task;
            if (isReached(this))
                return;
            await change.WaitAsync(Patience, stop);
        }
    }

    /// <summary>Holds all bytes back, and says nothing: a cable is out somewhere behind the next switch.</summary>
    public void Stall()
    {
        if (_moving.Task.IsCompleted)
            _moving = Waiting();
    }

    /// <summary>Lets held bytes go on.</summary>
    public void GoOn() => _moving.TrySetResult();

    /// <summary>Resets all open connections.</summary>
    public void Cut()
    {
        foreach ((Socket near, Socket far) in _connections)
        {
            near.Close(0);
            far.Close(0);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        _listener.Stop();
        GoOn();
        Cut();
        await _accepting;
        _ending.Dispose();
    }

    private static TaskCompletionSource Flowing()
    {
        TaskCompletionSource flowing = new();
        flowing.SetResult();
        return flowing;
    }

    private static TaskCompletionSource Waiting() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Tell() => Interlocked.Exchange(ref _change, Waiting()).SetResult();

    private async Task AcceptAsync()
    {
        List<Task> carried = [];
        try
        {
            while (true)
            {
                Socket near = await _listener.AcceptSocketAsync(_ending.Token);
                if (IsRefusing)
                {
                    near.Close(0);
                    continue;
                }

                Interlocked.Increment(ref _accepted);
                Tell();
                carried.Add(CarryAsync(near));
                carried.RemoveAll(ended => ended.IsCompletedSuccessfully);
            }
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException or InvalidOperationException)
        {
            // The proxy ends.
        }

        await Task.WhenAll(carried);
    }

    private async Task CarryAsync(Socket near)
    {
        using Socket far = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        near.NoDelay = true;
        try
        {
            _connections[near] = far;
            await far.ConnectAsync(IPAddress.Loopback, _target, _ending.Token);
            await Task.WhenAny(CarryAsync(near, far), CarryAsync(far, near));
        }
        catch (Exception end) when (IsEnd(end))
        {
            // One of the two sides is gone; so is the other one.
        }
        finally
        {
            _connections.TryRemove(near, out _);
            near.Close(0);
            far.Close(0);
        }
    }

    private async Task CarryAsync(Socket from, Socket to)
    {
        Channel<(long Sent, byte[] Bytes)> road = Channel.CreateBounded<(long, byte[])>(MostPieces);
        Task arriving = ArriveAsync(road, to);
        byte[] buffer = new byte[LargestPiece];
        try
        {
            while (await from.ReceiveAsync(buffer, _ending.Token) is > 0 and var count)
                await road.Writer.WriteAsync((_time.GetTimestamp(), buffer[..count]), _ending.Token);
        }
        catch (Exception end) when (IsEnd(end))
        {
            // What is under way still arrives.
        }

        road.Writer.TryComplete();
        await arriving;
    }

    private async Task ArriveAsync(Channel<(long Sent, byte[] Bytes)> road, Socket to)
    {
        try
        {
            await foreach ((long sent, byte[] bytes) in road.Reader.ReadAllAsync(_ending.Token))
            {
                await WaitAsync(Delay - _time.GetElapsedTime(sent));
                await WaitAsync(BytesPerSecond is { } limit ? TimeSpan.FromSeconds((double)bytes.Length / limit) : TimeSpan.Zero);
                await _moving.Task.WaitAsync(_ending.Token);
                for (int at = 0; at < bytes.Length;)
                    at += await to.SendAsync(bytes.AsMemory(at), _ending.Token);
                Interlocked.Add(ref _bytes, bytes.Length);
                Tell();
            }
        }
        catch (Exception end) when (IsEnd(end))
        {
            // Nothing more can be sent.
            road.Writer.TryComplete();
        }
    }

    private async Task WaitAsync(TimeSpan time)
    {
        if (time > TimeSpan.Zero)
            await Task.Delay(time, _time, _ending.Token);
    }

    private static bool IsEnd(Exception end) =>
        end is SocketException or ObjectDisposedException or OperationCanceledException or ChannelClosedException;
}
