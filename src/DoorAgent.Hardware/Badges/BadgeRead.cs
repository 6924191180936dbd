namespace DoorAgent.Hardware.Badges;

/// <summary>Why a reader's signal was neither a badge nor a key.</summary>
public enum ReadFault
{
    /// <summary>It was one.</summary>
    None,

    /// <summary>A parity bit was wrong.</summary>
    Parity,

    /// <summary>No configured format has this number of bits.</summary>
    Length,

    /// <summary>Edges too close together, or more bits or time than any frame has: line noise.</summary>
    Noise,

    /// <summary>Parity is wrong as read and right with D0 and D1 exchanged: the wires are swapped. Never accepted.</summary>
    LinesSwapped,

    /// <summary>As long as a key of the keypad, and no key: its check is wrong, or no key has that number.</summary>
    NoKey,

    /// <summary>A line of text that is not a badge number in the configured form.</summary>
    NotANumber,

    /// <summary>A line of text that stopped in the middle.</summary>
    Unfinished,

    /// <summary>Text that is too long for a number, or has characters that nobody writes.</summary>
    Garbage,

    /// <summary>A line of text whose checksum is wrong.</summary>
    Checksum,

    /// <summary>Several cards at once at an RFID chip, or one that cannot be read.</summary>
    SeveralCards,
}

/// <summary>Whether the reader itself is there.</summary>
/// <param name="Fault">What is wrong with it, in words; null when it is there again.</param>
public sealed record ReaderHealth(string? Fault);

/// <summary>One signal of the reader: a badge, a key of its keypad, or the fault that it was.</summary>
/// <param name="Badge">The badge; null for a key, and when <paramref name="Fault"/> says why there is none.</param>
/// <param name="Fault">The fault, or <see cref="ReadFault.None"/>.</param>
/// <param name="LastEdge">Monotonic time of its last edge or character.</param>
/// <param name="Bits">How many bits were received; of a text, how many characters.</param>
public readonly record struct BadgeRead(Badge? Badge, ReadFault Fault, TimeSpan LastEdge, int Bits)
{
    /// <summary>The key, where it was one.</summary>
    public KeypadKey? Key { get; init; }

    /// <summary>Not a signal: the reader went or came back.</summary>
    public ReaderHealth? Health { get; init; }

    /// <summary>The reader went, for this reason, or came back.</summary>
    public static BadgeRead Of(ReaderHealth health, TimeSpan at) => new(null, ReadFault.None, at, 0) { Health = health };
}
