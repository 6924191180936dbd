using System.Net.Sockets;
using DoorAgent.Settings;

namespace DoorAgent.Operating;

/// <summary>Asks the door that runs on a data directory.</summary>
internal static class OperatorClient
{
    /// <summary>Asks and waits for the answer.</summary>
    /// <exception cref="UserErrorException">No door runs there, it may not be asked, or it refused; the message says which.</exception>
    public static async Task<OperatorAnswer> AskAsync(Places places, OperatorRequest request, CancellationToken cancellation)
    {
        using Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(places.OperatorSocket), cancellation);
            await using NetworkStream stream = new(socket);
            await OperatorProtocol.WriteAsync(stream, request, cancellation);
            OperatorAnswer answer = await OperatorProtocol.ReadAsync<OperatorAnswer>(stream, cancellation)
                ?? throw new UserErrorException("The door ended while it was asked; its log says why.");
            return answer.Refusal is { } why ? throw new UserErrorException(why) : answer;
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
