using System.Collections.Immutable;
using DoorAgent.Hardware.Badges;
using DoorAgent.Modes;

namespace DoorAgent.Decisions;

/// <summary>What the policy remembers between two events. Immutable, so that the vision loop can read the state while the decision loop
/// works.</summary>
internal sealed record AccessState
{
    public static AccessState Initial { get; } = new();

    /// <summary>The current attempt; null while there is none.</summary>
    public Attempt? Attempt { get; init; }

    /// <summary>The person that faces are compared with; null for everybody.</summary>
    public long? ClaimedPerson => Attempt?.PersonId;

    /// <summary>The digits typed so far.</summary>
    public KeypadEntry Entry { get; init; } = KeypadEntry.Empty;

    /// <summary>Number of the last <see cref="PinQuestion"/>.</summary>
    public long Questions { get; init; }

    public Presence Presence { get; init; } = Presence.Nobody;

    public ReaderWatch Reader { get; init; } = ReaderWatch.Quiet;

    /// <summary>Whoever passed last and may be the first of two; null for nobody.</summary>
    public FirstOfTwo? First { get; init; }

    /// <summary>Whether somebody passed and waits for a second person.</summary>
    public bool AwaitsSecondPerson => First is { IsWaiting: true };

    /// <summary>When each person was last let in, while that counts for visitors.</summary>
    public ImmutableDictionary<long, TimeSpan> LetInAt { get; init; } = ImmutableDictionary<long, TimeSpan>.Empty;

    /// <summary>The signals of the exit reader.</summary>
    public ReaderWatch ExitReader { get; init; } = ReaderWatch.Quiet;

    /// <summary>Where people are, for anti-passback.</summary>
    public Positions Positions { get; init; } = Positions.Unknown;

    /// <summary>The failures of each person.</summary>
    public ImmutableDictionary<long, Lockout> People { get; init; } = ImmutableDictionary<long, Lockout>.Empty;

    public Lockout UnknownBadges { get; init; } = Lockout.None;

    /// <summary>Failures by typed numbers of unknown badges.</summary>
    public Lockout TypedNumbers { get; init; } = Lockout.None;

    public Lockout Faces { get; init; } = Lockout.None;

    /// <summary>End of an operator's wait for an unknown badge; null when no operator waits.</summary>
    public TimeSpan? BadgeAwaitedUntil { get; init; }

    /// <summary>End of an enrolment with the door's camera; null when there was none.</summary>
    public TimeSpan? CameraLentUntil { get; init; }

    /// <summary>The mode of the door.</summary>
    public DoorMode Mode { get; init; }

    public bool HasCameraFault { get; init; }

    /// <summary>Whether a badge and its PIN open, because the camera is lost or silent.</summary>
    public bool IsCameraFallback { get; init; }

    /// <summary>Whether the camera gives fewer frames than the rules need.</summary>
    public bool IsCameraSlow { get; init; }

    /// <summary>What is wrong with the reader; null while the reader works.</summary>
    public string? ReaderFault { get; init; }

    /// <summary>What is wrong with the exit reader; null while it works, and for a door without one.</summary>
    public string? ExitReaderFault { get; init; }

    public bool IsDoorOpen { get; init; }

    public bool IsDoorLocked { get; init; } = true;

    public bool HasStopped { get; init; }

    /// <summary>The signals of the reader on one side.</summary>
    public ReaderWatch ReaderAt(ReaderSide side) => side == ReaderSide.Exit ? ExitReader : Reader;

    /// <summary>Returns the state with other signals of the reader on one side.</summary>
    public AccessState With(ReaderSide side, ReaderWatch signals) =>
        side == ReaderSide.Exit ? this with { ExitReader = signals } : this with { Reader = signals };

    /// <summary>Returns the state after a failure that counts.</summary>
    /// <param name="person">The badge's owner; null for a face without a badge.</param>
    /// <param name="now">Time of the failure.</param>
    /// <param name="options">Number of failures before a lockout, and its duration.</param>
    public AccessState Failed(long? person, TimeSpan now, DecisionOptions options) => person is { } id
        ? this with { People = People.SetItem(id, LockoutRule.OfPerson(options).Fail(People.GetValueOrDefault(id, Lockout.None), now)) }
        : this with { Faces = LockoutRule.OfFaces.Fail(Faces, now) };

    /// <summary>Returns the state after a typed number of an unknown badge.</summary>
    public AccessState FailedTyping(TimeSpan now) => this with { TypedNumbers = LockoutRule.OfUnknownBadges.Fail(TypedNumbers, now) };

    /// <summary>Returns the state after an unknown badge.</summary>
    public AccessState FailedUnknown(TimeSpan now) => this with { UnknownBadges = LockoutRule.OfUnknownBadges.Fail(UnknownBadges, now) };
}
