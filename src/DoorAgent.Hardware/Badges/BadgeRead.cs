namespace DoorAgent.Hardware.Badges;

/// <summary>Why a reader's signal was not a badge.</summary>
public enum ReadFault
{
    /// <summary>It was a badge.</summary>
    None,

    /// <summary>A parity bit was wrong.</summary>
    Parity,

    /// <summary>No configured format has this number of bits.</summary>
    Length,

    /// <summary>Edges too close together, or more bits or time than any frame has: line noise.</summary>
    Noise,

    /// <summary>Parity is wrong as read and right with D0 and D1 exchanged: the wires are swapped. Never accepted.</summary>
    LinesSwapped,
}

/// <summary>One signal of the reader: a badge, or the fault that it was.</summary>
/// <param name="Badge">The badge, or null when <paramref name="Fault"/> says why not.</param>
/// <param name="Fault">The fault, or <see cref="ReadFault.None"/>.</param>
/// <param name="LastEdge">Monotonic time of its last edge.</param>
/// <param name="Bits">How many bits were received.</param>
public readonly record struct BadgeRead(Badge? Badge, ReadFault Fault, TimeSpan LastEdge, int Bits);
