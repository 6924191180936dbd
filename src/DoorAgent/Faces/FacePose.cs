namespace DoorAgent.Faces;

/// <summary>The pose of a face, measured from its five landmarks. Turn and drop are ratios, not angles.</summary>
/// <param name="Turn">Position of the nose between the eyes, along the line of the eyes, in half eye distances: 0 is straight ahead, above
/// 0 turned to the person's own left, below 0 to their right. The absolute value is <see cref="FaceQuality.Turn"/>.</param>
/// <param name="Drop">Position of the nose between eyes (0) and mouth (1): about 0.58 straight ahead, less with a raised chin.</param>
/// <param name="Roll">Rotation of the face in the plane of the picture, in degrees from -180 to 180: 0 is upright, 90 is turned clockwise
/// by a right angle as seen in the picture, 180 is upside down.</param>
internal readonly record struct FacePose(float Turn, float Drop, float Roll)
{
    /// <summary>Measures a face; the values are infinite for points that cannot belong to a face.</summary>
    public static FacePose Of(Landmarks points)
    {
        (float X, float Y) right = points[0], left = points[1], nose = points[2];
        (float X, float Y) eyes = ((right.X + left.X) / 2, (right.Y + left.Y) / 2);
        (float X, float Y) mouth = ((points[3].X + points[4].X) / 2, (points[3].Y + points[4].Y) / 2);
        return new FacePose((2 * Along(right, left, nose)) - 1, Along(eyes, mouth, nose), RollOf(points, eyes, mouth));
    }

    /// <summary>Computes the mean direction of three lines: along the eyes, along the mouth, and perpendicular to the line from eyes to
    /// mouth. The third line keeps the result stable for a head turned to a side, whose eyes appear close together.</summary>
    private static float RollOf(Landmarks points, (float X, float Y) eyes, (float X, float Y) mouth)
    {
        float x = points[1].X - points[0].X + points[4].X - points[3].X + mouth.Y - eyes.Y;
        float y = points[1].Y - points[0].Y + points[4].Y - points[3].Y - (mouth.X - eyes.X);
        return MathF.Atan2(y, x) * (180 / MathF.PI);
    }

    /// <summary>Projects a point onto the line between two others: 0 at the first, 1 at the second.</summary>
    private static float Along((float X, float Y) from, (float X, float Y) to, (float X, float Y) at)
    {
        float x = to.X - from.X, y = to.Y - from.Y;
        float square = (x * x) + (y * y);
        return square < 1 ? float.PositiveInfinity : (((at.X - from.X) * x) + ((at.Y - from.Y) * y)) / square;
    }
}
