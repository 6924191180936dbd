using DoorAgent.Encodings;

namespace DoorAgent.Galleries;

/// <summary>An encoding to keep.</summary>
/// <param name="Picture">SHA-256 of the picture's file, 32 bytes.</param>
/// <param name="Quality">0 to 1.</param>
/// <param name="Encoding">The encoding.</param>
internal sealed record EnrolledPicture(byte[] Picture, float Quality, FaceEncoding Encoding)
{
    /// <summary>The aligned faces to keep for a while (People:KeepCrops); read back they are not here.</summary>
    public IReadOnlyList<AlignedFace> Crops { get; init; } = [];
}
