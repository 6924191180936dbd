using System.Globalization;
using DoorAgent.Hardware.Badges;

namespace DoorAgent.Hardware.Tests.Badges;

/// <summary>A naive twin of <see cref="WiegandFormat"/>, which implements the layouts on text and by counting.</summary>
internal static class NaiveWiegand
{
    public static IReadOnlyList<string> Names { get; } = ["H10301", "H10306", "UID34", "C1k35s", "H10304", "H10302"];

    public static int Length(string format) => format switch
    {
        "H10301" => 26,
        "H10306" or "UID34" => 34,
        "C1k35s" => 35,
        _ => 37,
    };

    /// <summary>Returns the largest facility (null for a format without facility) and card.</summary>
    public static (uint? Facility, ulong Card) Largest(string format) => format switch
    {
        "H10301" => (255, 65535),
        "H10306" => (65535, 65535),
        "UID34" => (null, uint.MaxValue),
        "C1k35s" => (4095, 1048575),
        "H10304" => (65535, 524287),
        _ => (null, 34359738367),
    };

    public static bool HasRightParity(string format, string bits) => format switch
    {
        "H10301" => Even(bits[..13]) && !Even(bits[13..]),
        "H10306" or "UID34" => Even(bits[..17]) && !Even(bits[17..]),
        "C1k35s" => Even(Pick(bits, i => i == 1 || (i is >= 2 and <= 33 && i % 3 != 1)))
            && !Even(Pick(bits, i => i == 34 || (i is >= 1 and <= 32 && i % 3 != 0))) && !Even(bits),
        _ => Even(bits[..19]) && !Even(bits[18..]),
    };

    public static Badge Decode(string format, string bits) => format switch
    {
        "H10301" => Badge.Of(format, (uint)Number(bits[1..9]), Number(bits[9..25])),
        "H10306" => Badge.Of(format, (uint)Number(bits[1..17]), Number(bits[17..33])),
        "UID34" => Badge.Parse("UID:" + Number(bits[1..33]).ToString("X8", CultureInfo.InvariantCulture)),
        "C1k35s" => Badge.Of(format, (uint)Number(bits[2..14]), Number(bits[14..34])),
        "H10304" => Badge.Of(format, (uint)Number(bits[1..17]), Number(bits[17..36])),
        _ => Badge.Of(format, null, Number(bits[1..36])),
    };

    public static UInt128 Pack(string bits)
    {
        UInt128 packed = 0;
        for (int i = 0; i < bits.Length; i++)
            packed |= bits[i] == '1' ? UInt128.One << i : 0;
        return packed;
    }

    public static string Inverted(string bits) => string.Concat(bits.Select(bit => bit == '0' ? '1' : '0'));

    private static ulong Number(string bits) => Convert.ToUInt64(bits, 2);

    private static bool Even(string bits) => bits.Count(bit => bit == '1') % 2 == 0;

    private static string Pick(string bits, Func<int, bool> isTaken) => string.Concat(bits.Where((_, i) => isTaken(i)));
}
