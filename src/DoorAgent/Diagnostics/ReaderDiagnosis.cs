using DoorAgent.Hardware;
using DoorAgent.Hardware.Badges;

namespace DoorAgent.Diagnostics;

/// <summary>What a reader's signals say of its wires. Pure.</summary>
internal static class ReaderDiagnosis
{
    // A short frame may well be all zeros or all ones: a badge of 26 bits has both, by its parity.
    private const int EnoughPulses = 20;

    /// <summary>One signal, for who presents the badge; a number never stands on the screen whole.</summary>
    public static string Words(BadgeRead read) => read switch
    {
        { Badge: { } badge } => $"badge {badge.Hint}",
        { Key: not null } => "a key",
        { Fault: ReadFault.LinesSwapped } => $"{read.Bits} bits, right with D0 and D1 exchanged",
        { Fault: ReadFault.Parity } => $"{read.Bits} bits, parity wrong",
        { Fault: ReadFault.Length } => $"{read.Bits} bits, which is no layout that is set",
        { Fault: ReadFault.NoKey } => $"{read.Bits} bits, which is no key",
        { Fault: ReadFault.SeveralCards } => "several cards at once, or one that cannot be read",
        _ => $"noise ({read.Bits} bits)",
    };

    /// <summary>Judges all that came.</summary>
    /// <param name="reads">The signals, in order.</param>
    /// <param name="pulses">How many pulses came on each line.</param>
    /// <param name="hardware">Which lines those are.</param>
    /// <param name="findings">Takes down what follows.</param>
    public static void Judge(IReadOnlyCollection<BadgeRead> reads, (long D0, long D1) pulses, HardwareOptions hardware, Findings findings)
    {
        if (pulses is (0, 0))
        {
            findings.Warn("nothing came over D0 or D1", $"Present a badge while it listens. If you did: has the reader power (its light), and do D0, D1 and ground reach lines {hardware.D0}, {hardware.D1} and the board's ground?");
            return;
        }

        if (pulses is (0, >= EnoughPulses) or ( >= EnoughPulses, 0))
        {
            (string silent, int line) = pulses.D0 == 0 ? ("D0", hardware.D0) : ("D1", hardware.D1);
            findings.Fault($"{pulses.D0 + pulses.D1} pulses came over one wire and none over {silent}", $"The {silent} wire is loose or on another line: fasten it on line {line}.");
            return;
        }

        if (reads.Count(read => read.Badge is not null) is > 0 and int good)
            findings.Ok($"{good} {(good == 1 ? "badge" : "badges")} read ({string.Join(", ", reads.Select(read => read.Badge?.Hint).OfType<string>().Distinct())}), {pulses.D0} pulses on D0 and {pulses.D1} on D1");
        if (reads.Count(read => read.Key is not null) is > 0 and int keys)
            findings.Ok($"{keys} keys read");
        Judge(Faulty(reads, ReadFault.LinesSwapped), findings.Fault, "right with D0 and D1 exchanged: the wires are swapped", "Exchange them at the terminals, or the numbers of Hardware:D0 and Hardware:D1.");
        Judge(Faulty(reads, ReadFault.Noise), findings.Fault, "noise on the wires", "Shield the cable and keep it away from the lock's; join the grounds of reader, board and supply; put a diode across the lock's coil.");
        Judge(Faulty(reads, ReadFault.Parity), findings.Fault, "with wrong parity: bits get lost", "Shorten the cable or shift the levels properly (5 V to 3.3 V); look for a loose wire.");
        Judge(Faulty(reads, ReadFault.Length), findings.Warn, $"of {string.Join(", ", Faulty(reads, ReadFault.Length).Select(read => read.Bits).Distinct().Order())} bits, which no layout in Badges:Formats has",
            $"If it is always the same length, set Badges:Formats to the layout that the cards have: {string.Join(", ", WiegandFormat.All.Select(format => $"{format.Name} ({format.Bits})"))}. If it changes, bits get lost: look at the wires.");
        Judge(Faulty(reads, ReadFault.NoKey), findings.Warn, "as long as a key and none", "Set Badges:Keypad as the reader sends its keys: 4-bit or 8-bit.");
    }

    private static BadgeRead[] Faulty(IEnumerable<BadgeRead> reads, ReadFault fault) => [.. reads.Where(read => read.Fault == fault)];

    private static void Judge(BadgeRead[] some, Action<string, string> take, string what, string next)
    {
        if (some.Length > 0)
            take($"{some.Length} {(some.Length == 1 ? "signal" : "signals")} {what}", next);
    }
}
