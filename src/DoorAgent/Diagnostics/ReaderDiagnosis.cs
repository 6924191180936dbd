using DoorAgent.Hardware.Badges;

namespace DoorAgent.Diagnostics;

/// <summary>Diagnoses a reader's wiring from the received signals. Pure.</summary>
internal static class ReaderDiagnosis
{
    // A short frame may be all zeros or all ones; a badge of 26 bits always has both, because of its parity bits.
    private const int EnoughPulses = 20;

    /// <summary>Describes one signal for the person who presents the badge; a badge number is never shown completely.</summary>
    public static string Words(BadgeRead read) => read switch
    {
        { Badge: { } badge } => $"badge {badge.Hint}",
        { Key: not null } => "a key",
        { Fault: ReadFault.LinesSwapped } => $"{read.Bits} bits, right with D0 and D1 exchanged",
        { Fault: ReadFault.Parity } => $"{read.Bits} bits, parity wrong",
        { Fault: ReadFault.Length } => $"{read.Bits} bits, which is not a configured format",
        { Fault: ReadFault.NoKey } => $"{read.Bits} bits, which is not a key",
        { Fault: ReadFault.SeveralCards } => "several cards at once, or one that cannot be read",
        _ => $"noise ({read.Bits} bits)",
    };

    /// <summary>Diagnoses all signals together.</summary>
    /// <param name="reads">The received signals, in order.</param>
    /// <param name="pulses">Number of pulses on each line.</param>
    /// <param name="wires">The configured lines.</param>
    /// <param name="findings">Receives the diagnosis.</param>
    public static void Judge(IReadOnlyCollection<BadgeRead> reads, (long D0, long D1) pulses, ReaderWires wires, Findings findings)
    {
        if (pulses is (0, 0))
        {
            findings.Warn("nothing came over D0 or D1",
                $"Present a badge while the doctor listens. If you did: does the reader have power (its light), and do D0, D1 and ground "
                    + $"reach lines {wires.D0}, {wires.D1} and the board's ground?");
            return;
        }

        if (pulses is (0, >= EnoughPulses) or ( >= EnoughPulses, 0))
        {
            (string silent, int line) = pulses.D0 == 0 ? ("D0", wires.D0) : ("D1", wires.D1);
            findings.Fault($"{pulses.D0 + pulses.D1} pulses came over one wire and none over {silent}",
                $"The {silent} wire is loose or on another line: fasten it on line {line}.");
            return;
        }

        if (reads.Count(read => read.Badge is not null) is > 0 and int good)
            findings.Ok($"{good} {(good == 1 ? "badge" : "badges")} read "
                + $"({string.Join(", ", reads.Select(read => read.Badge?.Hint).OfType<string>().Distinct())}), "
                + $"{pulses.D0} pulses on D0 and {pulses.D1} on D1");
        if (reads.Count(read => read.Key is not null) is > 0 and int keys)
            findings.Ok($"{keys} keys read");
        Judge(Faulty(reads, ReadFault.LinesSwapped), findings.Fault, "right with D0 and D1 exchanged: the wires are swapped",
            $"Exchange them at the terminals, or the numbers of Hardware:{wires.KeyOfD0} and Hardware:{wires.KeyOfD1}.");
        Judge(Faulty(reads, ReadFault.Noise), findings.Fault, "noise on the wires",
            "Shield the cable and keep it away from the lock's; join the grounds of reader, "
                + "board and supply; put a diode across the lock's coil.");
        Judge(Faulty(reads, ReadFault.Parity), findings.Fault, "with wrong parity: bits get lost",
            "Shorten the cable or shift the levels properly (5 V to 3.3 V); look for a loose wire.");
        Judge(Faulty(reads, ReadFault.Length), findings.Warn,
            $"of {string.Join(", ", Faulty(reads, ReadFault.Length).Select(read => read.Bits).Distinct().Order())} bits, "
                + "a length of no format in Badges:Formats",
            "If the length is always the same, set Badges:Formats to the format of the cards: "
                + $"{string.Join(", ", WiegandFormat.All.Select(format => $"{format.Name} ({format.Bits})"))}. "
                + "If the length changes, bits get lost: check the wires.");
        Judge(Faulty(reads, ReadFault.NoKey), findings.Warn, "with the length of a key, but not a key",
            "Set Badges:Keypad to the form in which the reader sends keys: 4-bit or 8-bit.");
    }

    private static BadgeRead[] Faulty(IEnumerable<BadgeRead> reads, ReadFault fault) => [.. reads.Where(read => read.Fault == fault)];

    private static void Judge(BadgeRead[] some, Action<string, string> take, string what, string next)
    {
        if (some.Length > 0)
            take($"{some.Length} {(some.Length == 1 ? "signal" : "signals")} {what}", next);
    }
}
