using System.Buffers.Binary;
using System.Text;

namespace DoorAgent.Sealing;

/// <summary>
/// Seals streams that are too long for memory, such as archives and backups of galleries: the content in pieces of
/// <see cref="PieceBytes"/>, each sealed (<see cref="Seal"/>) with its number and with whether it is the last one, so that no piece can be
/// exchanged, left out or cut off. Every piece but the last is full; the last may be empty.
/// </summary>
internal static class SealedStream
{
    /// <summary>Length of a piece before it is sealed.</summary>
    public const int PieceBytes = 1 << 20;

    private const string Purpose = "sealed stream";

    /// <summary>Returns the sealed length of content.</summary>
    public static long LengthOf(long content) => content + (content / PieceBytes + 1) * Seal.Overhead;

    /// <summary>Seals everything that can be read from a stream.</summary>
    /// <param name="key">The key.</param>
    /// <param name="from">The content.</param>
    /// <param name="to">Receives the sealed content.</param>
    /// <param name="identity">What the content is; must be given again to open it.</param>
    public static void Close(DoorKey key, Stream from, Stream to, string identity)
    {
        using Seal seal = new(key, Purpose);
        byte[] piece = new byte[PieceBytes];
        long number = 0;
        for (int read = PieceBytes; read == PieceBytes; number++)
        {
            read = from.ReadAtLeast(piece, PieceBytes, throwOnEndOfStream: false);
            to.Write(seal.Close(piece.AsSpan(0, read), Identity(identity, number, isLast: read < PieceBytes)));
        }
    }

    /// <summary>Opens a sealed stream.</summary>
    /// <param name="key">The key.</param>
    /// <param name="from">The sealed content.</param>
    /// <param name="to">Receives the content. Whatever was written before an exception must not be used.</param>
    /// <param name="identity">What the content is.</param>
    /// <param name="most">The longest content that is accepted, in bytes: a small file may claim to unpack to a full disk.</param>
    /// <exception cref="BrokenSealException">The content was changed or cut off, is something else or too long, or was sealed with another
    /// key.</exception>
    public static void Open(DoorKey key, Stream from, Stream to, string identity, long most = long.MaxValue)
    {
        using Seal seal = new(key, Purpose);
        byte[] piece = new byte[PieceBytes + Seal.Overhead];
        long number = 0;
        for (int read = piece.Length; read == piece.Length; number++)
        {
            read = from.ReadAtLeast(piece, piece.Length, throwOnEndOfStream: false);
            byte[] plain = seal.Open(piece.AsSpan(0, read), Identity(identity, number, isLast: read < piece.Length));
            if (plain.Length > most)
                throw new BrokenSealException("the content is longer than was said", null);
            most -= plain.Length;
            to.Write(plain);
        }
    }

    /// <summary>Seals a sealed stream with another key, without the open content in between.</summary>
    /// <exception cref="BrokenSealException">The content was changed or cut off, is something else, or was sealed with another
    /// key.</exception>
    public static void SealAgain(DoorKey key, DoorKey next, Stream from, Stream to, string identity)
    {
        using Seal before = new(key, Purpose), after = new(next, Purpose);
        byte[] piece = new byte[PieceBytes + Seal.Overhead];
        long number = 0;
        for (int read = piece.Length; read == piece.Length; number++)
        {
            read = from.ReadAtLeast(piece, piece.Length, throwOnEndOfStream: false);
            byte[] bound = Identity(identity, number, isLast: read < piece.Length);
            to.Write(after.Close(before.Open(piece.AsSpan(0, read), bound), bound));
        }
    }

    private static byte[] Identity(string identity, long number, bool isLast)
    {
        byte[] bytes = [.. Encoding.UTF8.GetBytes(identity), .. new byte[sizeof(long)], (byte)(isLast ? 1 : 0)];
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(bytes.Length - 1 - sizeof(long)), number);
        return bytes;
    }
}
