namespace DoorAgent.Faces;

/// <summary>A similarity transform from the aligned face to the picture: (x, y) to (A x - B y + X, B x + A y + Y).</summary>
internal readonly record struct Similarity(float A, float B, float X, float Y)
{
    public (float X, float Y) Map(float x, float y) => ((A * x) - (B * y) + X, (B * x) + (A * y) + Y);
}

/// <summary>Computes the transform that aligns a face. Pure.</summary>
internal static class FaceAligner
{
    /// <summary>
    /// Computes the similarity (rotation, scale, translation; no reflection) that maps five landmarks to the template with the least
    /// squared error, and returns its inverse: the map from the aligned face to the picture, which a warp needs. Closed form in the plane
    /// (Umeyama 1991, without reflection).
    /// </summary>
    /// <param name="landmarks">Five points in the picture.</param>
    /// <param name="template">Positions of these points in the aligned face.</param>
    public static Similarity FromAligned(Landmarks landmarks, ReadOnlySpan<(float X, float Y)> template)
    {
        (float px, float py) = Mean(landmarks);
        (float qx, float qy) = Mean(template);
        float dot = 0, cross = 0, length = 0;
        for (int i = 0; i < Landmarks.Count; i++)
        {
            float x = landmarks[i].X - px, y = landmarks[i].Y - py;
            float u = template[i].X - qx, v = template[i].Y - qy;
            dot += (x * u) + (y * v);
            cross += (x * v) - (y * u);
            length += (x * x) + (y * y);
        }

        // Forward is [a -b; b a] with a = dot / length, b = cross / length; its inverse is [a b; -b a] / (a^2 + b^2).
        float square = (dot * dot) + (cross * cross);
        float a = length * dot / square, b = -length * cross / square;
        return new Similarity(a, b, px - ((a * qx) - (b * qy)), py - ((b * qx) + (a * qy)));
    }

    private static (float X, float Y) Mean(ReadOnlySpan<(float X, float Y)> points)
    {
        float x = 0, y = 0;
        foreach ((float X, float Y) point in points)
            (x, y) = (x + point.X, y + point.Y);
        return (x / points.Length, y / points.Length);
    }
}
