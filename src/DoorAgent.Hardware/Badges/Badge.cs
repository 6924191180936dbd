using System.Globalization;
using System.Text.RegularExpressions;

namespace DoorAgent.Hardware.Badges;

/// <summary>
/// A badge number as FORMAT:FACILITY:CARD, decimal without leading zeros (H10301:123:4567); a format without facility leaves that part
/// empty (H10302::123456789); a badge of an unknown layout is UID:HEX. The format is part of the number. A badge number opens doors like a
/// key: <see cref="ToString"/> prints it redacted; only <see cref="Number"/> is complete.
/// </summary>
public sealed partial record Badge
{
    private Badge(string format, string rest) => (Format, Number) = (format, $"{format}:{rest}");

    /// <summary>Name of the layout, such as H10301.</summary>
    public string Format { get; }

    /// <summary>The complete number: a secret that must not be logged.</summary>
    public string Number { get; }

    /// <summary>Format and last two digits, <c>H10301 ...67</c>: the form that logs and records show.</summary>
    public string Hint => $"{Format} ...{Number[^2..].TrimStart(':')}";

    /// <summary>Creates a badge of a known format; facility is null for a format without facility.</summary>
    public static Badge Of(string format, uint? facility, ulong card) => Parse(string.Create(
        CultureInfo.InvariantCulture, $"{format}:{facility}:{card}"));

    /// <summary>Creates a badge of an unknown layout from its bytes, written in upper-case hexadecimal.</summary>
    public static Badge OfUid(ReadOnlySpan<byte> uid) => Parse($"UID:{Convert.ToHexString(uid)}");

    /// <summary>Parses a badge number in its canonical form.</summary>
    /// <exception cref="FormatException">The text is not a badge number; the message shows the form.</exception>
    public static Badge Parse(string text) => TryParse(text) ?? throw new FormatException(
        "That is not a badge number. A badge number is FORMAT:FACILITY:CARD in decimal without leading zeros, such as H10301:123:4567, "
        + "or H10302::123456789 where the format has no facility, or UID:62B43423. A card with the print 123,04567 is H10301:123:4567.");

    /// <summary>Parses a badge number as people and readers write it, in either case and with surrounding blanks; null when the text is
    /// not a badge number.</summary>
    public static Badge? TryRead(string? text)
    {
        string trimmed = (text ?? "").Trim();
        WiegandFormat? known = WiegandFormat.All.FirstOrDefault(
            format => trimmed.StartsWith($"{format.Name}:", StringComparison.OrdinalIgnoreCase));
        return known is not null
            ? TryParse(known.Name + trimmed[known.Name.Length..]) : TryParse(trimmed) ?? TryParse(trimmed.ToUpperInvariant());
    }

    /// <summary>Parses a badge number as people write it; see <see cref="TryRead"/>.</summary>
    /// <exception cref="FormatException">The text is not a badge number; the message shows the form.</exception>
    public static Badge Read(string text) => TryRead(text) ?? Parse(text);

    /// <summary>Parses a badge number in its canonical form; null when the text is not a badge number.</summary>
    public static Badge? TryParse(string? text)
    {
        Match match = Form().Match(text ?? "");
        return match.Success ? new Badge(match.Groups["format"].Value, match.Groups["rest"].Value) : null;
    }

    /// <summary>Returns the <see cref="Hint"/>, so that the complete number is never printed by accident.</summary>
    public override string ToString() => Hint;

    [GeneratedRegex(@"\A(?:(?<format>[A-Z][A-Za-z0-9]{1,15})(?<!UID):(?<rest>(?:0|[1-9][0-9]{0,9})?:(?:0|[1-9][0-9]{0,19}))"
        + @"|(?<format>UID):(?<rest>(?:[0-9A-F]{2}){2,16}))\z")]
    private static partial Regex Form();
}
