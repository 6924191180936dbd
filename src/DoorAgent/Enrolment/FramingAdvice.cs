using DoorAgent.Faces;

namespace DoorAgent.Enrolment;

/// <summary>Says how a person should stand so that their face is large, in the middle and well lit. A face that needs such advice is usable
/// all the same. Pure.</summary>
internal static class FramingAdvice
{
    // Shares of the picture's width and height, and a mean luminance of the face, 0 to 255.
    private const float Narrow = 0.15f, Wide = 0.6f, Middle = 0.25f, Bright = 225;

    /// <summary>Returns the advice; null for a face that needs none.</summary>
    /// <param name="face">The face's box.</param>
    /// <param name="width">Width of the picture.</param>
    /// <param name="height">Height of the picture.</param>
    /// <param name="brightness">Mean luminance of the face, 0 to 255.</param>
    public static string? Of(FaceBox face, int width, int height, float brightness)
    {
        float x = (face.X + (face.Width / 2)) / width, y = (face.Y + (face.Height / 2)) / height;
        return brightness > Bright ? "it is too bright: step out of the sun, or away from the lamp"
            : face.Width < Narrow * width ? "come closer"
            : face.Width > Wide * width ? "step back a little"
            // The left of the picture is the person's own right.
            : x < Middle ? "move to your left, into the middle"
            : x > 1 - Middle ? "move to your right, into the middle"
            : y < Middle ? "step back or bend down: your face is at the top of the picture"
            : y > 1 - Middle ? "stand up straight: your face is at the bottom of the picture"
            : null;
    }
}
