using DoorAgent.Faces;

namespace DoorAgent.Encodings;

/// <summary>What one frame or picture showed: a face with its encoding, or the reason why there is none.</summary>
/// <param name="Problem"><see cref="UnusableReason.None"/> exactly when <paramref name="Encoding"/> is there.</param>
/// <param name="Face">The face it is about, when there is one.</param>
/// <param name="CountingFaces">How many faces count (behaviour.md, section 2).</param>
/// <param name="Encoding">The encoding of a usable face.</param>
/// <param name="Quality">0 to 1, higher is better; orders the pictures of one person.</param>
internal sealed record FaceReading(UnusableReason Problem, Face? Face, int CountingFaces, FaceEncoding? Encoding, float Quality)
{
    /// <summary>By how many degrees the picture was turned clockwise before its face was found; the face lies on the turned picture.</summary>
    public int TurnedBy { get; init; }

    /// <summary>The face in each alignment of the catalogue, where the reader keeps them (<see cref="FacePipeline.KeepsCrops"/>).</summary>
    public IReadOnlyList<AlignedFace> Crops { get; init; } = [];
}
