namespace DoorAgent.Faces;

/// <summary>Which of several faces a frame or picture is about. The score counts too: a large box of low score around or beside a
/// face is not one. Pure.</summary>
internal static class MainFace
{
    /// <summary>Of a camera's frame: the largest score x area.</summary>
    /// <param name="faces">At least one.</param>
    public static Face OfFrame(IReadOnlyList<Face> faces) => faces.MaxBy(face => face.Score * face.Box.Area);

    /// <summary>Of a picture that somebody took of a face: the largest score x (area - 2 d^2), d its distance from the centre.</summary>
    /// <param name="faces">At least one.</param>
    /// <param name="width">Of the picture, pixels.</param>
    /// <param name="height">Of the picture, pixels.</param>
    public static Face OfPicture(IReadOnlyList<Face> faces, int width, int height) => faces.MaxBy(face =>
    {
        (float x, float y) = face.Box.Centre;
        float dx = x - (width / 2f), dy = y - (height / 2f);
        return face.Score * (face.Box.Area - (2 * ((dx * dx) + (dy * dy))));
    });
}
