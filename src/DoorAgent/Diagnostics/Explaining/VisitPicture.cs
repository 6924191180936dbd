using DoorAgent.Hardware.Cameras;

namespace DoorAgent.Diagnostics.Explaining;

/// <summary>A picture of a visit, as the camera gave it.</summary>
/// <param name="Name">The name for people, such as the file's.</param>
/// <param name="Read">Reads the picture into a frame.</param>
internal sealed record VisitPicture(string Name, Action<Frame> Read)
{
    /// <summary>Returns a picture of a file. Reading it throws <see cref="InvalidDataException"/> for a file that is not a
    /// picture.</summary>
    public static VisitPicture Of(string file) => new(Path.GetFileName(file), frame => PictureFile.Read(file, frame));
}
