namespace DoorAgent.Hardware.Badges;

/// <summary>The reason why a reader's signal is neither a badge nor a key.</summary>
public enum ReadFault
{
    /// <summary>The signal is a badge or a key.</summary>
    None,

    /// <summary>A parity bit was wrong.</summary>
    Parity,

    /// <summary>No configured format has this number of bits.</summary>
    Length,

    /// <summary>Line noise: edges were too close together, or the signal has more bits or took longer than any frame.</summary>
    Noise,

    /// <summary>The wires are swapped: parity is right only with D0 and D1 exchanged. Such a frame is never accepted.</summary>
    LinesSwapped,

    /// <summary>The signal has the length of a key but is not a key: its check bits are wrong, or no key has that number.</summary>
    NoKey,

    /// <summary>A line of text is not a badge number in the configured format.</summary>
    NotANumber,

    /// <summary>A line of text stopped before its end.</summary>
    Unfinished,

    /// <summary>A text is too long for a number or contains unprintable characters.</summary>
    Garbage,

    /// <summary>The checksum of a line of text is wrong.</summary>
    Checksum,

    /// <summary>Several cards are at an RFID chip at once, or one that the chip cannot read.</summary>
    SeveralCards,
}

/// <summary>Reports that the reader was lost or is back.</summary>
/// <param name="Fault">What is wrong with the reader, in words; null when the reader is back.</param>
public sealed record ReaderHealth(string? Fault);

/// <summary>One signal of the reader: a badge, a key of the keypad, a fault, or a change of the reader's health.</summary>
/// <param name="Badge">The badge; null for a key, for a change of health, and when <paramref name="Fault"/> names a fault.</param>
/// <param name="Fault">The fault, or <see cref="ReadFault.None"/>.</param>
/// <param name="LastEdge">Monotonic time of the signal's last edge or character.</param>
/// <param name="Bits">Number of received bits; for a text, number of characters.</param>
public readonly record struct BadgeRead(Badge? Badge, ReadFault Fault, TimeSpan LastEdge, int Bits)
{
    /// <summary>The key; null for any other signal.</summary>
    public KeypadKey? Key { get; init; }

    /// <summary>The change of the reader's health; null for a badge, key or fault.</summary>
    public ReaderHealth? Health { get; init; }

    /// <summary>Creates a report that the reader was lost or is back.</summary>
    public static BadgeRead Of(ReaderHealth health, TimeSpan at) => new(null, ReadFault.None, at, 0) { Health = health };
}
