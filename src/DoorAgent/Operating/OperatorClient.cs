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

    /// <summary>The same, and the connection with it, for what follows the answer.</summary>
    /// <exception cref="UserErrorException">No door runs there, it may not be asked, or it refused; the message says which.</exception>
    public static async Task<(NetworkStream Stream, OperatorLines Lines, OperatorAnswer Answer)> OpenAsync(
        Places places, OperatorRequest request, Action<string>? notice, CancellationToken cancellation)
    {
        Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(places.OperatorSocket), cancellation);
            NetworkStream stream = new(socket, ownsSocket: true);
            await OperatorProtocol.WriteAsync(stream, request, cancellation);
            OperatorLines lines = new(stream);
            return (stream, lines, await AnswerAsync(lines, notice, cancellation));
        }
        catch (Exception failure)
        {
            socket.Dispose();
            if (WordsFor(failure, places) is { } words)
                throw new UserErrorException(words, failure);
            throw;
        }
    }

    private static async Task<OperatorAnswer> AnswerAsync(OperatorLines lines, Action<string>? notice, CancellationToken cancellation)
    {
        while (true)
        {
            OperatorAnswer answer = await lines.ReadAsync<OperatorAnswer>(cancellation) ?? throw new UserErrorException("The door ended while it was asked; its log says why.");
            if (answer.Refusal is { } why)
                throw new UserErrorException(why);
            if (answer.Notice is not { } said)
                return answer;
            notice?.Invoke(said);
        }
    }

    private static string? WordsFor(Exception failure, Places places) => failure switch
    {
        SocketException { SocketErrorCode: SocketError.AccessDenied } => $"{places.OperatorSocket} is another user's: try it with sudo.",
        SocketException or ArgumentOutOfRangeException => $"No door runs on {places.Data}: nobody listens at {places.OperatorSocket}. "
            + "Start it ('systemctl start dooragent', or 'dooragent run'), or name its data with --data.",
        IOException or InvalidDataException => $"The door did not answer: {failure.Message}",
        _ => null,
    };
}
