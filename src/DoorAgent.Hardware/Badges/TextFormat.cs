using System.Globalization;

namespace DoorAgent.Hardware.Badges;

/// <summary>A format in which a reader writes badge numbers as text. Pure.</summary>
internal sealed class TextFormat
{
    private const string OfPrintedNumbers = "H10301";

    private readonly Func<string, Badge?> _read;

    private TextFormat(string name, Func<string, Badge?> read) => (Name, _read) = (name, read);

    /// <summary>The named formats. <see cref="Find"/> also accepts a badge prefix as a format.</summary>
    public static IReadOnlyList<TextFormat> All { get; } =
    [
        // Ten digits are a number of 24 bits, such as 0012345678, whose highest 8 bits are the facility. Larger numbers are other cards.
        new("decimal-10",
            text => Number(text, 10) is { } number and < 1u << 24 ? Printed(number >> 16, number & 0xFFFF) : AsPrinted(text)),
        // Three digits are the facility and five the card, as printed: the reader sends 188,24910 or 18824910.
        new("decimal-3+5", text => Number(text, 8) is { } number ? Printed(number / 100_000, number % 100_000) : AsPrinted(text)),
        // Ten digits are the 32 bits of a UID.
        new("decimal-uid", text => Number(text, 10) is { } number and <= uint.MaxValue
            ? Uid(number.ToString("X8", CultureInfo.InvariantCulture)) : null),
        new("hex-uid", text => Uid(text.StartsWith("0X", StringComparison.Ordinal) ? text[2..] : text)),
    ];

    /// <summary>The format's name in the configuration.</summary>
    public string Name { get; }

    /// <summary>Returns the format with that name: one of <see cref="All"/>, or for a prefix such as H10302: or H10301:123 a format
    /// in which the reader writes the card as a plain decimal number. Null for any other name.</summary>
    public static TextFormat? Find(string name) => All.FirstOrDefault(format => format.Name == name)
        ?? (Badge.TryParse($"{name}:1") is { Format: not "UID" } ? new TextFormat(name, text => WithPrefix(name, text)) : null);

    /// <summary>Reads a badge from a line of text in upper case without surrounding blanks; null when the line is not a badge number.
    /// A complete number in this program's notation is accepted in every format.</summary>
    public Badge? Read(string text) => _read(text) ?? Badge.TryRead(text);

    private static Badge? WithPrefix(string prefix, string text) =>
        text.Length > 0 && text.All(char.IsAsciiDigit)
            ? Badge.TryParse($"{prefix}:{(text.TrimStart('0') is { Length: > 0 } card ? card : "0")}") : null;

    private static ulong? Number(string text, int digits) =>
        text.Length == digits && ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong number) ? number : null;

    /// <summary>Reads facility and card that are separated by a comma.</summary>
    private static Badge? AsPrinted(string text) =>
        text.Split(',') is [{ Length: 3 } facility, { Length: 5 } card] && Number(facility, 3) is { } high && Number(card, 5) is { } low
            ? Printed(high, low) : null;

    private static Badge? Printed(ulong facility, ulong card) =>
        facility <= byte.MaxValue && card <= ushort.MaxValue ? Badge.Of(OfPrintedNumbers, (uint)facility, card) : null;

    private static Badge? Uid(string hex) => Badge.TryParse($"UID:{hex}");
}
