namespace DoorAgent.Fuzz;

/// <summary>Files in memory for parsers that read from a path, so that no disk slows a run down.</summary>
internal static class ScratchFolder
{
    private const string InMemory = "/dev/shm";

    /// <summary>The folder of this process; deleted with its end, or by the next process after a kill.</summary>
    public static string Path { get; } = Create();

    /// <summary>Returns the path of a file in the folder.</summary>
    public static string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Writes a file.</summary>
    /// <returns>Its path.</returns>
    public static string Write(string name, ReadOnlySpan<byte> content)
    {
        System.IO.File.WriteAllBytes(File(name), content);
        return File(name);
    }

    /// <summary>Deletes a database with the files that SQLite makes beside it.</summary>
    public static void DeleteDatabase(string name)
    {
        foreach (string ending in new[] { "", "-wal", "-shm", "-journal" })
            System.IO.File.Delete(File(name + ending));
    }

    private static string Create()
    {
        string root = Directory.Exists(InMemory) ? InMemory : System.IO.Path.GetTempPath();
        foreach (string left in Directory.EnumerateDirectories(root, "door-fuzz-*"))
        {
            if (!Directory.Exists($"/proc/{left.Split('-')[^1]}"))
                Directory.Delete(left, recursive: true);
        }

        string folder = Directory.CreateDirectory(System.IO.Path.Combine(root, $"door-fuzz-{Environment.ProcessId}")).FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        return folder;
    }
}
