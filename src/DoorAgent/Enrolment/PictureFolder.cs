using DoorAgent.Hardware.Cameras;

namespace DoorAgent.Enrolment;

/// <summary>Finds the picture files for enrolment.</summary>
internal static class PictureFolder
{
    /// <summary>Returns the paths of the picture files in a folder, in order, including unreadable ones, so that each gets a finding; or
    /// the one file, if the path names a file.</summary>
    /// <exception cref="UserErrorException">The folder does not exist, cannot be read, or has no picture.</exception>
    public static IReadOnlyList<string> Files(string path)
    {
        if (File.Exists(path))
            return [path];
        try
        {
            IReadOnlyList<string> files = PictureFile.In(path, [.. PictureFile.Extensions, .. PictureFile.UnreadableExtensions]);
            return files.Count > 0 ? files : throw new UserErrorException(
                $"There is no picture in {path}. Put files ending in {string.Join(", ", PictureFile.Extensions)} "
                    + "there; sub-folders are not searched.");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"The folder {path} cannot be read: {failure.Message} Name the folder with "
                + "the person's pictures with --images.", failure);
        }
    }
}
