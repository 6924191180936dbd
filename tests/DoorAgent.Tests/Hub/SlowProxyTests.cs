using System.Net;
using System.Net.Sockets;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Hub;

/// <summary>Tests the tests' own bad network.</summary>
public sealed class SlowProxyTests : IAsyncDisposable
{
    private readonly TcpListener _server = new(IPAddress.Loopback, 0);
    private readonly WatchedTime _time = new();
    private readonly SlowProxy _proxy;

    public SlowProxyTests()
    {
        _server.Start();
        _proxy = new SlowProxy(((IPEndPoint)_server.LocalEndpoint).Port, _time);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task BytesTravelUnchanged()
    {
        (Socket near, Socket far) = await ConnectAsync();
        byte[] sent = new byte[40_000];
        Random.Shared.NextBytes(sent);

        await near.SendAsync(sent, Cancellation);

        Assert.Equal(sent, await ReceivedAsync(far, sent.Length));
        await _proxy.UntilAsync(proxy => proxy.Bytes == sent.Length, Cancellation);
    }

    [Fact]
    public async Task BytesTravelNotFasterThanTheNetwork()
    {
        (Socket near, Socket far) = await ConnectAsync();
        (_proxy.Delay, _proxy.BytesPerSecond) = (TimeSpan.FromMilliseconds(50), 200_000);
        byte[] sent = [.. Enumerable.Range(0, 1000).Select(i => (byte)i)];

        await near.SendAsync(sent, Cancellation);
        foreach (TimeSpan wait in new[] { _proxy.Delay, TimeSpan.FromSeconds(1000 / 200_000.0) })
        {
            await _time.WaitBeginsAsync(wait);
            Assert.Equal(0, _proxy.Bytes);
            _time.Advance(wait);
        }

        Assert.Equal(sent, await ReceivedAsync(far, sent.Length));
    }

    [Fact]
    public async Task AStalledNetworkHoldsBytesUntilItGoesOn()
    {
        (Socket near, Socket far) = await ConnectAsync();
        _proxy.Stall();
        await near.SendAsync(new byte[1], Cancellation);
        ValueTask<int> arriving = far.ReceiveAsync(new byte[1], Cancellation);
        Assert.False(arriving.IsCompleted);

        _proxy.GoOn();

        Assert.Equal(1, await arriving);
    }

    [Fact]
    public async Task ACutEndsBothSides()
    {
        (Socket near, Socket far) = await ConnectAsync();

        _proxy.Cut();

        await Assert.ThrowsAsync<SocketException>(async () => await near.ReceiveAsync(new byte[1], Cancellation));
        await Assert.ThrowsAsync<SocketException>(async () => await far.ReceiveAsync(new byte[1], Cancellation));
        await ConnectAsync();
        Assert.Equal(2, _proxy.Accepted);
    }

    [Fact]
    public async Task ARefusedConnectionNeverReachesTheServer()
    {
        _proxy.IsRefusing = true;
        using Socket near = new(SocketType.Stream, ProtocolType.Tcp);

        await Assert.ThrowsAsync<SocketException>(async () =>
        {
            await near.ConnectAsync(IPAddress.Loopback, _proxy.Port, Cancellation);
            await near.ReceiveAsync(new byte[1], Cancellation);
        });

        Assert.Equal(0, _proxy.Accepted);
        Assert.False(_server.Pending());
    }

    public async ValueTask DisposeAsync()
    {
        await _proxy.DisposeAsync();
        _server.Dispose();
    }

    private static async Task<byte[]> ReceivedAsync(Socket socket, int count)
    {
        byte[] received = new byte[count];
        for (int at = 0; at < received.Length;)
            at += await socket.ReceiveAsync(received.AsMemory(at), Cancellation);
        return received;
    }

    private async Task<(Socket Near, Socket Far)> ConnectAsync()
    {
        Socket near = new(SocketType.Stream, ProtocolType.Tcp);
        await near.ConnectAsync(IPAddress.Loopback, _proxy.Port, Cancellation);
        return (near, await _server.AcceptSocketAsync(Cancellation));
    }
}
