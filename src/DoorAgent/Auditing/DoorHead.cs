using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using DoorAgent.Matching;

namespace DoorAgent.Auditing;

/// <summary>
/// How far a door has come: the newest gallery that it has used, and the last record of its journal. The daemon writes its head into its
/// data directory, and root copies the head into the anchor, which the daemon's user cannot change.
/// </summary>
/// <param name="Time">When the head was written.</param>
/// <param name="Gallery">The newest gallery that the door has used; null before the first.</param>
/// <param name="Journal">The newest record of the chained journal; null where no record has a mac.</param>
internal sealed partial record DoorHead(DateTimeOffset Time, GalleryHead? Gallery, JournalHead? Journal)
{
    /// <summary>The largest size of the text, in bytes.</summary>
    public const int MostBytes = 1024;

    private const string None = "-";

    /// <summary>Returns the text that <see cref="Parse"/> reads.</summary>
    public string Print()
    {
        StringBuilder text = new("dooragent-head 1\n");
        text.Append(CultureInfo.InvariantCulture, $"time {Time.UtcDateTime:O}\n");
        if (Gallery is { } gallery)
        {
            text.Append(CultureInfo.InvariantCulture, $"gallery {gallery.Revision} {(gallery.Mark.Length == 0 ? None : gallery.Mark)} ")
                .Append(CultureInfo.InvariantCulture, $"{gallery.Digest ?? None} {gallery.KeyId ?? None}\n");
        }

        if (Journal is { } journal)
            text.Append(CultureInfo.InvariantCulture, $"journal {journal.Sequence} {journal.Mac ?? None}\n");
        return text.ToString();
    }

    /// <summary>Reads a head from bytes that anybody may have written: every byte outside the form is refused, and a message repeats
    /// nothing of the text.</summary>
    /// <exception cref="InvalidDataException">The bytes are not a head.</exception>
    public static DoorHead Parse(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > MostBytes || !Ascii.IsValid(bytes)
            || Form().Match(Encoding.ASCII.GetString(bytes)) is not { Success: true } match)
            throw new InvalidDataException("the text does not have the form of a head");
        if (!DateTimeOffset.TryParseExact(match.Groups["time"].Value, "O", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal,
            out DateTimeOffset time))
            throw new InvalidDataException("the time of the head is not a time");
        return new DoorHead(time, GalleryIn(match), JournalIn(match));
    }

    private static GalleryHead? GalleryIn(Match match) => !match.Groups["revision"].Success ? null
        : new GalleryHead(Number(match, "revision"), Word(match, "mark") ?? "", Word(match, "digest"), Word(match, "key"));

    private static JournalHead? JournalIn(Match match) => !match.Groups["sequence"].Success ? null
        : new JournalHead(Number(match, "sequence"), Word(match, "mac"));

    private static long Number(Match match, string group) => long.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);

    private static string? Word(Match match, string group) => match.Groups[group].Value is not None and var word ? word : null;

    [GeneratedRegex(@"\Adooragent-head 1\ntime (?<time>[0-9T:.-]{27}Z)\n"
        + @"(?:gallery (?<revision>[0-9]{1,16}) (?<mark>-|[0-9a-f]{32}) (?<digest>-|[0-9a-f]{64}) (?<key>-|[0-9a-f]{16})\n)?"
        + @"(?:journal (?<sequence>[0-9]{1,16}) (?<mac>-|[0-9a-f]{64})\n)?\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Form();
}
