namespace DoorAgent.Storage;

/// <summary>The files that a door lives by: no command writes its output over one of them, whatever name or link leads there.</summary>
internal static class OwnFiles
{
    private static readonly EnumerationOptions All = new() { AttributesToSkip = FileAttributes.None, IgnoreInaccessible = true };

    private static readonly string[] BesideDatabase = ["", "-wal", "-shm", "-journal"];

    /// <summary>Refuses an output that would take the place of a file that the door needs.</summary>
    /// <param name="output">Where the output goes.</param>
    /// <param name="places">The door's places.</param>
    /// <param name="settingsFile">The configuration file; null where there is none.</param>
    /// <exception cref="UserErrorException">It would; the message says of which.</exception>
    public static void NeedOther(string output, Places places, string? settingsFile)
    {
        (string Path, string What)[] own =
        [
            .. BesideDatabase.Select(end => (places.GalleryFile + end, "gallery")),
            .. BesideDatabase.Select(end => (places.JournalFile + end, "journal")),
            (places.OperatorSocket, "operator's socket"),
            .. places.ModelDirectories.Where(Directory.Exists).SelectMany(directory => Directory.EnumerateFiles(directory, "*", All)).Select(file => (file, "network")),
            .. settingsFile is null ? Array.Empty<(string, string)>() : [(settingsFile, "configuration")],
        ];
        if (own.FirstOrDefault(one => IsSame(one.Path, output)) is (not null, var what))
            throw new UserErrorException($"{output} is this door's own {what}, and would be lost. Nothing was written; name another file.");
    }

    /// <summary>Whether two paths lead to one file, by its identity; of a file that is not there yet by its directory's and its name.</summary>
    public static bool IsSame(string one, string other)
    {
        if (Identity(one) is { } here && Identity(other) is { } there)
            return here.IsSameFileAs(there);
        return Path.GetFileName(one) == Path.GetFileName(other) && Identity(DirectoryOf(one)) is { } above
            && Identity(DirectoryOf(other)) is { } beside && above.IsSameFileAs(beside);
    }

    private static FileFacts? Identity(string path)
    {
        try
        {
            return Libc.Facts(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // What may not be looked at may not be written either.
            return null;
        }
    }

    private static string DirectoryOf(string path) => Path.GetDirectoryName(Path.GetFullPath(path)) ?? "/";
}
