using System.Net.Sockets;
using DoorAgent.Settings;

namespace DoorAgent.Operating;

/// <summary>Asks the door that runs on a data directory.</summary>
internal static class OperatorClient
{
    /// <summary>Asks and waits for the answer.</summary>
    /// <param name="places">Whose door.</param>
    /// <param name="request">What is asked.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <param name="notice">Is told what the door says before it answers.</param>
    /// <exception cref="UserErrorException">No door runs there, it may not be asked, or it refused; the message says which.</exception>
    public static async Task<OperatorAnswer> AskAsync(Places places, OperatorRequest request, CancellationToken cancellation, Action<string>? notice = null)
    {
        using Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(places.OperatorSocket), cancellation);
            await using NetworkStream stream = new(socket);
            await OperatorProtocol.WriteAsync(stream, request, cancellation);
            OperatorLines lines = new(stream);
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
        catch (SocketException failure) when (failure.SocketErrorCode == SocketError.AccessDenied)
        {
            throw new UserErrorException($"{places.OperatorSocket} is another user's: try it with sudo.", failure);
        }
        catch (Exception failure) when (failure is SocketException or ArgumentOutOfRangeException)
        {
            throw new UserErrorException($"No door runs on {places.Data}: nobody listens at {places.OperatorSocket}. "
                + "Start it ('systemctl start dooragent', or 'dooragent run'), or name its data with --data.", failure);
        }
        catch (Exception failure) when (failure is IOException or InvalidDataException)
        {
            throw new UserErrorException($"The door did not answer: {failure.Message}", failure);
        }
    }
}
