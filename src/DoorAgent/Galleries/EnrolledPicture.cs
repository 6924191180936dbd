using DoorAgent.Encodings;

namespace DoorAgent.Galleries;

/// <summary>An encoding to store, with its source.</summary>
/// <param name="Picture">SHA-256 of the picture file, 32 bytes.</param>
/// <param name="Quality">0 to 1, higher is better.</param>
/// <param name="Encoding">The encoding of the face.</param>
internal sealed record EnrolledPicture(byte[] Picture, float Quality, FaceEncoding Encoding)
{
    /// <summary>The aligned faces to keep for a limited time (People:KeepCrops). A picture that was read from the gallery has none
    /// here.</summary>
    public IReadOnlyList<AlignedFace> Crops { get; init; } = [];
}
