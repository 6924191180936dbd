namespace DoorAgent.Modes;

/// <summary>The mode of a running door, for operators and programs.</summary>
/// <param name="Mode">The mode.</param>
/// <param name="Words">The mode in words: since when, by whom, until when, and the next change by hours.</param>
internal sealed record ModeStatus(DoorMode Mode, string Words)
{
    /// <summary>Begin of the mode; null for the normal mode since the start.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Who ordered the mode, or the hours; null for the normal mode.</summary>
    public string? By { get; init; }

    /// <summary>End of the mode; null where it has no end of its own.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>The next change of <c>Doors:UnlockHours</c>: their begin or end. Null without such hours, and while the clock is not
    /// set.</summary>
    public DateTimeOffset? HoursChangeAt { get; init; }

    /// <summary>Whether the hours wait for the first person to be let in.</summary>
    public bool AwaitsFirstPerson { get; init; }

    /// <summary>Who suspended the hours until their next begin; null where nobody did.</summary>
    public string? HoursSuspendedBy { get; init; }
}
