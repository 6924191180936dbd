using DoorAgent.Hardware.Cameras;

namespace DoorAgent.Evaluation;

/// <summary>Finds the pictures of a folder in LFW's layout: a folder for each person, with the person's pictures in it or in folders of
/// it.</summary>
internal static class PictureSetFolder
{
    private const int MostLevels = 4;

    private static readonly EnumerationOptions Levels = new() { RecurseSubdirectories = true, MaxRecursionDepth = MostLevels };

    /// <summary>Lists people and pictures; reads no picture.</summary>
    /// <exception cref="UserErrorException">The folder does not exist, cannot be read, or has no folder with a picture.</exception>
    public static PictureSet Open(string folder)
    {
        if (!Directory.Exists(folder))
            throw new UserErrorException($"There is no folder {folder}. Name one with a folder of pictures for each person.");
        try
        {
            PictureSet set = PictureSet.Of(folder, Directory.EnumerateDirectories(folder).SelectMany(person => PicturesOf(folder, person)));
            if (set.Pictures.Count == 0)
            {
                throw new UserErrorException($"There is no folder with pictures in {folder}. It needs a folder for each person, such as "
                    + $"Anna/1.jpg and Ben/1.jpg; pictures end in {string.Join(", ", PictureFile.Extensions)}.");
            }

            int beside = PictureFile.In(folder).Count;
            return beside == 0 ? set : set with
            {
                Notes = [$"{beside} pictures directly in the folder belong to nobody and are not compared."],
            };
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"The folder {folder} cannot be read: {failure.Message}", failure);
        }
    }

    private static IEnumerable<(string Person, string Name, string Path)> PicturesOf(string folder, string person) =>
        Directory.EnumerateFiles(person, "*", Levels)
            .Where(path => PictureFile.Extensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase))
            .Select(path => (Path.GetFileName(person), Path.GetRelativePath(folder, path), path));
}
