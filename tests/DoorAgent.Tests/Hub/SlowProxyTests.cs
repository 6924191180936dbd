using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Hub;

/// <summary>Tests the tests' own bad network.</summary>
public sealed class SlowProxyTests : IAsyncDisposable
{
    private readonly TcpListener _server = new(IPAddress.Loopback, 0);
    private readonly SlowProxy _proxy;

    public SlowProxyTests()
    {
        _server.Start();
        _proxy = new SlowProxy(((IPEndPoint)_server.LocalEndpoint).Port);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task BytesTravelUnchangedAndNotFasterThanTheNetwork()
    {
        (Socket near, Socket far) = await ConnectAsync();
        byte[] sent = new byte[40_000], received = new byte[sent.Length];
        Random.Shared.NextBytes(sent);
        (_proxy.Delay, _proxy.BytesPerSecond) = (TimeSpan.FromMilliseconds(50), 200_000);
        long start = Stopwatch.GetTimestamp();

        await near.SendAsync(sent, Cancellation);
        for (int at = 0; at < received.Length;)
            at += await far.ReceiveAsync(received.AsMemory(at), Cancellation);

        Assert.Equal(sent, received);
        Assert.True(Stopwatch.GetElapsedTime(start) > TimeSpan.FromMilliseconds(200), "40,000 bytes at 200,000 a second");
        Assert.Equal(sent.Length, _proxy.Bytes);
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

    private async Task<(Socket Near, Socket Far)> ConnectAsync()
    {
        Socket near = new(SocketType.Stream, ProtocolType.Tcp);
        await near.ConnectAsync(IPAddress.Loopback, _proxy.Port, Cancellation);
        return (near, await _server.AcceptSocketAsync(Cancellation));
    }
}
