using System.Net.Sockets;
using NATS.Client.Core;

namespace DoorAgent.Hub;

/// <summary>The TCP connection to the hub.</summary>
/// <param name="socket">The connected socket, which is disposed with this object.</param>
internal sealed class HubSocket(Socket socket) : INatsTlsUpgradeableSocketConnection
{
    public Socket Socket => socket;

    public ValueTask<int> SendAsync(ReadOnlyMemory<byte> buffer) => socket.SendAsync(buffer, SocketFlags.None, CancellationToken.None);

    public ValueTask<int> ReceiveAsync(Memory<byte> buffer) => socket.ReceiveAsync(buffer, SocketFlags.None, CancellationToken.None);

    public ValueTask DisposeAsync()
    {
        socket.Dispose();
        return ValueTask.CompletedTask;
    }
}

/// <summary>Connects once. NATS.Net connects again by itself after a loss, at once and without a word of why; whoever needs the hub makes
/// another connection instead, after a wait of its own.</summary>
/// <param name="address">Where the hub listens.</param>
internal sealed class HubSocketFactory(HubAddress address) : INatsSocketConnectionFactory
{
    private int _attempts;

    /// <summary>Why the hub could not be reached; null where it was.</summary>
    public string? Problem { get; private set; }

    public async ValueTask<INatsSocketConnection> ConnectAsync(Uri uri, NatsOpts opts, CancellationToken cancellationToken)
    {
        if (Interlocked.Increment(ref _attempts) > 1)
            throw new IOException("The connection is not made again.");
        Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(address.Host, address.Port, cancellationToken);
            return new HubSocket(socket);
        }
        catch (Exception failure) when (failure is SocketException or OperationCanceledException)
        {
            socket.Dispose();
            Problem = failure is SocketException refused ? refused.Message : "no answer";
            throw;
        }
    }
}
