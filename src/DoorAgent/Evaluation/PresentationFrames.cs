using DoorAgent.Hardware.Cameras;

namespace DoorAgent.Evaluation;

/// <summary>Reads the frames of presentations, one after the other, into one buffer. Not thread-safe.</summary>
internal sealed class PresentationFrames
{
    // A door sees about ten frames a second, and so the pictures of a clip count as that far apart.
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly Frame _frame = new();

    /// <summary>Reads the frames; each one is valid until the next.</summary>
    /// <exception cref="InvalidDataException">A file is not a picture.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">This user has no permission to read a file.</exception>
    public IEnumerable<Frame> Of(Presentation presentation)
    {
        bool isVideo = presentation.IsClip && presentation.Files.Count == 1
            && !PictureFile.Extensions.Contains(Path.GetExtension(presentation.Files[0]), StringComparer.OrdinalIgnoreCase);
        long number = 0;
        foreach (Frame frame in isVideo ? Video(presentation.Files[0]) : Pictures(presentation.Files))
        {
            (frame.Sequence, frame.CapturedAt) = (number + 1, number * Interval);
            number++;
            yield return frame;
        }
    }

    private IEnumerable<Frame> Pictures(IReadOnlyList<string> files)
    {
        foreach (string file in files)
        {
            PictureFile.Read(file, _frame);
            yield return _frame;
        }
    }

    /// <summary>Leaves out the frames that come sooner than a door would see the next one.</summary>
    private IEnumerable<Frame> Video(string file)
    {
        using VideoFrames video = new(file);
        TimeSpan next = TimeSpan.Zero;
        for (long number = 0; video.Read(_frame); number++)
        {
            if (number * video.Interval < next)
                continue;
            next += Interval;
            yield return _frame;
        }
    }
}
