using System.Buffers.Text;
using System.Security.Cryptography;

namespace DoorAgent.Fleet;

/// <summary>
/// Requests and answers as text that people copy, send and scan: <c>dooragent-</c>, the name of the kind, <c>-1:</c>, base64url (RFC 4648)
/// of the record and the first four bytes of its SHA-256, and a full stop, by which a text that was cut off is recognised. White space
/// anywhere is ignored.
/// </summary>
internal static class JoinText
{
    private const int ChecksumBytes = 4;
    private const char End = '.';

    /// <summary>The longest text, in characters.</summary>
    public const int Longest = 16 << 10;

    /// <summary>Returns the text of a record.</summary>
    /// <param name="kind">Name of the kind, such as <c>request</c>.</param>
    /// <param name="record">The record.</param>
    public static string Write(string kind, ReadOnlySpan<byte> record) =>
        $"{StartOf(kind)}{Base64Url.EncodeToString([.. record, .. SHA256.HashData(record).AsSpan(0, ChecksumBytes)])}{End}";

    /// <summary>Reads the record of a text.</summary>
    /// <exception cref="FleetRecordException">The text is another one, is cut off, or has a mistake; the message says which.</exception>
    public static byte[] Read(string kind, string text)
    {
        if (text.Length > Longest)
            throw new FleetRecordException($"the text is too long to be the {kind}");
        string all = string.Concat(text.Where(letter => !char.IsWhiteSpace(letter)));
        if (!all.StartsWith(StartOf(kind), StringComparison.Ordinal))
            throw new FleetRecordException($"the text is not the {kind}: it must begin with '{StartOf(kind)}'");
        if (!all.EndsWith(End))
            throw new FleetRecordException($"the {kind} is cut off: it ends with a full stop. "
                + "Copy it again, from its first to its last character");
        byte[] bytes = Decoded(all.AsSpan(StartOf(kind).Length..^1));
        return bytes.Length > ChecksumBytes
            && SHA256.HashData(bytes.AsSpan(..^ChecksumBytes)).AsSpan(0, ChecksumBytes).SequenceEqual(bytes.AsSpan(^ChecksumBytes..))
            ? bytes[..^ChecksumBytes]
            : throw new FleetRecordException($"the {kind} has a mistake: a character was changed, lost or added. Copy it again");
    }

    private static string StartOf(string kind) => $"dooragent-{kind}-1:";

    private static byte[] Decoded(ReadOnlySpan<char> text)
    {
        byte[] bytes = new byte[Base64Url.GetMaxDecodedLength(text.Length)];
        try
        {
            return Base64Url.TryDecodeFromChars(text, bytes, out int written) ? bytes[..written] : [];
        }
        catch (FormatException)
        {
            return [];
        }
    }
}
