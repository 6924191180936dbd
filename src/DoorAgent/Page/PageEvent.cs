using DoorAgent.Auditing;
using DoorAgent.Events;

namespace DoorAgent.Page;

/// <summary>An event as the browser gets it; the fields are named as in <c>log --json</c>.</summary>
/// <param name="Sequence">Number of the record; 0 for an event without one.</param>
/// <param name="Time">The door's wall time, ISO 8601 with offset.</param>
/// <param name="Kind">The kind's word, such as <c>Denied</c>.</param>
/// <param name="Level">ERR for an alarm, WRN for what needs a look, INF for normal operation, DBG for details.</param>
internal sealed record PageEvent(long Sequence, string Time, string Kind, string Level)
{
    /// <summary>Why somebody was denied, such as <c>FaceNotMatched</c>.</summary>
    public string? Reason { get; init; }

    public long? PersonId { get; init; }

    public string? Person { get; init; }

    public string? Badge { get; init; }

    public double? Distance { get; init; }

    public double? Threshold { get; init; }

    public string? Detail { get; init; }

    /// <summary>Whether the person's name was erased.</summary>
    public bool IsErased { get; init; }

    /// <summary>The log's line, in English.</summary>
    public string Words { get; init; } = "";

    /// <summary>What the kind or the reason means, in English.</summary>
    public string Meaning { get; init; } = "";

    /// <summary>What to do; empty when nothing has to be done.</summary>
    public string Remedy { get; init; } = "";

    public static PageEvent Of(DoorEvent made)
    {
        string name = EventWords.OfReason(made) ?? EventWords.OfKind(made);
        Explanation? known = (made.Reason is null ? Explanation.Events : Explanation.Reasons).FirstOrDefault(one => one.Name == name);
        return new PageEvent(made.Sequence, EventWords.OfTime(made), EventWords.OfKind(made), Explanation.Mark(DoorLog.LevelOf(made)))
        {
            Reason = EventWords.OfReason(made),
            PersonId = made.PersonId,
            Person = made.PersonName,
            Badge = made.BadgeHint,
            Distance = Rounded(made.Distance),
            Threshold = Rounded(made.Threshold),
            Detail = made.Detail,
            IsErased = made.IsErased,
            Words = DoorLog.WordsOf(made),
            Meaning = known?.Meaning ?? "",
            Remedy = known?.Remedy ?? "",
        };
    }

    private static double? Rounded(float? number) => number is { } known ? Math.Round((double)known, 4) : null;
}

/// <summary>Events of one answer.</summary>
/// <param name="Events">In the order of the query.</param>
/// <param name="HasMore">Whether there are more in the same direction.</param>
internal sealed record PageEvents(IReadOnlyList<PageEvent> Events, bool HasMore);

/// <summary>Why a record was made.</summary>
/// <param name="Attempt">The records of the attempt; the explained one is the last.</param>
/// <param name="Path">What happened and what to do, a sentence each.</param>
/// <param name="Frames">What the door saw, a line for each frame.</param>
internal sealed record EventExplanation(IReadOnlyList<PageEvent> Attempt, IReadOnlyList<string> Path, IReadOnlyList<string> Frames);
