using DoorAgent.Hardware.Cameras;

namespace DoorAgent.Enrolment;

/// <summary>The pictures that a person is enrolled from.</summary>
internal static class PictureFolder
{
    /// <summary>Paths of the picture files in a folder, in order, also of those that cannot be read, so that each gets its
    /// words; or the one file, where a file is named.</summary>
    /// <exception cref="UserErrorException">It is not there, cannot be read, or holds no picture.</exception>
    public static IReadOnlyList<string> Files(string path)
    {
        if (File.Exists(path))
            return [path];
        try
        {
            IReadOnlyList<string> files = PictureFile.In(path, [.. PictureFile.Extensions, .. PictureFile.UnreadableExtensions]);
            return files.Count > 0 ? files : throw new UserErrorException(
                $"There is no picture in {path}. Put files ending in {string.Join(", ", PictureFile.Extensions)} there; folders in it are not looked into.");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"The folder {path} cannot be read: {failure.Message} Name the folder with the person's pictures with --images.", failure);
        }
    }
}
