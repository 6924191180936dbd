using DoorAgent.Faces;

namespace DoorAgent.Liveness;

/// <summary>One frame of a person who is asked to turn the head, with exactly one face that counts.</summary>
/// <param name="Box">The face's position.</param>
/// <param name="Landmarks">The face's landmarks.</param>
/// <param name="CapturedAt">Time of the capture.</param>
/// <param name="IsPerson">Whether the face is that of the person who is asked; null for a frame that cannot be compared.</param>
internal readonly record struct TurnFrame(FaceBox Box, Landmarks Landmarks, TimeSpan CapturedAt, bool? IsPerson);

/// <summary>How far the answer to a request to turn the head has come.</summary>
internal enum TurnProgress
{
    /// <summary>The person must first be recognised from the front: at the start, and after the face was lost.</summary>
    AwaitsPerson,

    /// <summary>The head has not turned far enough yet.</summary>
    AwaitsTurn,

    /// <summary>The head has turned, and must come back to the front.</summary>
    AwaitsReturn,

    /// <summary>The head turned the other way.</summary>
    WrongWay,

    /// <summary>The head turned as asked and came back.</summary>
    Answered,
}
