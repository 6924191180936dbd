using System.Globalization;
using System.Text.RegularExpressions;

namespace DoorAgent.Hardware.Badges;

/// <summary>
/// A badge number as FORMAT:FACILITY:CARD, decimal without leading zeros (H10301:123:4567); a format without facility
/// leaves it empty (H10302::123456789); an unknown layout is UID:HEX. The format is part of the number.
/// A badge is as good as a key: it prints redacted, and only <see cref="Number"/> shows it whole.
/// </summary>
public sealed partial record Badge
{
    private Badge(string format, string rest) => (Format, Number) = (format, $"{format}:{rest}");

    /// <summary>Name of the layout, such as H10301.</summary>
    public string Format { get; }

    /// <summary>The whole number: a secret, not for logs.</summary>
    public string Number { get; }

    /// <summary>Format and last two digits, <c>H10301 ...67</c>: what logs and records show.</summary>
    public string Hint => $"{Format} ...{Number[^2..].TrimStart(':')}";

    /// <summary>A badge of a known format; facility is null where the format has none.</summary>
    public static Badge Of(string format, uint? facility, ulong card) => Parse(string.Create(
        CultureInfo.InvariantCulture, $"{format}:{facility}:{card}"));

    /// <summary>A badge of an unknown layout, by its bytes in upper-case hexadecimal.</summary>
    public static Badge OfUid(ReadOnlySpan<byte> uid) => Parse($"UID:{Convert.ToHexString(uid)}");

    /// <summary>Reads a badge number.</summary>
    /// <exception cref="FormatException">It is not one; the message shows the form.</exception>
    public static Badge Parse(string text) => TryParse(text) ?? throw new FormatException(
        "That is not a badge number. It is FORMAT:FACILITY:CARD in decimal without leading zeros, "
        + "such as H10301:123:4567, or H10302::123456789 where the format has no facility, or UID:62B43423. "
        + "What is printed on a card as 123,04567 is H10301:123:4567.");

    /// <summary>Reads a badge number as people and readers write it: in either case, with blanks around it; null when it is not
    /// one.</summary>
    public static Badge? TryRead(string? text)
    {
        string trimmed = (text ?? "").Trim();
        return WiegandFormat.All.FirstOrDefault(format =>
            trimmed.StartsWith($"{format.Name}:", StringComparison.OrdinalIgnoreCase)) is { } known
            ? TryParse(known.Name + trimmed[known.Name.Length..]) : TryParse(trimmed) ?? TryParse(trimmed.ToUpperInvariant());
    }

    /// <summary>Reads a badge number as people write it.</summary>
    /// <exception cref="FormatException">It is not one; the message shows the form.</exception>
    public static Badge Read(string text) => TryRead(text) ?? Parse(text);

    /// <summary>Reads a badge number; null when it is not one.</summary>
    public static Badge? TryParse(string? text)
    {
        Match match = Form().Match(text ?? "");
        return match.Success ? new Badge(match.Groups["format"].Value, match.Groups["rest"].Value) : null;
    }

    /// <summary>The <see cref="Hint"/>: a badge never prints whole by accident.</summary>
    public override string ToString() => Hint;

    [GeneratedRegex(@"\A(?:(?<format>[A-Z][A-Za-z0-9]{1,15})(?<!UID):(?<rest>(?:0|[1-9][0-9]{0,9})?:(?:0|[1-9][0-9]{0,19}))"
        + @"|(?<format>UID):(?<rest>(?:[0-9A-F]{2}){2,16}))\z")]
    private static partial Regex Form();
}
