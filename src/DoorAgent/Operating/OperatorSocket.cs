using System.Net.Sockets;
using System.Threading.Channels;
using DoorAgent.Storage;

namespace DoorAgent.Operating;

/// <summary>
/// Where a running door listens to its operator: a unix socket in the data directory, for root and the door's own user only.
/// Nothing of the door depends on it, and nothing that comes over it moves the relay but through the deciding loop.
/// </summary>
internal sealed class OperatorSocket : IAsyncDisposable
{
    private const int AtOnce = 8;
    private const int MostNotices = 16;

    // Longer than the deciding loop takes for anything but a stuck disk.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Socket _socket;
    private readonly string _path;
    private readonly IOperable _door;
    private readonly Serilog.ILogger _log;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;

    private OperatorSocket(Socket socket, string path, IOperable door, Serilog.ILogger log, TimeProvider time)
    {
        (_socket, _path, _door, _log, _time) = (socket, path, door, log, time);
        _accepting = Task.Run(AcceptAsync);
    }

    /// <summary>Begins to listen; null, and a line in the log, where the system does not let it: the door works without.</summary>
    /// <exception cref="UserErrorException">Another door runs on this data directory.</exception>
    public static OperatorSocket? Open(Places places, IOperable door, Serilog.ILogger log, TimeProvider time)
    {
        string path = places.OperatorSocket;
        Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            UnixDomainSocketEndPoint here = new(path);
            RemoveOld(here, path);
            socket.Bind(here);
            DataDirectory.Protect(path);
            socket.Listen(AtOnce);
            return new OperatorSocket(socket, path, door, log, time);
        }
        catch (Exception failure) when (failure is SocketException or IOException or UnauthorizedAccessException or ArgumentOutOfRangeException)
        {
            socket.Dispose();
            log.Warning("The operator's socket {Path} cannot be made, so status, unlock and lock do not reach this door: {Why}", path, failure.Message);
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _socket.Dispose();
        await _accepting;
        File.Delete(_path);
        _stop.Dispose();
    }

    /// <summary>A daemon that was killed leaves its socket behind; one at which somebody answers is another door's.</summary>
    private static void RemoveOld(UnixDomainSocketEndPoint here, string path)
    {
        if (!File.Exists(path))
            return;
        using Socket probe = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            probe.Connect(here);
        }
        catch (SocketException)
        {
            File.Delete(path);
            return;
        }

        throw new UserErrorException($"Another dooragent already runs on this data ({PeerCredentials.Of(probe)}). "
            + "One daemon guards one door: stop the other, or give this one its own --data.");
    }

    private async Task AcceptAsync()
    {
        using SemaphoreSlim places = new(AtOnce);
        List<Task> served = [];
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await places.WaitAsync(_stop.Token);
                Socket peer = await _socket.AcceptAsync(_stop.Token);
                served.RemoveAll(task => task.IsCompleted);
                served.Add(ServeAsync(peer, places));
            }
            catch (Exception end) when (end is OperationCanceledException or ObjectDisposedException)
            {
                break;
            }
            catch (SocketException failure)
            {
                _log.Warning("The operator's socket is lost, the door goes on without: {Why}", failure.Message);
                break;
            }
        }

        await Task.WhenAll(served);
    }

    private async Task ServeAsync(Socket peer, SemaphoreSlim places)
    {
        try
        {
            await using NetworkStream stream = new(peer, ownsSocket: true);
            OperatorAnswer answer = await AnswerAsync(stream, PeerCredentials.Of(peer));
            await OperatorProtocol.WriteAsync(stream, answer, _stop.Token).WaitAsync(Patience, _time);
        }
        catch (Exception gone) when (gone is IOException or SocketException or OperationCanceledException or TimeoutException)
        {
            _log.Debug("An operator went away: {Why}", gone.Message);
        }
        finally
        {
            places.Release();
        }
    }

    private async Task<OperatorAnswer> AnswerAsync(NetworkStream stream, PeerCredentials who)
    {
        if (!who.MayOperate)
        {
            _log.Warning("Refused to {Who} at the operator's socket", who.ToString());
            return OperatorAnswer.Refused("Only root and the door's own user may operate it: try it with sudo.");
        }

        try
        {
            OperatorRequest request = await new OperatorLines(stream).ReadAsync<OperatorRequest>(_stop.Token).WaitAsync(Patience, _time)
                ?? throw new EndOfStreamException("nothing was asked");
            return request.Verb switch
            {
                OperatorVerb.NextBadge => await AwaitBadgeAsync(request, stream, who),
                OperatorVerb.Frames => await ShareFramesAsync(request, stream, who),
                _ => await AskAsync(request, who),
            };
        }
        catch (InvalidDataException unknown)
        {
            return OperatorAnswer.Refused($"Not understood; is the running door another version? {unknown.Message}");
        }
    }

    private async Task<OperatorAnswer> AskAsync(OperatorRequest request, PeerCredentials who)
    {
        TaskCompletionSource<OperatorAnswer> answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _door.Ask(request, who.ToString(), answer => answered.TrySetResult(answer));
        try
        {
            return await answered.Task.WaitAsync(Patience, _time, _stop.Token);
        }
        catch (TimeoutException)
        {
            return OperatorAnswer.Refused($"The door does not answer for {Patience.TotalSeconds:0} s: look at its log; a slow disk holds it up.");
        }
    }

    private async Task<OperatorAnswer> AwaitBadgeAsync(OperatorRequest request, NetworkStream stream, PeerCredentials who)
    {
        if (request.Seconds is not (> 0 and <= OperatorRequest.LongestWait))
            return OperatorAnswer.Refused($"A badge is waited for 1 to {OperatorRequest.LongestWait:0} s.");
        // Whoever holds one card to the reader after the other may get more notices than are read: the oldest are left out, never the answer.
        Channel<OperatorAnswer> answers = Channel.CreateBounded<OperatorAnswer>(new BoundedChannelOptions(MostNotices) { FullMode = BoundedChannelFullMode.DropOldest });
        Action<OperatorAnswer> tell = answer => answers.Writer.TryWrite(answer);
        using CancellationTokenSource late = new(TimeSpan.FromSeconds(request.Seconds), _time);
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token, late.Token);
        _door.Ask(request, who.ToString(), tell);
        // Who does not wait any more closes the line, and the next card is a stranger's again.
        _ = EndWithAsync(stream, end);
        try
        {
            OperatorAnswer answer;
            while ((answer = await answers.Reader.ReadAsync(end.Token)).Notice is not null)
                await OperatorProtocol.WriteAsync(stream, answer, end.Token).WaitAsync(Patience, _time);
            return answer;
        }
        catch (OperationCanceledException)
        {
            return OperatorAnswer.Refused($"No new badge was read in {request.Seconds:0} s. One that belongs to somebody already is not taken: 'dooragent log' shows it.");
        }
        finally
        {
            _door.StopAwaiting(tell);
        }
    }

    private async Task<OperatorAnswer> ShareFramesAsync(OperatorRequest request, NetworkStream stream, PeerCredentials who)
    {
        if (request.Seconds is not (> 0 and <= OperatorRequest.LongestLook))
            return OperatorAnswer.Refused($"The camera is lent for 1 to {OperatorRequest.LongestLook:0} s.");
        // The deciding loop records it, and says whose pictures they are.
        OperatorAnswer lent = await AskAsync(request, who);
        if (lent.Refusal is not null)
            return lent;
        await OperatorProtocol.WriteAsync(stream, lent, _stop.Token).WaitAsync(Patience, _time);
        using CancellationTokenSource late = new(TimeSpan.FromSeconds(request.Seconds), _time);
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token, late.Token);
        _ = EndWithAsync(stream, end);
        try
        {
            await new FrameSharing(_door, _time).RunAsync(stream, end.Token);
        }
        catch (OperationCanceledException)
        {
            // Below it is said why.
        }

        return OperatorAnswer.Refused(end.IsCancellationRequested ? "the time for which the camera was asked is over" : "somebody else takes pictures with this camera now");
    }

    private static async Task EndWithAsync(NetworkStream stream, CancellationTokenSource end)
    {
        try
        {
            _ = await stream.ReadAsync(new byte[1], end.Token);
            await end.CancelAsync();
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The wait has ended otherwise.
        }
    }
}
