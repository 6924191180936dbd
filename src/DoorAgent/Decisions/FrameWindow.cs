using System.Collections.Immutable;
using DoorAgent.Faces;

namespace DoorAgent.Decisions;

/// <summary>The last usable frames of one face.</summary>
/// <param name="Frames">Oldest first.</param>
internal readonly record struct FrameWindow(ImmutableArray<FrameWindow.Seen> Frames)
{
    /// <summary>Least overlap (IoU) of two usable frames' faces that counts as one face.</summary>
    public const float OneFaceOverlap = 0.3f;

    public static FrameWindow Empty { get; } = new([]);

    /// <summary>The window with one frame more; anew when it shows another face than the frame before.</summary>
    public FrameWindow Add(UsableFrame frame, DecisionOptions options)
    {
        ImmutableArray<Seen> kept = IsSameFace(frame, options) ? Frames : [];
        if (kept.Length == options.FrameWindow)
            kept = kept.RemoveAt(0);
        return new FrameWindow(kept.Add(new Seen(frame.Box, frame.CapturedAt, frame.Match.IsMatch ? frame.Match.PersonId : null, frame.IsLive)));
    }

    /// <summary>The person on whom the frames agree. Only a matching frame can bring agreement about, so only the newest one's person is asked for.</summary>
    public Agreement? Agreed(DecisionOptions options)
    {
        if (Frames.IsEmpty || Frames[^1].Person is not { } person)
            return null;
        int count = 0;
        bool areLive = true;
        TimeSpan first = TimeSpan.MaxValue;
        foreach (Seen seen in Frames)
        {
            if (seen.Person != person)
                continue;
            count++;
            areLive &= seen.IsLive;
            first = first < seen.At ? first : seen.At;
        }

        return count >= options.FramesToAgree && Frames[^1].At - first >= options.MinSpan ? new Agreement(person, areLive) : null;
    }

    private bool IsSameFace(UsableFrame frame, DecisionOptions options) => !Frames.IsEmpty
        && frame.CapturedAt - Frames[^1].At <= options.MaxGap
        && frame.Box.OverlapWith(Frames[^1].Box) >= OneFaceOverlap;

    /// <summary>What is kept of a frame.</summary>
    internal readonly record struct Seen(FaceBox Box, TimeSpan At, long? Person, bool IsLive);

    /// <summary>On whom the frames agree, and whether all of them look alive.</summary>
    internal readonly record struct Agreement(long Person, bool AreLive);
}
