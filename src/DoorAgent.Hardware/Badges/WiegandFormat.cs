using System.Globalization;
using System.Numerics;

namespace DoorAgent.Hardware.Badges;

/// <summary>
/// A Wiegand layout: number of bits, parity bits and fields. Bit 0 is the first bit on the wire. Pure. The layouts follow the formats'
/// public descriptions; Corporate 1000 has two interleaved parity bits and one over all bits.
/// </summary>
internal sealed class WiegandFormat
{
    private readonly Parity[] _parities;
    private readonly (int First, int Last)? _facility;
    private readonly (int First, int Last) _card;
    private readonly bool _isUid;

    private WiegandFormat(
        string name, int bits, (int First, int Last)? facility, (int First, int Last) card, bool isUid, params Parity[] parities)
    {
        (Name, Bits, _facility, _card, _isUid, _parities) = (name, bits, facility, card, isUid, parities);
    }

    /// <summary>All known formats.</summary>
    public static IReadOnlyList<WiegandFormat> All { get; } =
    [
        new("H10301", 26, (1, 8), (9, 24), false, Even(0, 1, 12), Odd(25, 13, 24)),
        new("H10306", 34, (1, 16), (17, 32), false, Even(0, 1, 16), Odd(33, 17, 32)),
        new("UID34", 34, null, (1, 32), true, Even(0, 1, 16), Odd(33, 17, 32)),
        new("C1k35s", 35, (2, 13), (14, 33), false,
            new Parity(1, false, Mask(2, 33, i => (i - 2) % 3 != 2)), new Parity(34, true, Mask(1, 32, i => (i - 1) % 3 != 2)),
            Odd(0, 1, 34)),
        new("H10304", 37, (1, 16), (17, 35), false, Even(0, 1, 18), Odd(36, 18, 35)),
        new("H10302", 37, null, (1, 35), false, Even(0, 1, 18), Odd(36, 18, 35)),
    ];

    /// <summary>The name in badge numbers and in the configuration; UID34 reads a frame of 34 bits as a card's raw 32-bit UID.</summary>
    public string Name { get; }

    /// <summary>The number of bits in a frame.</summary>
    public int Bits { get; }

    /// <summary>Returns the format with that name, or null.</summary>
    public static WiegandFormat? Find(string name) => All.FirstOrDefault(format => format.Name == name);

    /// <summary>Whether all parity bits of a frame are right.</summary>
    public bool HasRightParity(UInt128 bits) => _parities.All(parity => parity.IsRight(bits));

    /// <summary>Decodes a frame of the right length and parity.</summary>
    /// <param name="bits">The frame; bit 0 of the layout is bit 0 of the number.</param>
    public Badge Decode(UInt128 bits)
    {
        ulong card = Field(bits, _card);
        if (_isUid)
            return Badge.OfUid(Convert.FromHexString(card.ToString("X8", CultureInfo.InvariantCulture)));
        return Badge.Of(Name, _facility is { } facility ? (uint)Field(bits, facility) : null, card);
    }

    /// <summary>Returns the frame that a reader sends for a badge of a known format, as 0s and 1s, first bit first.</summary>
    /// <exception cref="FormatException">The badge's format is not one of <see cref="All"/>, a number is too large for the
    /// format, or the facility is missing or one too many.</exception>
    public static string Encode(Badge badge)
    {
        string[] parts = badge.Number.Split(':');
        bool isUid = badge.Format == "UID";
        WiegandFormat format = Find(isUid ? "UID34" : badge.Format)
            ?? throw new FormatException($"There is no Wiegand layout {badge.Format}."
                + $" The layouts are {string.Join(", ", All.Select(f => f.Name))}.");
        if (!isUid && (format._isUid || parts[1].Length > 0 != format._facility is not null))
            throw new FormatException($"Badge {badge} is not of the form of {format.Name}: its facility is "
                + $"{(parts[1].Length > 0 ? "one too many" : "missing")}.");
        UInt128 bits = Put(isUid ? Hex(parts[1]) : Number(parts[2], badge), format._card, badge);
        if (format._facility is { } facility)
            bits |= Put(Number(parts[1], badge), facility, badge);
        // The order matters: the last parity bit of the 35-bit layout covers the earlier ones.
        foreach (Parity parity in format._parities)
            bits |= parity.IsRight(bits) ? 0 : UInt128.One << parity.Bit;
        return Print(bits, format.Bits);
    }

    /// <summary>Returns bits as 0s and 1s, first bit first.</summary>
    public static string Print(UInt128 bits, int count) => string.Create(count, bits, (text, value) =>
    {
        for (int i = 0; i < text.Length; i++)
            text[i] = (value >> i & 1) == 0 ? '0' : '1';
    });

    /// <summary>
    /// Explains why no reader can send a badge: its format is one of <see cref="All"/> and does not have such a number. A mistyped
    /// badge is found this way. Null when a reader can send the badge, and for formats that only a text reader uses.
    /// </summary>
    public static string? Misfit(Badge badge)
    {
        if (Find(badge.Format) is not { } format)
            return null;
        string[] parts = badge.Number.Split(':');
        bool fits = !format._isUid && parts[1].Length > 0 == format._facility is not null
            && Fits(parts[2], format._card) && (format._facility is not { } facility || Fits(parts[1], facility));
        return fits ? null : format._isUid
            ? $"A badge that is read as {format.Name} is written UID:62B43423."
            : $"{format.Name} has "
                + (format._facility is { } wide ? $"facilities from 0 to {Largest(wide)} and cards" : "no facility, and cards")
                + $" from 0 to {Largest(format._card)}: no reader can send that badge.";
    }

    private static ulong Largest((int First, int Last) field) => (1UL << (field.Last - field.First + 1)) - 1;

    private static bool Fits(string number, (int First, int Last) field) =>
        ulong.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out ulong value) && value <= Largest(field);

    private static ulong Field(UInt128 bits, (int First, int Last) field)
    {
        ulong value = 0;
        for (int i = field.First; i <= field.Last; i++)
            value = value << 1 | (ulong)(bits >> i & 1);
        return value;
    }

    private static UInt128 Put(ulong value, (int First, int Last) field, Badge badge)
    {
        int width = field.Last - field.First + 1;
        if (value >> width != 0)
            throw new FormatException($"A number of badge {badge} does not fit into the {width} bits of its field in {badge.Format}.");
        UInt128 bits = 0;
        for (int i = 0; i < width; i++)
            bits |= (UInt128)(value >> (width - 1 - i) & 1) << (field.First + i);
        return bits;
    }

    private static ulong Number(string text, Badge badge) =>
        ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong value)
            ? value
            : throw new FormatException($"A number of badge {badge} is larger than any Wiegand frame can carry.");

    private static ulong Hex(string text) => text.Length == 8
        ? uint.Parse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)
        : throw new FormatException($"A Wiegand frame carries a UID of 4 bytes; this UID has {text.Length / 2}.");

    private static Parity Even(int bit, int first, int last) => new(bit, false, Mask(first, last, _ => true));

    private static Parity Odd(int bit, int first, int last) => new(bit, true, Mask(first, last, _ => true));

    private static UInt128 Mask(int first, int last, Func<int, bool> isCovered)
    {
        UInt128 mask = 0;
        for (int i = first; i <= last; i++)
            mask |= isCovered(i) ? UInt128.One << i : 0;
        return mask;
    }

    /// <summary>A parity bit and the other bits that it covers.</summary>
    private readonly record struct Parity(int Bit, bool IsOdd, UInt128 Covered)
    {
        public bool IsRight(UInt128 bits)
        {
            UInt128 all = bits & (Covered | UInt128.One << Bit);
            return (BitOperations.PopCount((ulong)all) + BitOperations.PopCount((ulong)(all >> 64))) % 2 == (IsOdd ? 1 : 0);
        }
    }
}
