using System.Collections.Immutable;
using DoorAgent.Events;
using DoorAgent.Faces;
using DoorAgent.Hardware.Badges;
using DoorAgent.Matching;

namespace DoorAgent.Decisions;

/// <summary>One attempt of one person to enter.</summary>
/// <param name="PersonId">The badge's owner; null for an identification.</param>
/// <param name="Badge">The badge; null for an identification.</param>
/// <param name="BeganAt">Begin of the attempt; only frames captured afterwards count.</param>
/// <param name="Deadline">Latest end of the attempt, with a denial.</param>
internal sealed record Attempt(long? PersonId, Badge? Badge, TimeSpan BeganAt, TimeSpan Deadline)
{
    // In the order of the enum, which decides a tie.
    private static readonly ImmutableArray<UnusableReason> Counted =
        [.. UnusableReasons.All.Where(reason => reason.Text().CountsInAttempt)];

    public bool IsIdentification => PersonId is null;

    /// <summary>Whether the PIN is still to be typed; until then no face is looked at.</summary>
    public bool AwaitsPin { get; init; }

    /// <summary>Number of the PIN question in progress; null while no PIN is being checked.</summary>
    public long? Question { get; init; }

    /// <summary>The liveness question in progress; null while nothing is being judged. No frame changes the attempt meanwhile.</summary>
    public LivenessQuestion? Judging { get; init; }

    /// <summary>The comparison of the agreement, which a grant after the liveness check records; null before the agreement.</summary>
    public FaceMatch? Agreed { get; init; }

    /// <summary>The request to turn the head; null while none was made.</summary>
    public Challenge? Challenge { get; init; }

    /// <summary>Time at which the attempt ends without a further event.</summary>
    public TimeSpan EndsAt => Challenge is { } challenge && challenge.Until < Deadline ? challenge.Until : Deadline;

    public FrameWindow Window { get; init; } = FrameWindow.Empty;

    /// <summary>Number of compared frames.</summary>
    public int Compared { get; init; }

    /// <summary>Whether a compared frame did not match, or matched somebody else than the one before.</summary>
    public bool HasMismatch { get; init; }

    /// <summary>The comparison with the least distance.</summary>
    public FaceMatch? Closest { get; init; }

    /// <summary>Number of unusable frames of each reason.</summary>
    public ImmutableArray<int> Unusable { get; init; } = [.. new int[Enum.GetValues<UnusableReason>().Length]];

    public Attempt With(UsableFrame frame, DecisionOptions options) => this with
    {
        Window = Window.Add(frame, options),
        Compared = Compared + 1,
        HasMismatch = HasMismatch || !frame.Match.IsMatch || (Closest is { } before && before.PersonId != frame.Match.PersonId),
        Closest = Closest is { } closest && closest.Distance <= frame.Match.Distance ? closest : frame.Match,
    };

    public Attempt With(UnusableFrame frame) => this with
    {
        Window = frame.Reason == UnusableReason.SeveralFaces ? FrameWindow.Empty : Window,
        Unusable = Unusable.SetItem((int)frame.Reason, Unusable[(int)frame.Reason] + 1),
    };

    /// <summary>Returns the reason of a denial at the deadline, or after the last allowed frame.</summary>
    public DenyReason ReasonAtEnd()
    {
        // A missing answer is the agent's own fault.
        if (AwaitsPin)
            return Question is null ? DenyReason.PinNotEntered : DenyReason.Fault;
        if (Judging is not null)
            return DenyReason.Fault;
        // No comparison failed, so this is not counted as a failure.
        if (Compared > 0 && !HasMismatch)
            return DenyReason.TooFewPictures;
        if (Compared > 0)
            return IsIdentification ? DenyReason.NotRecognised : DenyReason.FaceNotMatched;
        ImmutableArray<int> unusable = Unusable;
        UnusableReason most = Counted.MaxBy(reason => unusable[(int)reason]);
        return unusable[(int)most] == 0 ? DenyReason.NoFace : most.ToDenyReason();
    }
}
