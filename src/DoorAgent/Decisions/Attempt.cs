using System.Collections.Immutable;
using DoorAgent.Events;
using DoorAgent.Faces;
using DoorAgent.Hardware.Badges;
using DoorAgent.Matching;

namespace DoorAgent.Decisions;

/// <summary>One try of one person, under way.</summary>
/// <param name="PersonId">Whose badge it was; null for an identification.</param>
/// <param name="Badge">The badge; null for an identification.</param>
/// <param name="BeganAt">Frames count when they were captured after it.</param>
/// <param name="Deadline">When it is denied at the latest.</param>
internal sealed record Attempt(long? PersonId, Badge? Badge, TimeSpan BeganAt, TimeSpan Deadline)
{
    // In the order of the enum, which decides a tie.
    private static readonly ImmutableArray<UnusableReason> Counted = [.. UnusableReasons.All.Where(reason => reason.Text().CountsInAttempt)];

    public bool IsIdentification => PersonId is null;

    /// <summary>Whether the PIN has not been given yet: until then no face is looked at.</summary>
    public bool AwaitsPin { get; init; }

    /// <summary>The PIN that is being checked; null while none is.</summary>
    public long? Question { get; init; }

    public FrameWindow Window { get; init; } = FrameWindow.Empty;

    /// <summary>How many frames were compared.</summary>
    public int Compared { get; init; }

    /// <summary>Whether a compared frame did not match, or matched somebody else than the one before.</summary>
    public bool HasMismatch { get; init; }

    /// <summary>The comparison with the least distance.</summary>
    public FaceMatch? Closest { get; init; }

    /// <summary>How many frames were unusable, by reason.</summary>
    public ImmutableArray<int> Unusable { get; init; } = [.. new int[Enum.GetValues<UnusableReason>().Length]];

    public Attempt Seeing(UsableFrame frame, DecisionOptions options) => this with
    {
        Window = Window.Add(frame, options),
        Compared = Compared + 1,
        HasMismatch = HasMismatch || !frame.Match.IsMatch || (Closest is { } before && before.PersonId != frame.Match.PersonId),
        Closest = Closest is { } closest && closest.Distance <= frame.Match.Distance ? closest : frame.Match,
    };

    public Attempt Seeing(UnusableFrame frame) => this with
    {
        Window = frame.Reason == UnusableReason.SeveralFaces ? FrameWindow.Empty : Window,
        Unusable = Unusable.SetItem((int)frame.Reason, Unusable[(int)frame.Reason] + 1),
    };

    /// <summary>The reason when the time is over, or the frames are used up.</summary>
    public DenyReason ReasonAtEnd()
    {
        // An answer that never comes is a fault of ours.
        if (AwaitsPin)
            return Question is null ? DenyReason.PinNotEntered : DenyReason.Fault;
        // Nothing spoke against the face: it is no failure, and counts as none.
        if (Compared > 0 && !HasMismatch)
            return DenyReason.TooFewPictures;
        if (Compared > 0)
            return IsIdentification ? DenyReason.NotRecognised : DenyReason.FaceNotMatched;
        ImmutableArray<int> unusable = Unusable;
        UnusableReason most = Counted.MaxBy(reason => unusable[(int)reason]);
        return unusable[(int)most] == 0 ? DenyReason.NoFace : most.ToDenyReason();
    }
}
