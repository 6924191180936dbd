namespace DoorAgent.Storage;

/// <summary>The files that the door depends on: no command overwrites one of them with its output, whatever path or link it
/// names.</summary>
internal static class ProtectedFiles
{
    private static readonly EnumerationOptions All = new() { AttributesToSkip = FileAttributes.None, IgnoreInaccessible = true };

    private static readonly string[] BesideDatabase = ["", "-wal", "-shm", "-journal"];

    /// <summary>Refuses an output path that would overwrite a file that the door needs.</summary>
    /// <param name="output">Path of the output.</param>
    /// <param name="places">The door's places.</param>
    /// <param name="settingsFile">The configuration file; null if there is none.</param>
    /// <exception cref="UserErrorException">The output would overwrite such a file; the message says which.</exception>
    public static void EnsureNotOverwritten(string output, Places places, string? settingsFile)
    {
        (string Path, string Kind)[] files =
        [
            .. BesideDatabase.Select(end => (places.GalleryFile + end, "gallery")),
            .. BesideDatabase.Select(end => (places.JournalFile + end, "journal")),
            (places.OperatorSocket, "operator's socket"),
            (places.ModeFile, "mode"),
            .. KeyFiles(places).Select(path => (path, "key")),
            .. places.ModelDirectories.Where(Directory.Exists)
                .SelectMany(directory => Directory.EnumerateFiles(directory, "*", All)).Select(file => (file, "network")),
            .. settingsFile is null ? Array.Empty<(string, string)>() : [(settingsFile, "configuration")],
        ];
        if (files.FirstOrDefault(file => IsSame(file.Path, output)) is (not null, var kind))
            throw new UserErrorException($"{output} is this door's own {kind} and would be lost. Nothing was written; name another file.");
    }

    /// <summary>
    /// Returns whether two paths lead to the same file, by inode and device; files that do not exist yet are compared by directory and
    /// name.
    /// </summary>
    public static bool IsSame(string first, string second)
    {
        if (StatusOf(first) is { } firstFile && StatusOf(second) is { } secondFile)
            return firstFile.IsSameFileAs(secondFile);
        return Path.GetFileName(first) == Path.GetFileName(second) && StatusOf(DirectoryOf(first)) is { } firstDirectory
            && StatusOf(DirectoryOf(second)) is { } secondDirectory && firstDirectory.IsSameFileAs(secondDirectory);
    }

    private static string[] KeyFiles(Places places) =>
        [places.KeyFile, places.KeyFile + ".new", "/etc/credstore.encrypted/dooragent.key", "/etc/credstore/dooragent.key"];

    private static FileStatus? StatusOf(string path)
    {
        try
        {
            return Libc.Stat(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // A file that this user may not even see cannot be overwritten either.
            return null;
        }
    }

    private static string DirectoryOf(string path) => Path.GetDirectoryName(Path.GetFullPath(path)) ?? "/";
}
