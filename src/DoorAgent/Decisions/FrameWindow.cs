using System.Collections.Immutable;
using DoorAgent.Faces;

namespace DoorAgent.Decisions;

/// <summary>The last usable frames of one face.</summary>
/// <param name="Frames">Oldest first.</param>
internal readonly record struct FrameWindow(ImmutableArray<UsableFrame> Frames)
{
    public static FrameWindow Empty { get; } = new([]);

    /// <summary>Returns the window with one more frame; only that frame when it shows another face than the previous one.</summary>
    public FrameWindow Add(UsableFrame frame, DecisionOptions options)
    {
        ImmutableArray<UsableFrame> kept = IsSameFace(frame, options) ? Frames : [];
        if (kept.Length == options.FrameWindow)
            kept = kept.RemoveAt(0);
        return new FrameWindow(kept.Add(frame));
    }

    /// <summary>Returns the person that enough frames match; null for none. Only a matching frame can complete an agreement, so only the
    /// newest frame's person is checked.</summary>
    public Agreement? Agreed(DecisionOptions options)
    {
        if (Frames.IsEmpty || Frames[^1].Match is not { IsMatch: true, PersonId: var person })
            return null;
        ImmutableArray<TimeSpan> times =
            [.. Frames.Where(frame => frame.Match.IsMatch && frame.Match.PersonId == person).Select(frame => frame.CapturedAt)];
        return times.Length >= options.FramesToAgree && times[^1] - times[0] >= options.MinSpan ? new Agreement(person, times) : null;
    }

    private bool IsSameFace(UsableFrame frame, DecisionOptions options) => !Frames.IsEmpty
        && frame.CapturedAt - Frames[^1].CapturedAt <= options.MaxGap
        && frame.Box.OverlapWith(Frames[^1].Box) >= FaceBox.OneFaceOverlap;

    /// <summary>The person that frames agree on.</summary>
    /// <param name="Person">The person.</param>
    /// <param name="CapturedAt">Times of the agreeing frames, oldest first.</param>
    internal readonly record struct Agreement(long Person, ImmutableArray<TimeSpan> CapturedAt);
}
