namespace DoorAgent.Faces;

/// <summary>Which way a face looks, from its five points. Turn and drop are measures, not angles.</summary>
/// <param name="Turn">Where the nose lies between the eyes, along their line, in half eye distances: 0 is straight ahead, above 0
/// turned to the person's own left, below 0 to their right. Its size is <see cref="FaceQuality.Turn"/>.</param>
/// <param name="Drop">Where the nose lies between the eyes (0) and the mouth (1): about 0.58 straight ahead, less with the chin up.</param>
/// <param name="Roll">How far the face is tilted in the plane of the picture, in degrees from -180 to 180: 0 is upright, 90 is turned
/// clockwise by a right angle as one looks at the picture, 180 is upside down.</param>
internal readonly record struct FacePose(float Turn, float Drop, float Roll)
{
    /// <summary>Measures a face; infinite for points that are no face.</summary>
    public static FacePose Of(Landmarks points)
    {
        (float X, float Y) right = points[0], left = points[1], nose = points[2];
        (float X, float Y) eyes = ((right.X + left.X) / 2, (right.Y + left.Y) / 2);
        (float X, float Y) mouth = ((points[3].X + points[4].X) / 2, (points[3].Y + points[4].Y) / 2);
        return new FacePose((2 * Along(right, left, nose)) - 1, Along(eyes, mouth, nose), RollOf(points, eyes, mouth));
    }

    /// <summary>The direction of three lines together: along the eyes, along the mouth, and across the way from the eyes to the mouth,
    /// so that a head turned to a side, whose eyes lie near each other, is measured as well.</summary>
    private static float RollOf(Landmarks points, (float X, float Y) eyes, (float X, float Y) mouth)
    {
        float x = points[1].X - points[0].X + points[4].X - points[3].X + mouth.Y - eyes.Y;
        float y = points[1].Y - points[0].Y + points[4].Y - points[3].Y - (mouth.X - eyes.X);
        return MathF.Atan2(y, x) * (180 / MathF.PI);
    }

    /// <summary>How far along the way from one point to another a third lies: 0 at the first, 1 at the second.</summary>
    private static float Along((float X, float Y) from, (float X, float Y) to, (float X, float Y) at)
    {
        float x = to.X - from.X, y = to.Y - from.Y;
        float square = (x * x) + (y * y);
        return square < 1 ? float.PositiveInfinity : (((at.X - from.X) * x) + ((at.Y - from.Y) * y)) / square;
    }
}
