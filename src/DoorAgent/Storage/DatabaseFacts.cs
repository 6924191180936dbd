namespace DoorAgent.Storage;

/// <summary>
/// What the file system says of a database: the facts of its file and of the write-ahead log beside it. SQLite's own counters do not
/// see what a copying program writes into the file, and these do.
/// </summary>
/// <param name="File">Of the file; null where there is none.</param>
/// <param name="Log">Of the log; null where there is none, or an empty one, which comes and goes with whoever reads.</param>
internal readonly record struct DatabaseFacts(FileFacts? File, FileFacts? Log)
{
    /// <summary>The facts as they are now.</summary>
    /// <exception cref="UnauthorizedAccessException">This user may not look there.</exception>
    /// <exception cref="IOException">The system refused to say.</exception>
    public static DatabaseFacts Of(string path) => new(Libc.Facts(path), Libc.Facts(LogOf(path)) is { Size: > 0 } log ? log : null);

    /// <summary>Path of the write-ahead log of a database.</summary>
    public static string LogOf(string path) => path + "-wal";
}
