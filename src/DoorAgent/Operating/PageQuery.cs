using DoorAgent.Events;

namespace DoorAgent.Operating;

/// <summary>What a page asks for; each part that is not given selects everything.</summary>
internal sealed record PageQuery
{
    /// <summary>The most records or people of one answer; fewer where they are long.</summary>
    public const int Most = 50;

    /// <summary>The most settings of one answer.</summary>
    public const int MostSettings = 60;

    /// <summary>Only records with a greater number, oldest first; for an explanation the number of the record.</summary>
    public long? After { get; init; }

    /// <summary>Only records with a smaller number, newest first.</summary>
    public long? Before { get; init; }

    /// <summary>Only alarms.</summary>
    public bool OnlyAlarms { get; init; }

    /// <summary>Only denials.</summary>
    public bool OnlyDenied { get; init; }

    /// <summary>Only records of a person of this number, or this person.</summary>
    public long? Person { get; init; }

    /// <summary>A part of the name of the people.</summary>
    public string? Search { get; init; }

    /// <summary>How many people or settings come before the first of the answer.</summary>
    public int Skip { get; init; }
}

/// <summary>Records of the journal.</summary>
/// <param name="Events">At most <see cref="PageQuery.Most"/> records.</param>
/// <param name="HasMore">Whether there are more in the same direction.</param>
internal sealed record PageRecords(IReadOnlyList<DoorEvent> Events, bool HasMore);

/// <summary>Why a record was made.</summary>
/// <param name="Attempt">The records of the attempt; the explained one is the last.</param>
/// <param name="Path">What happened and what to do, a sentence each.</param>
/// <param name="Frames">What the door saw, a line for each frame; empty where no account is kept.</param>
internal sealed record PageExplanation(IReadOnlyList<DoorEvent> Attempt, IReadOnlyList<string> Path, IReadOnlyList<string> Frames);
