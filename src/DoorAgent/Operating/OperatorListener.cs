using System.Net.Sockets;

namespace DoorAgent.Operating;

/// <summary>Accepts the connections of one socket and answers one request on each.</summary>
internal sealed class OperatorListener : IAsyncDisposable
{
    private readonly Socket _socket;
    private readonly string _path;
    private readonly OperatorQuota _quota;
    private readonly OperatorAccess _access;
    private readonly OperatorService _service;
    private readonly Serilog.ILogger _log;
    private readonly TimeProvider _time;
    private readonly CancellationToken _stop;
    private readonly Task _accepting;

    /// <summary>Starts to accept connections of a listening socket, which the listener then owns.</summary>
    /// <param name="socket">The socket.</param>
    /// <param name="path">Its file, which is deleted at the end.</param>
    /// <param name="quota">How many requests are served at once.</param>
    /// <param name="access">Tells the kinds of users.</param>
    /// <param name="service">Carries out the requests.</param>
    /// <param name="log">The log.</param>
    /// <param name="time">The clock.</param>
    /// <param name="stop">Ends the listener.</param>
    public OperatorListener(Socket socket, string path, OperatorQuota quota, OperatorAccess access, OperatorService service,
        Serilog.ILogger log, TimeProvider time, CancellationToken stop)
    {
        (_socket, _path, _quota, _access, _service, _log, _time, _stop) = (socket, path, quota, access, service, log, time, stop);
        _accepting = Task.Run(AcceptAsync, CancellationToken.None);
    }

    /// <summary>Waits for the requests that are being answered; the token is cancelled before.</summary>
    public async ValueTask DisposeAsync()
    {
        _socket.Dispose();
        await _accepting;
        File.Delete(_path);
    }

    private async Task AcceptAsync()
    {
        List<Task> served = [];
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await _quota.WaitAsync(_stop);
                Socket peer = await _socket.AcceptAsync(_stop);
                served.RemoveAll(task => task.IsCompleted);
                served.Add(ServeAsync(peer));
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

    private async Task ServeAsync(Socket connected)
    {
        OperatorPeer peer = OperatorPeer.Stranger;
        bool hasPlace = _quota.IsTakenFirst;
        try
        {
            await using NetworkStream stream = new(connected, ownsSocket: true);
            PeerCredentials who = PeerCredentials.Of(connected);
            peer = _access.PeerOf(who);
            hasPlace = _quota.TryEnter(peer);
            OperatorAnswer answer = await AnswerAsync(stream, peer, who, hasPlace);
            await OperatorProtocol.WriteAsync(stream, answer, _stop).WaitAsync(OperableRequests.Patience, _time);
        }
        catch (Exception gone) when (gone is IOException or SocketException or OperationCanceledException or TimeoutException)
        {
            _log.Debug("An operator went away: {Why}", gone.Message);
        }
        finally
        {
            if (hasPlace)
                _quota.Leave(peer);
        }
    }

    private async Task<OperatorAnswer> AnswerAsync(NetworkStream stream, OperatorPeer peer, PeerCredentials who, bool hasPlace)
    {
        if (!hasPlace)
            return OperatorAnswer.Refused("Too many requests of this user wait for the door. Try again in a few seconds.");
        if (peer == OperatorPeer.Stranger)
        {
            _log.Warning("Refused to {Who} at the operator's socket", who.ToString());
            // A socket that is closed before its bytes are read loses the answer: they are read, and not looked at.
            _ = await stream.ReadAsync(new byte[OperatorProtocol.LongestLine], _stop).AsTask().WaitAsync(OperableRequests.Patience, _time);
            return OperatorAnswer.Refused(OperatorAccess.OnlyOwners);
        }

        try
        {
            OperatorRequest request =
                await new OperatorLines(stream).ReadAsync<OperatorRequest>(_stop).WaitAsync(OperableRequests.Patience, _time)
                ?? throw new EndOfStreamException("the connection ended without a request");
            return await _service.AnswerAsync(request, peer, who, stream, _stop);
        }
        catch (InvalidDataException unknown)
        {
            return OperatorAnswer.Refused($"The request was not understood; is the running door another version? {unknown.Message}");
        }
        catch (Exception failure)
            when (failure is not (IOException or SocketException or OperationCanceledException or TimeoutException))
        {
            // The end of the listener waits for every request, and must not fail with one.
            _log.Error(failure, "A request at the operator's socket failed");
            return OperatorAnswer.Refused("The door failed at this request; its log says more.");
        }
    }
}
