namespace DoorAgent.Faces;

/// <summary>Selects the main one of several faces. The score is a factor, because a large box of low score near a face is usually a
/// false detection. Pure.</summary>
internal static class MainFace
{
    /// <summary>Selects the face of a camera's frame with the largest score x area.</summary>
    /// <param name="faces">At least one face.</param>
    public static Face OfFrame(IReadOnlyList<Face> faces) => faces.MaxBy(face => face.Score * face.Box.Area);

    /// <summary>Selects the face of a portrait picture with the largest score x (area - 2 d^2), where d is the distance from the
    /// picture's centre.</summary>
    /// <param name="faces">At least one face.</param>
    /// <param name="width">Width of the picture in pixels.</param>
    /// <param name="height">Height of the picture in pixels.</param>
    public static Face OfPicture(IReadOnlyList<Face> faces, int width, int height) => faces.MaxBy(face =>
    {
        (float x, float y) = face.Box.Centre;
        float dx = x - (width / 2f), dy = y - (height / 2f);
        return face.Score * (face.Box.Area - (2 * ((dx * dx) + (dy * dy))));
    });
}
