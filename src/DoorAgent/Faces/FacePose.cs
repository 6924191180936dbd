namespace DoorAgent.Faces;

/// <summary>Which way a face looks, from its five points: measures, not angles.</summary>
/// <param name="Turn">Where the nose lies between the eyes, along their line, in half eye distances: 0 is straight ahead, above 0
/// turned to the person's own left, below 0 to their right. Its size is <see cref="FaceQuality.Turn"/>.</param>
/// <param name="Drop">Where the nose lies between the eyes (0) and the mouth (1): about 0.58 straight ahead, less with the chin up.</param>
internal readonly record struct FacePose(float Turn, float Drop)
{
    /// <summary>Measures a face; infinite for points that are no face.</summary>
    public static FacePose Of(Landmarks points)
    {
        (float X, float Y) right = points[0], left = points[1], nose = points[2];
        (float X, float Y) eyes = ((right.X + left.X) / 2, (right.Y + left.Y) / 2);
        (float X, float Y) mouth = ((points[3].X + points[4].X) / 2, (points[3].Y + points[4].Y) / 2);
        return new FacePose((2 * Along(right, left, nose)) - 1, Along(eyes, mouth, nose));
    }

    /// <summary>How far along the way from one point to another a third lies: 0 at the first, 1 at the second.</summary>
    private static float Along((float X, float Y) from, (float X, float Y) to, (float X, float Y) at)
    {
        float x = to.X - from.X, y = to.Y - from.Y;
        float square = (x * x) + (y * y);
        return square < 1 ? float.PositiveInfinity : (((at.X - from.X) * x) + ((at.Y - from.Y) * y)) / square;
    }
}
