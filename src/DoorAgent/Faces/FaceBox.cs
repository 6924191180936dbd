namespace DoorAgent.Faces;

/// <summary>A rectangle in picture coordinates, pixels; (X, Y) is its upper left corner.</summary>
internal readonly record struct FaceBox(float X, float Y, float Width, float Height)
{
    /// <summary>Least overlap (IoU) of the faces of two successive frames that counts as one face.</summary>
    public const float OneFaceOverlap = 0.3f;

    public float Area => Width * Height;

    public (float X, float Y) Centre => (X + (Width / 2), Y + (Height / 2));

    /// <summary>Computes the intersection over union with another box, 0 to 1.</summary>
    public float OverlapWith(FaceBox other)
    {
        float shared = SharedWith(other);
        return shared == 0 ? 0 : shared / (Area + other.Area - shared);
    }

    /// <summary>Computes the fraction of the smaller box that lies in the other box, 0 to 1.</summary>
    public float ContainmentWith(FaceBox other)
    {
        float shared = SharedWith(other);
        return shared == 0 ? 0 : shared / MathF.Min(Area, other.Area);
    }

    private float SharedWith(FaceBox other)
    {
        float width = MathF.Min(X + Width, other.X + other.Width) - MathF.Max(X, other.X);
        float height = MathF.Min(Y + Height, other.Y + other.Height) - MathF.Max(Y, other.Y);
        return width <= 0 || height <= 0 ? 0 : width * height;
    }
}
