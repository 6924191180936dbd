using DoorAgent.Faces;
using DoorAgent.Hardware.Badges;
using DoorAgent.Matching;

namespace DoorAgent.Decisions;

/// <summary>Something that the policy decides on. All times are monotonic.</summary>
internal abstract record AccessEvent;

/// <summary>A badge was read.</summary>
/// <param name="Badge">Which.</param>
/// <param name="ReadAt">Time of its last edge.</param>
internal sealed record BadgePresented(Badge Badge, TimeSpan ReadAt) : AccessEvent;

/// <summary>A key of the reader's keypad was pressed.</summary>
/// <param name="Key">Which.</param>
/// <param name="PressedAt">Time of its last edge.</param>
internal sealed record KeyPressed(KeypadKey Key, TimeSpan PressedAt) : AccessEvent;

/// <summary>A typed PIN has been held against the person's.</summary>
/// <param name="Question">Number of the <see cref="PinQuestion"/> that it answers.</param>
/// <param name="Answer">What it was.</param>
internal sealed record PinChecked(long Question, PinAnswer Answer) : AccessEvent;

/// <summary>The reader's signal was neither a badge nor a key.</summary>
/// <param name="Fault">What it was.</param>
/// <param name="Bits">How many bits came.</param>
internal sealed record ReaderFaulted(ReadFault Fault, int Bits) : AccessEvent;

/// <summary>The reader is gone, or came back.</summary>
/// <param name="Fault">What is wrong with it, in words; null when it is there again.</param>
internal sealed record ReaderChanged(string? Fault) : AccessEvent;

/// <summary>A frame with exactly one counting face, its quality in order, compared.</summary>
/// <param name="Box">Where the face is.</param>
/// <param name="CapturedAt">When it was captured.</param>
/// <param name="TakenUpAt">When seeing took it up.</param>
/// <param name="Match">The comparison.</param>
/// <param name="ClaimedPerson">With whom it was compared; null when with everybody.</param>
internal sealed record UsableFrame(FaceBox Box, TimeSpan CapturedAt, TimeSpan TakenUpAt, FaceMatch Match, long? ClaimedPerson) : AccessEvent
{
    /// <summary>Whether liveness passes; true while that does not exist.</summary>
    public bool IsLive { get; init; } = true;
}

/// <summary>A frame that cannot be compared.</summary>
/// <param name="Reason">Why.</param>
/// <param name="CapturedAt">When it was captured.</param>
/// <param name="HasFace">Whether it shows a face all the same.</param>
internal sealed record UnusableFrame(UnusableReason Reason, TimeSpan CapturedAt, bool HasFace) : AccessEvent;

/// <summary>The camera failed (it is silent, frozen or lost), or works again.</summary>
/// <param name="Fault">What is wrong with the camera, in words; null when it works again.</param>
internal sealed record CameraChanged(string? Fault) : AccessEvent;

/// <summary>The camera's frames were counted for a while.</summary>
/// <param name="Rate">Frames a second.</param>
internal sealed record CameraCounted(double Rate) : AccessEvent;

/// <summary>The door machine moved.</summary>
/// <param name="IsOpen">Whether the contact says open.</param>
/// <param name="IsLocked">Whether it is closed, and the relay off.</param>
internal sealed record DoorMoved(bool IsOpen, bool IsLocked) : AccessEvent;

/// <summary>An operator waits for a badge that belongs to nobody, to give it to somebody.</summary>
/// <param name="Until">Until when; null when nobody waits any more.</param>
internal sealed record BadgeAwaited(TimeSpan? Until) : AccessEvent;

/// <summary>An operator looks through the camera, to enrol somebody who stands before it.</summary>
/// <param name="Until">At the latest.</param>
internal sealed record CameraLoan(TimeSpan Until) : AccessEvent;

/// <summary>The gallery came to another encoder: what the attempt under way has seen cannot be compared any more.</summary>
internal sealed record EncoderChanged : AccessEvent;

/// <summary>Time has come to <see cref="AccessPolicy.NextDue"/>.</summary>
internal sealed record AccessTick : AccessEvent;

/// <summary>The agent stops; nothing is decided after it.</summary>
internal sealed record AccessStopping : AccessEvent;

/// <summary>Something threw; the attempt under way is over.</summary>
internal sealed record AccessFaulted : AccessEvent;
