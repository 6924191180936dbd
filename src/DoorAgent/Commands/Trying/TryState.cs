using System.Collections.Immutable;
using DoorAgent.Auditing;
using DoorAgent.Decisions;
using DoorAgent.Encodings;
using DoorAgent.Enrolment;
using DoorAgent.Events;
using DoorAgent.Simulation;

namespace DoorAgent.Commands.Trying;

/// <summary>The last decision.</summary>
/// <param name="Words">Who was let in, or why not.</param>
/// <param name="IsGrant">Whether the door opened.</param>
/// <param name="Distance">Distance and threshold of the deciding comparison; null without one.</param>
internal sealed record LastDecision(string Words, bool IsGrant, (float Is, float Below)? Distance);

/// <summary>An event in one line.</summary>
internal sealed record NewsLine(DateTimeOffset Time, TextStyle Style, string Text);

/// <summary>Everything that the picture of a trial shows. Immutable; times are monotonic.</summary>
/// <param name="People">The people who take part.</param>
/// <param name="Camera">Description of a real camera; null for the played camera.</param>
/// <param name="AccessTime">How long a grant unlocks.</param>
internal sealed record TryState(ImmutableArray<TrialPerson> People, string? Camera, TimeSpan AccessTime)
{
    private const int NewsKept = 20;

    // The picture already shows these, or they concern only the agent itself.
    private static readonly ImmutableHashSet<DoorEventKind> Silent =
    [
        DoorEventKind.Started, DoorEventKind.Stopping, DoorEventKind.GalleryLoaded, DoorEventKind.RelayOn, DoorEventKind.RelayOff,
            DoorEventKind.AttemptAbandoned,
    ];

    public ImmutableHashSet<DoorPart> On { get; init; } = [];

    /// <summary>When the relay releases if the door is not opened.</summary>
    public TimeSpan? UnlockedUntil { get; init; }

    public TrialPerson? InFrontOfCamera { get; init; }

    public bool IsDark { get; init; }

    public bool IsUnplugged { get; init; }

    /// <summary>Access mode of the door.</summary>
    public AccessMode Mode { get; init; } = AccessMode.BadgeAndFace;

    /// <summary>Whether the door is looking for a face.</summary>
    public bool IsLooking { get; init; }

    /// <summary>Words for the last judged frame; null when the door is not looking.</summary>
    public string? Face { get; init; }

    /// <summary>The movement that the door asks for; null while it asks for none.</summary>
    public string? Asked { get; init; }

    public LastDecision? Last { get; init; }

    /// <summary>The current alarm; null without one.</summary>
    public DoorEvent? Alarm { get; init; }

    public ImmutableList<NewsLine> News { get; init; } = [];

    /// <summary>The badge number typed so far; null when none is being typed.</summary>
    public string? Typed { get; init; }

    /// <summary>Message about a key that did nothing.</summary>
    public string? Note { get; init; }

    public bool IsOn(DoorPart part) => On.Contains(part);

    public TryState After(DoorPart part, bool isOn, TimeSpan now)
    {
        TryState next = this with { On = isOn ? On.Add(part) : On.Remove(part) };
        return part == DoorPart.Relay ? next with { UnlockedUntil = isOn ? now + AccessTime : null } : next;
    }

    public TryState After(FaceReading reading) =>
        IsLooking && Asked is null ? this with { Face = FaceWords(reading) } : this;

    public TryState After(DoorEvent e, TimeSpan now)
    {
        TryState next = this;
        if (e is { Kind: { } kind, Time: { } at } && !Silent.Contains(kind))
            next = next with { News = [.. News.TakeLast(NewsKept - 1), new NewsLine(at, StyleOf(e), DoorLog.WordsOf(e))] };
        if (e.Kind is DoorEventKind.Granted or DoorEventKind.Denied)
            next = next with { Last = Decision(e) };
        if (e.IsAlarm() && e.RestoredBy() is not null)
            next = next with { Alarm = e };
        else if (Alarm is { } alarm && e.Kind == alarm.RestoredBy())
            next = next with { Alarm = null };
        if (e.EndsAttempt)
            next = next with { IsLooking = false, Face = null, Asked = null };
        return e.Kind switch
        {
            DoorEventKind.AttemptOpened => next with { IsLooking = true, Face = null, Last = null },
            DoorEventKind.TurnAsked => next with { Asked = $"turn your head to the {e.Detail}, and back" },
            DoorEventKind.Granted => next with { UnlockedUntil = next.UnlockedUntil is null ? null : now + AccessTime },
            _ => next,
        };
    }

    private static string FaceWords(FaceReading reading) => reading.Encoding is null
        ? $"{PictureWords.Live(reading)}: {PictureWords.Advice(reading)}" : "seen, being compared";

    private static LastDecision Decision(DoorEvent e)
    {
        string who = e.PersonName is null ? "" : $"{e.PersonName}: ";
        return new LastDecision(
            e.Kind == DoorEventKind.Granted ? $"{who}let in" : $"{who}{e.Reason}", e.Kind == DoorEventKind.Granted,
            e is { Distance: { } distance, Threshold: { } threshold } ? (distance, threshold) : null);
    }

    private static TextStyle StyleOf(DoorEvent e) => e.Kind switch
    {
        DoorEventKind.Granted or DoorEventKind.AccessTaken => TextStyle.Good,
        DoorEventKind.Denied => TextStyle.Bad,
        _ when e.IsAlarm() => TextStyle.Bad,
        DoorEventKind.HeldOpenWarning or DoorEventKind.LockoutStarted or DoorEventKind.ReaderFault => TextStyle.Warning,
        _ => TextStyle.Plain,
    };
}
