using Microsoft.Data.Sqlite;

namespace DoorAgent.Storage;

/// <summary>Whether a failure of SQLite is a full disk: it says only of its writes that there is no room, and of a file that it needs beside
/// the database that the disk failed, after which people look for a worn card.</summary>
internal static class SqliteRoom
{
    /// <summary>With less a database is not even opened: the file beside it that readers share is 32 KiB, and each write needs some pages.</summary>
    private const long Least = 128 * 1024;

    /// <summary>Whether there was no room.</summary>
    /// <param name="failure">What SQLite said.</param>
    /// <param name="path">The database.</param>
    public static bool IsCause(SqliteException failure, string path) => failure.SqliteErrorCode == SQLitePCL.raw.SQLITE_FULL
        || (failure.SqliteErrorCode is SQLitePCL.raw.SQLITE_IOERR or SQLitePCL.raw.SQLITE_CANTOPEN && Libc.MayWrite(Beside(path)) && Free(path) < Least);

    private static string Beside(string path) => Path.GetDirectoryName(Path.GetFullPath(path))!;

    /// <summary>Bytes that are free beside a file; plenty where nobody knows.</summary>
    private static long Free(string path)
    {
        try
        {
            return new DriveInfo(Beside(path)).AvailableFreeSpace;
        }
        catch (Exception unknown) when (unknown is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return long.MaxValue;
        }
    }
}
