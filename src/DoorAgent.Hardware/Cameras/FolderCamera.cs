namespace DoorAgent.Hardware.Cameras;

/// <summary>
/// Plays the pictures of a folder in ordinal order of their names, in a loop. A folder with a single picture counts as a frozen
/// camera after a while, as a real camera would.
/// </summary>
internal sealed class FolderCamera : FileCamera
{
    private const double FramesPerSecond = 10;

    private readonly string _directory;
    private readonly IReadOnlyList<string> _pictures;
    private int _next;

    /// <exception cref="IOException">The folder cannot be read or contains no pictures.</exception>
    public FolderCamera(string directory, TimeProvider time)
        : base(FramesPerSecond, time)
    {
        (_directory, _pictures) = (directory, PictureFile.In(directory));
        if (_pictures.Count == 0)
            throw new IOException($"{directory} contains no pictures; add some ({string.Join(", ", PictureFile.Extensions)}).");
    }

    public override string Description => $"folder of pictures {_directory}";

    protected override CaptureStatus Fill(Frame frame)
    {
        string picture = _pictures[_next];
        _next = (_next + 1) % _pictures.Count;
        try
        {
            PictureFile.Read(picture, frame);
            return CaptureStatus.Captured;
        }
        catch (InvalidDataException)
        {
            return CaptureStatus.WrongFormat;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return CaptureStatus.Lost;
        }
    }

    protected override void Close()
    {
        // No file stays open between two pictures.
    }
}
