using System.Runtime.CompilerServices;

namespace DoorAgent.Faces;

/// <summary>Five points in picture coordinates (pixel centres at integers): right eye, left eye, nose, right mouth corner,
/// left mouth corner, where right and left are the person's own.</summary>
[InlineArray(Count)]
internal struct Landmarks
{
    public const int Count = 5;

    private (float X, float Y) _point;
}

/// <summary>A face that the detector found.</summary>
/// <param name="Box">Bounding box of the face.</param>
/// <param name="Score">The detector's score, 0 to 1.</param>
/// <param name="Landmarks">The five landmarks of the face.</param>
internal readonly record struct Face(FaceBox Box, float Score, Landmarks Landmarks);
