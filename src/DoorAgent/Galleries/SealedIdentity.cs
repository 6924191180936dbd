using System.Buffers.Binary;
using System.Text;

namespace DoorAgent.Galleries;

/// <summary>
/// What a sealed value of a gallery is and to what it belongs, as the bytes that are authenticated with the value: person (8 bytes, 0 for
/// nobody), badge (8, 0 for none), alignment (4), all big endian, then length (1) and name of table and column, length (1) and SHA-256 of
/// the encoder, and the picture's SHA-256. A value that was moved to another row, person, column or table does not open.
/// </summary>
internal static class SealedIdentity
{
    /// <summary>Length of the longest identity whose picture is a SHA-256.</summary>
    public const int MostBytes = 128;

    private const int NameAt = 20;

    /// <summary>Writes an identity.</summary>
    /// <param name="to">Room for the bytes: <see cref="MostBytes"/>, or more for a longer picture.</param>
    /// <param name="column">Table and column, such as <c>encoding.vector</c>.</param>
    /// <param name="person">Row id of the person; 0 for nobody.</param>
    /// <param name="badge">Row id of the badge; 0 for none.</param>
    /// <param name="encoder">SHA-256 of the encoder; empty for none.</param>
    /// <param name="alignment">Number of the alignment; 0 for none.</param>
    /// <param name="picture">SHA-256 of the picture; empty for none.</param>
    /// <returns>The written part of <paramref name="to"/>.</returns>
    public static Span<byte> Write(Span<byte> to, string column, long person, long badge, ReadOnlySpan<byte> encoder, int alignment,
        ReadOnlySpan<byte> picture)
    {
        BinaryPrimitives.WriteInt64BigEndian(to, person);
        BinaryPrimitives.WriteInt64BigEndian(to[8..], badge);
        BinaryPrimitives.WriteInt32BigEndian(to[16..], alignment);
        int at = NameAt + 1 + Encoding.UTF8.GetBytes(column, to[(NameAt + 1)..]);
        to[NameAt] = (byte)(at - NameAt - 1);
        to[at++] = (byte)encoder.Length;
        encoder.CopyTo(to[at..]);
        at += encoder.Length;
        picture.CopyTo(to[at..]);
        return to[..(at + picture.Length)];
    }

    /// <inheritdoc cref="Write"/>
    public static byte[] Of(string column, long person = 0, long badge = 0, ReadOnlySpan<byte> encoder = default, int alignment = 0,
        ReadOnlySpan<byte> picture = default) =>
        Write(new byte[MostBytes + encoder.Length + picture.Length], column, person, badge, encoder, alignment, picture).ToArray();

    /// <summary>Returns the identity of an encoding.</summary>
    public static byte[] OfEncoding(long person, EncoderIdentity encoder, ReadOnlySpan<byte> picture) =>
        Of(SealedColumn.Encoding, person, encoder: Convert.FromHexString(encoder.Digest), alignment: encoder.Alignment, picture: picture);

    /// <summary>Returns table and column, and the person's row id, of an identity.</summary>
    public static (string Column, long Person) Read(ReadOnlySpan<byte> identity) => (
        Encoding.UTF8.GetString(identity.Slice(NameAt + 1, identity[NameAt])), BinaryPrimitives.ReadInt64BigEndian(identity));
}
