using System.Net.Sockets;
using System.Threading.Channels;
using DoorAgent.Storage;

namespace DoorAgent.Operating;

/// <summary>
/// Accepts operators' requests on a unix socket in the data directory, from root and the door's own user only. The door does not depend on
/// the socket, and every request that moves the relay goes through the decision loop.
/// </summary>
internal sealed class OperatorSocket : IAsyncDisposable
{
    private const int AtOnce = 8;
    private const int MostNotices = 16;

    // Longer than the decision loop needs for anything except a stuck disk.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Socket _socket;
    private readonly string _path;
    private readonly IOperable _door;
    private readonly OperatorGallery _gallery;
    private readonly Serilog.ILogger _log;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;

    private OperatorSocket(Socket socket, Places places, IOperable door, Serilog.ILogger log, TimeProvider time)
    {
        (_socket, _path, _door, _log, _time) = (socket, places.OperatorSocket, door, log, time);
        _gallery = new OperatorGallery(places.GalleryFile, time);
        _accepting = Task.Run(AcceptAsync);
    }

    /// <summary>Starts to listen; returns null and logs a warning when the system refuses, since the door works without the
    /// socket.</summary>
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
            return new OperatorSocket(socket, places, door, log, time);
        }
        catch (Exception failure)
            when (failure is SocketException or IOException or UnauthorizedAccessException or ArgumentOutOfRangeException)
        {
            socket.Dispose();
            log.Warning(
                "The operator's socket {Path} cannot be made, so status, unlock and lock do not reach this door: {Why}",
                path, failure.Message);
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

    /// <summary>Deletes the socket that a killed daemon left behind; a socket with a listener belongs to another running door.</summary>
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
            + "One daemon serves one door: stop the other, or start this one with a different --data.");
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
            // A socket that is closed before its bytes are read loses the answer: they are read, and not looked at.
            _ = await stream.ReadAsync(new byte[OperatorProtocol.LongestLine], _stop.Token).AsTask().WaitAsync(Patience, _time);
            return OperatorAnswer.Refused("Only root and the door's own user may operate the door: try sudo.");
        }

        try
        {
            OperatorRequest request = await new OperatorLines(stream).ReadAsync<OperatorRequest>(_stop.Token).WaitAsync(Patience, _time)
                ?? throw new EndOfStreamException("the connection ended without a request");
            return request.Verb switch
            {
                OperatorVerb.NextBadge => await AwaitBadgeAsync(request, stream, who),
                OperatorVerb.Frames => await ShareFramesAsync(request, stream, who),
                OperatorVerb.ChangeGallery => await ChangeGalleryAsync(request, who),
                _ => await AskAsync(request, who),
            };
        }
        catch (InvalidDataException unknown)
        {
            return OperatorAnswer.Refused($"The request was not understood; is the running door another version? {unknown.Message}");
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
            return OperatorAnswer.Refused(
                $"The door has not answered for {Patience.TotalSeconds:0} s: look at its log; a slow disk may delay the door.");
        }
    }

    /// <summary>Judges a change of the gallery, has it recorded, and makes it.</summary>
    private async Task<OperatorAnswer> ChangeGalleryAsync(OperatorRequest request, PeerCredentials who)
    {
        if (request.Change is not { } change)
            return OperatorAnswer.Refused("The request names no change.");
        try
        {
            long person = await Task.Run(() => _gallery.Judge(change), _stop.Token);
            OperatorAnswer recorded = await AskAsync(request with { Person = person }, who);
            return recorded.Refusal is not null ? recorded
                : new OperatorAnswer { Done = await Task.Run(() => _gallery.Run(change), _stop.Token) };
        }
        catch (UserErrorException refused)
        {
            return OperatorAnswer.Refused(refused.Message);
        }
    }

    private async Task<OperatorAnswer> AwaitBadgeAsync(OperatorRequest request, NetworkStream stream, PeerCredentials who)
    {
        if (request.Seconds is not (> 0 and <= OperatorRequest.LongestWait))
            return OperatorAnswer.Refused($"The wait for a badge must be 1 to {OperatorRequest.LongestWait:0} s.");
        // Many cards in a row may produce more notices than the client reads: the oldest notices are dropped, never the answer.
        Channel<OperatorAnswer> answers = Channel.CreateBounded<OperatorAnswer>(
            new BoundedChannelOptions(MostNotices) { FullMode = BoundedChannelFullMode.DropOldest });
        Action<OperatorAnswer> post = answer => answers.Writer.TryWrite(answer);
        using CancellationTokenSource late = new(TimeSpan.FromSeconds(request.Seconds), _time);
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token, late.Token);
        _door.Ask(request, who.ToString(), post);
        // A client that stops waiting closes the connection, and the next unknown card is denied again.
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
            return OperatorAnswer.Refused($"No new badge was read in {request.Seconds:0} s. "
                + "A badge that already has an owner is not accepted: 'dooragent log' shows it.");
        }
        finally
        {
            _door.StopAwaiting(post);
        }
    }

    private async Task<OperatorAnswer> ShareFramesAsync(OperatorRequest request, NetworkStream stream, PeerCredentials who)
    {
        if (request.Seconds is not (> 0 and <= OperatorRequest.LongestLook))
            return OperatorAnswer.Refused($"The camera can be used for 1 to {OperatorRequest.LongestLook:0} s.");
        // The decision loop records the request and names the camera.
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
            // The refusal below gives the reason.
        }

        return OperatorAnswer.Refused(end.IsCancellationRequested
            ? "the requested time with the camera is over" : "another client uses this camera now");
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
            // The wait has already ended.
        }
    }
}
