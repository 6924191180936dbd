using System.Collections.Immutable;
using DoorAgent.Decisions;
using DoorAgent.Encodings;
using DoorAgent.Events;
using DoorAgent.Faces;
using DoorAgent.Liveness;

namespace DoorAgent.Diagnostics.Explaining;

/// <summary>A person near to a face.</summary>
/// <param name="Name">The person's name.</param>
/// <param name="Distance">Distance to the person, 0 to 2.</param>
/// <param name="Threshold">The distance that a badge of that person would need: strictly below.</param>
internal readonly record struct NearPerson(string Name, float Distance, float Threshold);

/// <summary>What a picture of a visit showed, and what the rules made of it.</summary>
/// <param name="Picture">Index of the picture in the visit.</param>
/// <param name="Name">The picture's name.</param>
/// <param name="Since">Time since the first picture.</param>
/// <param name="Reading">What the networks read.</param>
/// <param name="Quality">The measures of the main face; null without a face.</param>
/// <param name="Nearest">The nearest people, the nearest first; empty for a face that cannot be compared.</param>
internal sealed record VisitFrame(
    int Picture, string Name, TimeSpan Since, FaceReading Reading, FaceQuality? Quality, IReadOnlyList<NearPerson> Nearest)
{
    /// <summary>What became of the frame; null while the rules looked at no face.</summary>
    public FrameAccount? Account { get; init; }

    /// <summary>Whether an attempt was open when the frame came.</summary>
    public bool IsInAttempt { get; init; }
}

/// <summary>A visit, played through the rules of the door.</summary>
/// <param name="Frames">The pictures, oldest first; of a picture that is shown again and again, each showing until the decision.</param>
/// <param name="Events">What the rules raised, in order.</param>
/// <param name="Liveness">What the liveness check measured; null where it was not asked.</param>
internal sealed record VisitTrace(
    IReadOnlyList<VisitFrame> Frames, ImmutableArray<DoorEvent> Events, LivenessMeasures? Liveness)
{
    /// <summary>Whether one picture was shown again and again.</summary>
    public bool IsOnePicture { get; init; }

    /// <summary>The grant, denial or end; null where the visit led to none.</summary>
    public DoorEvent? Decision => Events.LastOrDefault(raised =>
        raised.Kind is DoorEventKind.Granted or DoorEventKind.Denied or DoorEventKind.AttemptAbandoned);

    /// <summary>Whether the door would open.</summary>
    public bool Opens => Decision?.Kind == DoorEventKind.Granted;

    /// <summary>The request to turn the head; null where none was made.</summary>
    public DoorEvent? TurnAsked => Events.FirstOrDefault(raised => raised.Kind == DoorEventKind.TurnAsked);

    /// <summary>The frame that shows best why the visit was decided so: the one with the least distance, else the last one with a face,
    /// else the last one.</summary>
    public VisitFrame Deciding =>
        Frames.Where(frame => frame.Account?.Use is FrameUse.Matched or FrameUse.NotMatched)
            .MinBy(frame => frame.Account!.Match!.Value.Distance)
        ?? Frames.LastOrDefault(frame => frame.Reading.Encoding is not null)
        ?? Frames.LastOrDefault(frame => frame.Reading.Face is not null)
        ?? Frames[^1];

    /// <summary>Counts the frames of one use.</summary>
    public int Count(FrameUse use) => Frames.Count(frame => frame.Account?.Use == use);
}
