using System.Buffers.Binary;
using System.Net.Sockets;
using DoorAgent.Storage;

namespace DoorAgent.Operating;

/// <summary>Who is at the other end of a unix socket, as the kernel says: nobody can claim to be another user.</summary>
/// <param name="ProcessId">Their process.</param>
/// <param name="UserId">Their user.</param>
internal readonly record struct PeerCredentials(int ProcessId, uint UserId)
{
    // The values of x86 and arm (socket(7)); struct ucred is pid, uid, gid, 32 bits each.
    private const int LevelOfSockets = 1;
    private const int OptionPeerCredentials = 17;

    /// <summary>Root, and the user that runs the door, may operate it: they could do so anyway.</summary>
    public bool MayOperate => UserId == 0 || UserId == Libc.UserId;

    /// <exception cref="SocketException">The system does not say.</exception>
    public static PeerCredentials Of(Socket socket)
    {
        Span<byte> credentials = stackalloc byte[12];
        socket.GetRawSocketOption(LevelOfSockets, OptionPeerCredentials, credentials);
        return new PeerCredentials(BinaryPrimitives.ReadInt32LittleEndian(credentials), BinaryPrimitives.ReadUInt32LittleEndian(credentials[4..]));
    }

    public override string ToString() => $"user {UserId}, process {ProcessId}";
}
