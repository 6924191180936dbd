using System.Collections.Immutable;

namespace DoorAgent.Decisions;

/// <summary>The last usable frames of one face.</summary>
/// <param name="Frames">Oldest first.</param>
internal readonly record struct FrameWindow(ImmutableArray<UsableFrame> Frames)
{
    /// <summary>Least overlap (IoU) of two usable frames' faces that counts as one face.</summary>
    public const float OneFaceOverlap = 0.3f;

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
        int count = 0;
        bool areLive = true;
        TimeSpan first = TimeSpan.MaxValue;
        foreach (UsableFrame frame in Frames)
        {
            if (!frame.Match.IsMatch || frame.Match.PersonId != person)
                continue;
            count++;
            areLive &= frame.IsLive;
            first = first < frame.CapturedAt ? first : frame.CapturedAt;
        }

        return count >= options.FramesToAgree && Frames[^1].CapturedAt - first >= options.MinSpan ? new Agreement(person, areLive) : null;
    }

    private bool IsSameFace(UsableFrame frame, DecisionOptions options) => !Frames.IsEmpty
        && frame.CapturedAt - Frames[^1].CapturedAt <= options.MaxGap
        && frame.Box.OverlapWith(Frames[^1].Box) >= OneFaceOverlap;

    /// <summary>The person that the frames agree on, and whether all these frames passed the liveness check.</summary>
    internal readonly record struct Agreement(long Person, bool AreLive);
}
