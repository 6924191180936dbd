using DoorAgent.Hardware.Cameras;

namespace DoorAgent.Diagnostics.Explaining;

/// <summary>A picture of a visit, as the camera gave it.</summary>
/// <param name="File">Path of the file.</param>
/// <param name="Read">Reads the picture into a frame.</param>
internal sealed record VisitPicture(string File, Action<Frame> Read)
{
    /// <summary>The name for people.</summary>
    public string Name => Path.GetFileName(File);

    /// <summary>Returns a picture of a file. Reading it throws <see cref="InvalidDataException"/> for a file that is not a
    /// picture.</summary>
    public static VisitPicture Of(string file) => new(file, frame => PictureFile.Read(file, frame));

    /// <summary>Returns a picture of a file whose bytes another function reads, such as a sealed one.</summary>
    public static VisitPicture Of(string file, Func<string, byte[]> read) =>
        new(file, frame => PictureFile.Decode(read(file), file, frame));
}
