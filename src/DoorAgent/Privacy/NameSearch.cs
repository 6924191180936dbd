using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace DoorAgent.Privacy;

/// <summary>Searches the bytes of files for names, in UTF-8 and both forms of UTF-16, as written and in capitals and small letters, and with
/// the escapes of JSON. A name counts as a whole word only, so that "Al" is not found in "Alarm".</summary>
internal sealed partial class NameSearch
{
    private const int BlockSize = 1 << 20;

    private readonly (byte[] Name, int Step)[] _patterns;
    private readonly int _longest;

    /// <param name="names">The names.</param>
    public NameSearch(IEnumerable<string> names)
    {
        string[] forms = [.. names.Where(name => name.Length > 0)
            .SelectMany(name => new[] { name, name.ToUpperInvariant(), name.ToLowerInvariant() })
            .SelectMany(name => Escaped(name).Prepend(name)).Distinct()];
        _patterns =
        [
            .. forms.Select(name => (Encoding.UTF8.GetBytes(name), 1)),
            .. forms.Select(name => (Encoding.Unicode.GetBytes(name), 2)),
            .. forms.Select(name => (Encoding.BigEndianUnicode.GetBytes(name), 2)),
        ];
        _longest = _patterns.Select(pattern => pattern.Name.Length).DefaultIfEmpty(0).Max();
    }

    // Many programs write every letter beyond ASCII as "\u00e4" into JSON, some with capital digits, and some the apostrophe too.
    private static IEnumerable<string> Escaped(string name) =>
        from escaped in new[] { JsonEncodedText.Encode(name).ToString() }
        from form in new[] { escaped, escaped.Replace(@"\u0027", "'", StringComparison.Ordinal) }
        from digits in new[] { form, Escape().Replace(form, one => one.Value.ToLowerInvariant()) }
        select digits;

    [GeneratedRegex(@"\\u[0-9A-F]{4}")]
    private static partial Regex Escape();

    /// <summary>Returns whether a file contains a name; a ZIP or gzip file is searched unpacked.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="InvalidDataException">A ZIP or gzip file is damaged.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not read the file.</exception>
    public bool IsInFile(string file)
    {
        using FileStream stream = new(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        byte[] head = new byte[4];
        int read = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        stream.Position = 0;
        if (read == head.Length && head.AsSpan().SequenceEqual("PK\u0003\u0004"u8))
        {
            using ZipArchive zip = new(stream, ZipArchiveMode.Read);
            return zip.Entries.Any(entry => IsIn(entry.FullName) || IsInStream(entry.Open()));
        }

        return read == head.Length && head[0] == 0x1F && head[1] == 0x8B
            ? IsInStream(new GZipStream(stream, CompressionMode.Decompress))
            : IsInStream(stream);
    }

    private bool IsInStream(Stream opened)
    {
        using Stream stream = opened;
        // Each block begins with the end of the one before, with room for the characters beside a name.
        byte[] block = new byte[BlockSize + (2 * (_longest + 2))];
        int kept = 0;
        for (int read; (read = stream.ReadAtLeast(block.AsSpan(kept), BlockSize, throwOnEndOfStream: false)) > 0;)
        {
            ReadOnlySpan<byte> bytes = block.AsSpan(0, kept + read);
            if (IsIn(bytes))
                return true;
            kept = Math.Min(bytes.Length, _longest + 2);
            bytes[^kept..].ToArray().CopyTo(block, 0);
        }

        return false;
    }

    /// <summary>Returns whether a text contains a name.</summary>
    public bool IsIn(string text) => IsIn(Encoding.UTF8.GetBytes(text));

    /// <summary>Returns whether bytes contain a name.</summary>
    public bool IsIn(ReadOnlySpan<byte> bytes)
    {
        foreach ((byte[] name, int step) in _patterns)
        {
            if (IndexOf(bytes, name, step: step) >= 0)
                return true;
        }

        return false;
    }

    /// <summary>Returns where a name stands as a whole word; -1 where it does not.</summary>
    /// <param name="bytes">The text.</param>
    /// <param name="name">The name, in the same encoding.</param>
    /// <param name="from">Where the search begins.</param>
    /// <param name="step">Bytes of a character: 1 for UTF-8, 2 for UTF-16.</param>
    public static int IndexOf(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> name, int from = 0, int step = 1)
    {
        for (; bytes[from..].IndexOf(name) is >= 0 and var at; from += at + 1)
        {
            int start = from + at;
            if (!IsLetterAt(bytes, start - step, step) && !IsLetterAt(bytes, start + name.Length, step))
                return start;
        }

        return -1;
    }

    // Bytes of UTF-8 above ASCII are letters here; in UTF-16 one of the two bytes of an ASCII letter is 0.
    private static bool IsLetterAt(ReadOnlySpan<byte> bytes, int at, int step)
    {
        if (at + step <= 0 || at >= bytes.Length)
            return false;
        if (step == 1)
            return bytes[at] >= 0x80 || char.IsAsciiLetterOrDigit((char)bytes[at]);
        // The text may begin or end within a character.
        (byte one, byte other) = (at < 0 ? (byte)0 : bytes[at], at + 1 < bytes.Length ? bytes[at + 1] : (byte)0);
        return (one == 0 && char.IsAsciiLetterOrDigit((char)other)) || (other == 0 && char.IsAsciiLetterOrDigit((char)one));
    }
}
