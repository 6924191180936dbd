using System.Buffers.Binary;
using System.Net.Sockets;
using DoorAgent.Storage;

namespace DoorAgent.Operating;

/// <summary>The process at the other end of a unix socket, as reported by the kernel, which cannot be forged.</summary>
/// <param name="ProcessId">The process id.</param>
/// <param name="UserId">The user id.</param>
internal readonly record struct PeerCredentials(int ProcessId, uint UserId)
{
    // The values of x86 and arm (socket(7)); struct ucred is pid, uid, gid, 32 bits each.
    private const int LevelOfSockets = 1;
    private const int OptionPeerCredentials = 17;

    /// <summary>Whether this peer may operate the door: root and the door's own user, who control the door anyway.</summary>
    public bool MayOperate => IsRoot || UserId == Libc.UserId;

    /// <summary>Whether this peer is root.</summary>
    public bool IsRoot => UserId == 0;

    /// <exception cref="SocketException">The system does not report the credentials.</exception>
    public static PeerCredentials Of(Socket socket)
    {
        Span<byte> credentials = stackalloc byte[12];
        socket.GetRawSocketOption(LevelOfSockets, OptionPeerCredentials, credentials);
        return new PeerCredentials(
            BinaryPrimitives.ReadInt32LittleEndian(credentials), BinaryPrimitives.ReadUInt32LittleEndian(credentials[4..]));
    }

    public override string ToString() => $"user {UserId}, process {ProcessId}";
}
