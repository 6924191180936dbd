using System.Collections.Immutable;

namespace DoorAgent.Decisions;

/// <summary>All that the policy remembers between two events. Immutable: seeing may read it while deciding goes on.</summary>
internal sealed record AccessState
{
    public static AccessState Initial { get; } = new();

    /// <summary>The attempt under way.</summary>
    public Attempt? Attempt { get; init; }

    /// <summary>Whom a face is compared with; null means everybody.</summary>
    public long? ClaimedPerson => Attempt?.PersonId;

    /// <summary>What has been typed so far.</summary>
    public KeypadEntry Entry { get; init; } = KeypadEntry.Empty;

    /// <summary>Number of the last <see cref="PinQuestion"/>.</summary>
    public long Questions { get; init; }

    public Presence Presence { get; init; } = Presence.Nobody;

    public ReaderWatch Reader { get; init; } = ReaderWatch.Quiet;

    /// <summary>Failures by person.</summary>
    public ImmutableDictionary<long, Lockout> People { get; init; } = ImmutableDictionary<long, Lockout>.Empty;

    public Lockout UnknownBadges { get; init; } = Lockout.None;

    /// <summary>Typed numbers that are nobody's badge.</summary>
    public Lockout TypedNumbers { get; init; } = Lockout.None;

    public Lockout Faces { get; init; } = Lockout.None;

    /// <summary>Until when the next unknown badge is an operator's, who gives it to somebody; null when nobody waits.</summary>
    public TimeSpan? BadgeAwaitedUntil { get; init; }

    /// <summary>Until when an operator enrols somebody with the camera; null when nobody has.</summary>
    public TimeSpan? CameraLentUntil { get; init; }

    public bool HasCameraFault { get; init; }

    /// <summary>Whether the camera gives fewer frames than the rules need.</summary>
    public bool IsCameraSlow { get; init; }

    /// <summary>What is wrong with the reader, in words; null while it is there.</summary>
    public string? ReaderFault { get; init; }

    public bool IsDoorOpen { get; init; }

    public bool IsDoorLocked { get; init; } = true;

    public bool HasStopped { get; init; }

    /// <summary>After a failure that counts.</summary>
    /// <param name="person">Whose badge it was; null for a face without a badge.</param>
    /// <param name="now">When it was.</param>
    /// <param name="options">After how many failures a person waits, and how long.</param>
    public AccessState Failed(long? person, TimeSpan now, DecisionOptions options) => person is { } id
        ? this with { People = People.SetItem(id, LockoutRule.OfPerson(options).Fail(People.GetValueOrDefault(id, Lockout.None), now)) }
        : this with { Faces = LockoutRule.OfFaces.Fail(Faces, now) };

    /// <summary>After a typed number that is nobody's badge.</summary>
    public AccessState FailedTyping(TimeSpan now) => this with { TypedNumbers = LockoutRule.OfUnknownBadges.Fail(TypedNumbers, now) };

    /// <summary>After a badge that nobody knows.</summary>
    public AccessState FailedUnknown(TimeSpan now) => this with { UnknownBadges = LockoutRule.OfUnknownBadges.Fail(UnknownBadges, now) };
}
