namespace DoorAgent.Operating;

/// <summary>A rectangle in a picture, in pixels.</summary>
/// <param name="X">Left edge.</param>
/// <param name="Y">Upper edge.</param>
/// <param name="Width">Width.</param>
/// <param name="Height">Height.</param>
internal sealed record PictureBox(float X, float Y, float Width, float Height);

/// <summary>What a door sees in a frame.</summary>
/// <param name="Width">In pixels.</param>
/// <param name="Height">In pixels.</param>
/// <param name="Bytes">Length of the JPEG that follows.</param>
internal sealed record PictureFacts(int Width, int Height, int Bytes)
{
    /// <summary>The longest JPEG, in bytes.</summary>
    public const int MostBytes = 8 * 1024 * 1024;

    /// <summary>The main face; null without one.</summary>
    public PictureBox? Face { get; init; }

    /// <summary>Whether the door could compare the face.</summary>
    public bool IsUsable { get; init; }

    /// <summary>Why the frame is not usable: the name of an <see cref="Faces.UnusableReason"/>; null for a usable one.</summary>
    public string? Problem { get; init; }

    /// <summary>The same in words, and what helps; empty for a usable frame.</summary>
    public string Words { get; init; } = "";

    /// <summary>What the person in front of the camera should do; empty for nothing.</summary>
    public string Advice { get; init; } = "";
}
