using System.Collections.Immutable;
using DoorAgent.Events;
using DoorAgent.Faces;
using DoorAgent.Hardware.Badges;
using DoorAgent.Liveness;
using DoorAgent.Matching;
using DoorAgent.Modes;

namespace DoorAgent.Decisions;

/// <summary>An event that the policy decides on. All times are monotonic.</summary>
internal abstract record AccessEvent;

/// <summary>A badge was read.</summary>
/// <param name="Badge">The badge.</param>
/// <param name="ReadAt">Time of the signal's last edge.</param>
internal sealed record BadgePresented(Badge Badge, TimeSpan ReadAt) : AccessEvent
{
    /// <summary>The reader.</summary>
    public ReaderSide Side { get; init; }
}

/// <summary>A key of the reader's keypad was pressed.</summary>
/// <param name="Key">The key.</param>
/// <param name="PressedAt">Time of the signal's last edge.</param>
internal sealed record KeyPressed(KeypadKey Key, TimeSpan PressedAt) : AccessEvent;

/// <summary>A typed PIN was compared with the person's PIN.</summary>
/// <param name="Question">Number of the <see cref="PinQuestion"/> that was answered.</param>
/// <param name="Answer">Whether the PIN was right, wrong or the duress PIN.</param>
internal sealed record PinChecked(long Question, PinAnswer Answer) : AccessEvent;

/// <summary>The reader's signal was neither a badge nor a key.</summary>
/// <param name="Fault">What was wrong with the signal.</param>
/// <param name="Bits">How many bits or characters were received.</param>
internal sealed record ReaderFaulted(ReadFault Fault, int Bits) : AccessEvent
{
    /// <summary>The reader.</summary>
    public ReaderSide Side { get; init; }
}

/// <summary>The reader was disconnected, or works again.</summary>
/// <param name="Fault">What is wrong with the reader; null when the reader works again.</param>
internal sealed record ReaderChanged(string? Fault) : AccessEvent
{
    /// <summary>The reader.</summary>
    public ReaderSide Side { get; init; }
}

/// <summary>A compared frame: exactly one face counted, and its quality was sufficient.</summary>
/// <param name="Box">The face's position.</param>
/// <param name="CapturedAt">Time of the capture.</param>
/// <param name="TakenUpAt">Time at which the vision loop took the frame up.</param>
/// <param name="Match">The comparison.</param>
/// <param name="ClaimedPerson">The person that the face was compared with; null for everybody.</param>
internal sealed record UsableFrame(FaceBox Box, TimeSpan CapturedAt, TimeSpan TakenUpAt, FaceMatch Match, long? ClaimedPerson) : AccessEvent
{
    /// <summary>The face's landmarks, for a challenge; null where no challenge can follow.</summary>
    public Landmarks? Landmarks { get; init; }
}

/// <summary>A frame that cannot be compared.</summary>
/// <param name="Reason">Why the frame cannot be compared.</param>
/// <param name="CapturedAt">Time of the capture.</param>
/// <param name="HasFace">Whether the frame shows a face nevertheless.</param>
internal sealed record UnusableFrame(UnusableReason Reason, TimeSpan CapturedAt, bool HasFace) : AccessEvent
{
    /// <summary>The main face, for a challenge; null without a face.</summary>
    public Face? Face { get; init; }

    /// <summary>Number of faces that count.</summary>
    public int CountingFaces { get; init; }
}

/// <summary>The liveness of the agreeing frames was judged.</summary>
/// <param name="Question">Number of the <see cref="LivenessQuestion"/> that was answered.</param>
/// <param name="Verdict">The result.</param>
/// <param name="Direction">The direction of a turn of the head, drawn at random, where a challenge follows.</param>
internal sealed record LivenessJudged(long Question, LivenessVerdict Verdict, TurnDirection Direction) : AccessEvent
{
    /// <summary>The direction of a second turn, drawn at random, where two are asked for.</summary>
    public TurnDirection SecondDirection { get; init; }
}

/// <summary>How a camera fails.</summary>
internal enum CameraFaultKind
{
    /// <summary>Pictures come that cannot be used, or the camera is refused or in use by another program.</summary>
    Unusable,

    /// <summary>The camera is there and sends nothing.</summary>
    Silent,

    /// <summary>The camera is gone.</summary>
    Lost,
}

/// <summary>The camera failed (it is silent, frozen or lost), or works again.</summary>
/// <param name="Fault">What is wrong with the camera; null when it works again.</param>
/// <param name="Kind">How the camera fails, where there is a fault.</param>
internal sealed record CameraChanged(string? Fault, CameraFaultKind Kind = CameraFaultKind.Unusable) : AccessEvent;

/// <summary>The door has another mode.</summary>
/// <param name="Mode">The mode from now on.</param>
internal sealed record ModeChanged(DoorMode Mode) : AccessEvent;

/// <summary>The camera's frame rate was measured.</summary>
/// <param name="Rate">Frames per second.</param>
internal sealed record CameraCounted(double Rate) : AccessEvent;

/// <summary>The door machine handled an input.</summary>
/// <param name="IsOpen">Whether the contact reports an open door.</param>
/// <param name="IsLocked">Whether the door is closed and the relay off.</param>
internal sealed record DoorMoved(bool IsOpen, bool IsLocked) : AccessEvent;

/// <summary>Other parts of the door raised events, which may say where people are.</summary>
/// <param name="Events">The events, in order.</param>
internal sealed record DoorReported(ImmutableArray<DoorEvent> Events) : AccessEvent;

/// <summary>An operator waits for an unknown badge in order to assign it to a person.</summary>
/// <param name="Until">End of the wait; null when the operator no longer waits.</param>
internal sealed record BadgeAwaited(TimeSpan? Until) : AccessEvent;

/// <summary>An operator uses the camera to enrol a person who stands in front of it.</summary>
/// <param name="Until">Latest end of the enrolment.</param>
internal sealed record CameraLoan(TimeSpan Until) : AccessEvent;

/// <summary>The gallery changed to another encoder; the current attempt's encodings can no longer be compared.</summary>
internal sealed record EncoderChanged : AccessEvent;

/// <summary>The time of <see cref="AccessPolicy.NextDue"/> has come.</summary>
internal sealed record AccessTick : AccessEvent;

/// <summary>The agent stops; the policy decides nothing afterwards.</summary>
internal sealed record AccessStopping : AccessEvent;

/// <summary>A part of the agent failed; the current attempt ends.</summary>
internal sealed record AccessFaulted : AccessEvent;
