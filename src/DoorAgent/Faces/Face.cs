using System.Runtime.CompilerServices;

namespace DoorAgent.Faces;

/// <summary>Five points in picture coordinates (pixel centres at whole numbers): right eye, left eye, nose,
/// right mouth corner, left mouth corner, as the person has them.</summary>
[InlineArray(Count)]
internal struct Landmarks
{
    public const int Count = 5;

    private (float X, float Y) _point;
}

/// <summary>A face that the detector found.</summary>
/// <param name="Box">Where it is.</param>
/// <param name="Score">The detector's score, 0 to 1.</param>
/// <param name="Landmarks">Its five points.</param>
internal readonly record struct Face(FaceBox Box, float Score, Landmarks Landmarks);
