using System.Collections.Immutable;
using DoorAgent.Auditing;
using DoorAgent.Decisions;
using DoorAgent.Encodings;
using DoorAgent.Enrolment;
using DoorAgent.Events;
using DoorAgent.Simulation;

namespace DoorAgent.Commands.Trying;

/// <summary>What was decided last.</summary>
/// <param name="Words">Who was let in, or why not.</param>
/// <param name="IsGrant">Whether the door opened.</param>
/// <param name="Distance">Of the comparison that decided, and what it had to be below; null when none did.</param>
internal sealed record LastDecision(string Words, bool IsGrant, (float Is, float Below)? Distance);

/// <summary>A line of what happened.</summary>
internal sealed record NewsLine(DateTimeOffset Time, Tone Tone, string Text);

/// <summary>Everything that the picture of a trial shows. Each change makes a new one; times are monotonic.</summary>
/// <param name="Cast">Who takes part.</param>
/// <param name="Camera">What the camera is, for a real one; null when people are put before it.</param>
/// <param name="AccessTime">How long a grant unlocks.</param>
internal sealed record TryState(ImmutableArray<Actor> Cast, string? Camera, TimeSpan AccessTime)
{
    private const int NewsKept = 20;

    // The picture shows these, or they are of the agent's own life.
    private static readonly ImmutableHashSet<DoorEventKind> Silent =
    [
        DoorEventKind.Started, DoorEventKind.Stopping, DoorEventKind.GalleryLoaded, DoorEventKind.RelayOn, DoorEventKind.RelayOff, DoorEventKind.AttemptAbandoned,
    ];

    public ImmutableHashSet<DoorPart> On { get; init; } = [];

    /// <summary>When the relay lets go if the door is not opened.</summary>
    public TimeSpan? UnlockedUntil { get; init; }

    public Actor? Standing { get; init; }

    public bool IsDark { get; init; }

    public bool IsUnplugged { get; init; }

    /// <summary>How somebody gets in here.</summary>
    public AccessMode Mode { get; init; } = AccessMode.BadgeAndFace;

    /// <summary>Whether the door looks for a face now.</summary>
    public bool IsLooking { get; init; }

    /// <summary>What the last frame showed that was looked at; null when nothing is looked at.</summary>
    public string? Face { get; init; }

    public LastDecision? Last { get; init; }

    /// <summary>The alarm that is not over yet.</summary>
    public DoorEvent? Alarm { get; init; }

    public ImmutableList<NewsLine> News { get; init; } = [];

    /// <summary>A badge number that is being typed.</summary>
    public string? Typed { get; init; }

    /// <summary>An answer to a key that does nothing.</summary>
    public string? Note { get; init; }

    public bool IsOn(DoorPart part) => On.Contains(part);

    public TryState After(DoorPart part, bool isOn, TimeSpan now)
    {
        TryState next = this with { On = isOn ? On.Add(part) : On.Remove(part) };
        return part == DoorPart.Relay ? next with { UnlockedUntil = isOn ? now + AccessTime : null } : next;
    }

    public TryState After(FaceReading reading) =>
        IsLooking ? this with { Face = reading.Encoding is null ? $"{PictureWords.Live(reading)}: {PictureWords.Advice(reading)}" : "seen, being compared" } : this;

    public TryState After(DoorEvent e, TimeSpan now)
    {
        TryState next = this;
        if (e is { Kind: { } kind, Time: { } at } && !Silent.Contains(kind))
            next = next with { News = [.. News.TakeLast(NewsKept - 1), new NewsLine(at, ToneOf(e), DoorLog.WordsOf(e))] };
        if (e.Kind is DoorEventKind.Granted or DoorEventKind.Denied)
            next = next with { Last = Decision(e) };
        if (e.IsAlarm() && e.RestoredBy() is not null)
            next = next with { Alarm = e };
        else if (Alarm is { } alarm && e.Kind == alarm.RestoredBy())
            next = next with { Alarm = null };
        if (e.EndsAttempt)
            next = next with { IsLooking = false, Face = null };
        return e.Kind switch
        {
            DoorEventKind.AttemptOpened => next with { IsLooking = true, Face = null, Last = null },
            DoorEventKind.Granted => next with { UnlockedUntil = next.UnlockedUntil is null ? null : now + AccessTime },
            _ => next,
        };
    }

    private static LastDecision Decision(DoorEvent e)
    {
        string who = e.PersonName is null ? "" : $"{e.PersonName}: ";
        return new LastDecision(
            e.Kind == DoorEventKind.Granted ? $"{who}let in" : $"{who}{e.Reason}", e.Kind == DoorEventKind.Granted,
            e is { Distance: { } distance, Threshold: { } threshold } ? (distance, threshold) : null);
    }

    private static Tone ToneOf(DoorEvent e) => e.Kind switch
    {
        DoorEventKind.Granted or DoorEventKind.AccessTaken => Tone.Good,
        DoorEventKind.Denied => Tone.Bad,
        _ when e.IsAlarm() => Tone.Bad,
        DoorEventKind.HeldOpenWarning or DoorEventKind.LockoutStarted or DoorEventKind.ReaderFault => Tone.Warning,
        _ => Tone.Plain,
    };
}
