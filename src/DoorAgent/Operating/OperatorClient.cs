using System.Net.Sockets;
using DoorAgent.Storage;

namespace DoorAgent.Operating;

/// <summary>Asks the door that runs on a data directory.</summary>
internal static class OperatorClient
{
    /// <summary>Asks and waits for the answer.</summary>
    /// <param name="places">Whose door.</param>
    /// <param name="request">What is asked.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <param name="notice">Takes what the door says before it answers.</param>
    /// <exception cref="UserErrorException">No door runs there, it may not be asked, or it refused; the message says which.</exception>
    public static async Task<OperatorAnswer> AskAsync(Places places, OperatorRequest request, CancellationToken cancellation, Action<string>? notice = null)
    {
        (NetworkStream stream, _, OperatorAnswer answer) = await OpenAsync(places, request, notice, cancellation);
        await stream.DisposeAsync();
        return answer;
    }

    /// <summary>Asks where there may be no door, which is no error then.</summary>
    /// <returns>The answer; one that refuses where none came, with the words for it. And whether a door listens there at all.</returns>
    public static async Task<(OperatorAnswer Answer, bool IsThere)> TryAskAsync(Places places, OperatorRequest request, CancellationToken cancellation)
    {
        (NetworkStream? stream, _, OperatorAnswer answer, bool isThere) = await TryOpenAsync(places, request, null, cancellation);
        if (stream is not null)
            await stream.DisposeAsync();
        return (answer, isThere);
    }

    /// <summary>Asks, and keeps the connection open for what follows the answer.</summary>
    /// <exception cref="UserErrorException">No door runs there, it may not be asked, or it refused; the message says which.</exception>
    public static async Task<(NetworkStream Stream, OperatorLines Lines, OperatorAnswer Answer)> OpenAsync(
        Places places, OperatorRequest request, Action<string>? notice, CancellationToken cancellation)
    {
        (NetworkStream? stream, OperatorLines? lines, OperatorAnswer answer, _) = await TryOpenAsync(places, request, notice, cancellation);
        return answer.Refusal is { } why ? throw new UserErrorException(why) : (stream!, lines!, answer);
    }

    /// <summary>The connection is there only with an answer that does not refuse.</summary>
    private static async Task<(NetworkStream? Stream, OperatorLines? Lines, OperatorAnswer Answer, bool IsThere)> TryOpenAsync(
        Places places, OperatorRequest request, Action<string>? notice, CancellationToken cancellation)
    {
        Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            if (await ConnectAsync(socket, places.OperatorSocket, cancellation) is not SocketError.Success and var failure)
            {
                socket.Dispose();
                return (null, null, OperatorAnswer.Refused(WordsFor(failure, places)), IsThere: failure == SocketError.AccessDenied);
            }

            NetworkStream stream = new(socket, ownsSocket: true);
            await OperatorProtocol.WriteAsync(stream, request, cancellation);
            OperatorLines lines = new(stream);
            OperatorAnswer answer = await AnswerAsync(lines, notice, cancellation);
            if (answer.Refusal is null)
                return (stream, lines, answer, IsThere: true);
            await stream.DisposeAsync();
            return (null, null, answer, IsThere: true);
        }
        catch (Exception failure) when (failure is IOException or InvalidDataException)
        {
            socket.Dispose();
            return (null, null, OperatorAnswer.Refused($"The door did not answer: {failure.Message}"), IsThere: true);
        }
        catch (ArgumentOutOfRangeException)
        {
            // The path is longer than a socket's may be, so that no door can listen there.
            socket.Dispose();
            return (null, null, OperatorAnswer.Refused(WordsFor(SocketError.AddressNotAvailable, places)), IsThere: false);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Connects without an exception: where no door runs, whoever watches for one asks twice a second.</summary>
    private static async Task<SocketError> ConnectAsync(Socket socket, string path, CancellationToken cancellation)
    {
        TaskCompletionSource connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using SocketAsyncEventArgs connecting = new() { RemoteEndPoint = new UnixDomainSocketEndPoint(path) };
        connecting.Completed += (_, _) => connected.SetResult();
        if (socket.ConnectAsync(connecting))
            await connected.Task.WaitAsync(cancellation);
        return connecting.SocketError;
    }

    private static async Task<OperatorAnswer> AnswerAsync(OperatorLines lines, Action<string>? notice, CancellationToken cancellation)
    {
        while (true)
        {
            OperatorAnswer answer = await lines.ReadAsync<OperatorAnswer>(cancellation)
                ?? OperatorAnswer.Refused("The door ended while it was asked; its log says why.");
            if (answer.Notice is not { } said)
                return answer;
            notice?.Invoke(said);
        }
    }

    private static string WordsFor(SocketError failure, Places places) => failure == SocketError.AccessDenied
        ? $"{places.OperatorSocket} is another user's: try it with sudo."
        : $"No door runs on {places.Data}: nobody listens at {places.OperatorSocket}. "
            + "Start it ('systemctl start dooragent', or 'dooragent run'), or name its data with --data.";
}
