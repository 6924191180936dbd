using DoorAgent.Modes;

namespace DoorAgent.Operating;

/// <summary>What a previous run left of the mode.</summary>
/// <param name="Lasting">The lockdown, and suspended hours.</param>
/// <param name="MustBeWritten">Whether the file was missing or damaged.</param>
internal sealed record PreviousMode(LastingMode Lasting, bool MustBeWritten);

/// <summary>What <see cref="DoorModes"/> works with.</summary>
internal sealed record ModeParts
{
    public required ModeRule Rule { get; init; }

    public required ModeFile File { get; init; }

    /// <summary>Name of the unlock hours; null without any.</summary>
    public required string? Hours { get; init; }

    /// <summary>Reads the unlock hours.</summary>
    public required Func<HoursRead> ReadHours { get; init; }

    /// <summary>Returns the wall time, at the door's offset.</summary>
    public required Func<DateTimeOffset> Wall { get; init; }

    /// <summary>Returns the time to the next whole minute of the wall clock.</summary>
    public required Func<TimeSpan> ToNextMinute { get; init; }

    /// <summary>Returns whether the wall clock can be trusted.</summary>
    public required Func<bool> IsClockSet { get; init; }

    /// <summary>Returns the next instant at which the wall clock shows a time; null while the clock is not set.</summary>
    public required Func<TimeOnly, DateTimeOffset?> Next { get; init; }

    /// <summary>What the previous run left.</summary>
    public required PreviousMode Previous { get; init; }

    /// <summary>Whether an unlock without a record is refused.</summary>
    public required bool NeedsRecord { get; init; }

    /// <summary>Returns whether the door may be held unlocked: records can be written, or need not be.</summary>
    public required Func<bool> MayUnlock { get; init; }
}
