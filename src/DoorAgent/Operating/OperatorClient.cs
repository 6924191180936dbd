using System.Net.Sockets;
using DoorAgent.Storage;

namespace DoorAgent.Operating;

/// <summary>Sends requests to the door that runs on a data directory.</summary>
internal static class OperatorClient
{
    /// <summary>Sends a request and waits for the answer.</summary>
    /// <param name="places">The data directory of the door.</param>
    /// <param name="request">The request.</param>
    /// <param name="cancellation">Cancels the wait.</param>
    /// <param name="notice">Receives the door's notices before the answer.</param>
    /// <exception cref="UserErrorException">No door runs there, this user has no permission, or the door refused; the message says
    /// which.</exception>
    public static async Task<OperatorAnswer> AskAsync(
        Places places, OperatorRequest request, CancellationToken cancellation, Action<string>? notice = null)
    {
        (NetworkStream stream, _, OperatorAnswer answer) = await OpenAsync(places, request, notice, cancellation);
        await stream.DisposeAsync();
        return answer;
    }

    /// <summary>Sends a request to a door that may not be running, without an exception for that.</summary>
    /// <returns>The answer, or a refusal with the reason when there was none; and whether a door listens there.</returns>
    public static async Task<(OperatorAnswer Answer, bool IsThere)> TryAskAsync(
        Places places, OperatorRequest request, CancellationToken cancellation)
    {
        (NetworkStream? stream, _, OperatorAnswer answer, bool isThere) = await TryOpenAsync(places, request, null, cancellation);
        if (stream is not null)
            await stream.DisposeAsync();
        return (answer, isThere);
    }

    /// <summary>Sends a request whose answer announces bytes, and reads these too.</summary>
    /// <returns>The answer, or a refusal with the reason when there was none; the bytes; and whether a door listens there.</returns>
    public static async Task<(OperatorAnswer Answer, byte[] Bytes, bool IsThere)> TryAskForBytesAsync(
        Places places, OperatorRequest request, CancellationToken cancellation)
    {
        (NetworkStream? stream, OperatorLines? lines, OperatorAnswer answer, bool isThere) =
            await TryOpenAsync(places, request, null, cancellation);
        if (stream is null)
            return (answer, [], isThere);
        await using (stream)
        {
            if (answer.Facts is not { } facts)
                return (answer, [], isThere);
            if (facts.Bytes is not (> 0 and <= PictureFacts.MostBytes))
                return (OperatorAnswer.Refused($"A picture cannot have {facts.Bytes} bytes."), [], isThere);
            byte[] bytes = new byte[facts.Bytes];
            try
            {
                await lines!.ReadExactlyAsync(bytes, cancellation);
                return (answer, bytes, isThere);
            }
            catch (IOException failure)
            {
                return (OperatorAnswer.Refused($"The door did not send the whole picture: {failure.Message}"), [], isThere);
            }
        }
    }

    /// <summary>Sends a request whose bytes follow it, such as <see cref="OperatorVerb.FleetApply"/>. Nothing is sent of them where the door
    /// refuses the request.</summary>
    /// <param name="places">The data directory of the door.</param>
    /// <param name="request">The request.</param>
    /// <param name="body">The bytes, from the present position.</param>
    /// <param name="length">How many bytes follow, as the request says.</param>
    /// <param name="cancellation">Cancels the wait.</param>
    /// <returns>The answer, or a refusal with the reason when there was none; and whether a door listens there.</returns>
    /// <exception cref="EndOfStreamException">The stream has fewer bytes.</exception>
    public static async Task<(OperatorAnswer Answer, bool IsThere)> TrySendAsync(
        Places places, OperatorRequest request, Stream body, long length, CancellationToken cancellation)
    {
        (NetworkStream? stream, OperatorLines? lines, OperatorAnswer answer, bool isThere) =
            await TryOpenAsync(places, request, null, cancellation);
        if (stream is null)
            return (answer, isThere);
        await using (stream)
        {
            if (answer.IsReady != true)
                return (answer, isThere);
            try
            {
                await OperatorBody.SendAsync(body, length, stream, cancellation);
                return (await AnswerAsync(lines!, null, cancellation), isThere);
            }
            catch (Exception failure) when (failure is InvalidDataException or IOException and not EndOfStreamException)
            {
                return (OperatorAnswer.Refused($"The door did not take the whole delivery: {failure.Message}"), isThere);
            }
        }
    }

    /// <summary>Sends a request and keeps the connection open for the data after the answer.</summary>
    /// <exception cref="UserErrorException">No door runs there, this user has no permission, or the door refused; the message says
    /// which.</exception>
    public static async Task<(NetworkStream Stream, OperatorLines Lines, OperatorAnswer Answer)> OpenAsync(
        Places places, OperatorRequest request, Action<string>? notice, CancellationToken cancellation)
    {
        (NetworkStream? stream, OperatorLines? lines, OperatorAnswer answer, _) = await TryOpenAsync(places, request, notice, cancellation);
        return answer.Refusal is { } why ? throw new UserErrorException(why) : (stream!, lines!, answer);
    }

    /// <summary>Opens a connection, which is returned only with an answer that is not a refusal.</summary>
    private static async Task<(NetworkStream? Stream, OperatorLines? Lines, OperatorAnswer Answer, bool IsThere)> TryOpenAsync(
        Places places, OperatorRequest request, Action<string>? notice, CancellationToken cancellation)
    {
        // Made before the connection: the door waits 5 s for the line, and on a slow machine the first line of a process takes long.
        byte[] line = OperatorProtocol.LineOf(request);
        Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            if (await ConnectAsync(socket, places.OperatorSocket, cancellation) is not SocketError.Success and var failure)
            {
                socket.Dispose();
                return (null, null, OperatorAnswer.Refused(DescribeFailure(failure, places)),
                    IsThere: failure is SocketError.AccessDenied or SocketError.WouldBlock);
            }

            NetworkStream stream = new(socket, ownsSocket: true);
            await stream.WriteAsync(line, cancellation);
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
            // The path is too long for a socket, so that no door can listen there.
            socket.Dispose();
            return (null, null, OperatorAnswer.Refused(DescribeFailure(SocketError.AddressNotAvailable, places)), IsThere: false);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Connects without an exception: 'watch' tries twice a second while no door runs.</summary>
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
                ?? OperatorAnswer.Refused("The door ended before it answered; its log says why.");
            if (answer.Notice is not { } text)
                return answer;
            notice?.Invoke(text);
        }
    }

    private static string DescribeFailure(SocketError failure, Places places) => failure switch
    {
        SocketError.AccessDenied => $"{places.OperatorSocket} belongs to another user: try sudo.",
        SocketError.WouldBlock => $"Too many programs wait for the door at {places.OperatorSocket}. Try again in a few seconds.",
        _ => $"No door runs on {places.Data}: nothing listens at {places.OperatorSocket}. "
            + "Start it ('systemctl start dooragent', or 'dooragent run'), or name its data with --data.",
    };
}
