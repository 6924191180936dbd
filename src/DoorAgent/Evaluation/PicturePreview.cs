using DoorAgent.Hardware.Cameras;

namespace DoorAgent.Evaluation;

/// <summary>Reads a picture again to show it in a report.</summary>
internal static class PicturePreview
{
    /// <summary>Reads a picture; null where the file was removed since, or is no longer a picture.</summary>
    public static Frame? Of(string path)
    {
        try
        {
            Frame frame = new();
            PictureFile.Read(path, frame);
            return frame;
        }
        catch (Exception failure) when (failure is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
