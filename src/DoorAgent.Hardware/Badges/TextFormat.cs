using System.Globalization;

namespace DoorAgent.Hardware.Badges;

/// <summary>How a reader writes a badge's number as text. Pure.</summary>
internal sealed class TextFormat
{
    private const string OfPrintedNumbers = "H10301";

    private readonly Func<string, Badge?> _read;

    private TextFormat(string name, Func<string, Badge?> read) => (Name, _read) = (name, read);

    /// <summary>The named formats; beside them, format and facility of the badges are a format (<see cref="Find"/>).</summary>
    public static IReadOnlyList<TextFormat> All { get; } =
    [
        // Ten digits count 24 bits, as 0012345678: the facility is the highest 8 of them. More than 24 bits are another card.
        new("decimal-10", text => Number(text, 10) is { } number and < 1u << 24 ? Printed(number >> 16, number & 0xFFFF) : AsPrinted(text)),
        // Three digits of facility and five of card, as they are printed: 188,24910 is sent so, or as 18824910.
        new("decimal-3+5", text => Number(text, 8) is { } number ? Printed(number / 100_000, number % 100_000) : AsPrinted(text)),
        // Ten digits count the 32 bits of a UID.
        new("decimal-uid", text => Number(text, 10) is { } number and <= uint.MaxValue
            ? Uid(number.ToString("X8", CultureInfo.InvariantCulture)) : null),
        new("hex-uid", text => Uid(text.StartsWith("0X", StringComparison.Ordinal) ? text[2..] : text)),
    ];

    /// <summary>What the configuration calls it.</summary>
    public string Name { get; }

    /// <summary>The format of that name: one of <see cref="All"/>, or format and facility of the badges, such as H10302: or
    /// H10301:123, whose card is then written as a plain decimal number. Null for others.</summary>
    public static TextFormat? Find(string name) => All.FirstOrDefault(format => format.Name == name)
        ?? (Badge.TryParse($"{name}:1") is { Format: not "UID" } ? new TextFormat(name, text => WithPrefix(name, text)) : null);

    /// <summary>The badge that a line of text names, in upper case and without blanks around it; null when it names none. A whole number
    /// in our own notation is what it says.</summary>
    public Badge? Read(string text) => _read(text) ?? Badge.TryRead(text);

    private static Badge? WithPrefix(string prefix, string text) =>
        text.Length > 0 && text.All(char.IsAsciiDigit)
            ? Badge.TryParse($"{prefix}:{(text.TrimStart('0') is { Length: > 0 } card ? card : "0")}")
            : null;

    private static ulong? Number(string text, int digits) =>
        text.Length == digits && ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong number) ? number : null;

    /// <summary>Facility and card with a comma between them.</summary>
    private static Badge? AsPrinted(string text) =>
        text.Split(',') is [{ Length: 3 } facility, { Length: 5 } card] && Number(facility, 3) is { } high && Number(card, 5) is { } low
            ? Printed(high, low)
            : null;

    private static Badge? Printed(ulong facility, ulong card) =>
        facility <= byte.MaxValue && card <= ushort.MaxValue ? Badge.Of(OfPrintedNumbers, (uint)facility, card) : null;

    private static Badge? Uid(string hex) => Badge.TryParse($"UID:{hex}");
}
