namespace DoorAgent.Storage;

/// <summary>
/// File status of a database: of its file and of its write-ahead log. SQLite's own counters do not change when a copying program
/// writes into the file; the file status does.
/// </summary>
/// <param name="File">Status of the database file; null if the file does not exist.</param>
/// <param name="Log">Status of the log; null if the log does not exist or is empty, since readers create and remove an empty log.</param>
internal readonly record struct DatabaseStatus(FileStatus? File, FileStatus? Log)
{
    /// <summary>Reads the current status.</summary>
    /// <exception cref="UnauthorizedAccessException">This user may not search the directory.</exception>
    /// <exception cref="IOException">The system call failed.</exception>
    public static DatabaseStatus Of(string path) => new(Libc.Stat(path), Libc.Stat(LogOf(path)) is { Size: > 0 } log ? log : null);

    /// <summary>Returns the path of a database's write-ahead log.</summary>
    public static string LogOf(string path) => path + "-wal";
}
