using Microsoft.Data.Sqlite;

namespace DoorAgent.Storage;

/// <summary>
/// Recognises a full disk as the cause of a SQLite failure. SQLite reports SQLITE_FULL only for writes to the database; for a file beside
/// the database it reports an I/O error, and people then suspect a worn SD card.
/// </summary>
internal static class DiskFull
{
    /// <summary>Free space in bytes that opening a database needs: the shared-memory file has 32 KiB, and each write needs some
    /// pages.</summary>
    private const long MinFreeSpace = 128 * 1024;

    /// <summary>Returns whether a full disk caused a failure.</summary>
    /// <param name="failure">The exception that SQLite raised.</param>
    /// <param name="path">Path of the database.</param>
    public static bool IsCauseOf(SqliteException failure, string path) => failure.SqliteErrorCode == SQLitePCL.raw.SQLITE_FULL
        || (failure.SqliteErrorCode is SQLitePCL.raw.SQLITE_IOERR or SQLitePCL.raw.SQLITE_CANTOPEN
            && Libc.MayWrite(DirectoryOf(path)) && FreeSpace(path) < MinFreeSpace);

    private static string DirectoryOf(string path) => Path.GetDirectoryName(Path.GetFullPath(path))!;

    /// <summary>Returns the free space of a file's disk in bytes; the largest number if it is unknown.</summary>
    public static long FreeSpace(string path)
    {
        try
        {
            return new DriveInfo(DirectoryOf(path)).AvailableFreeSpace;
        }
        catch (Exception unknown) when (unknown is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return long.MaxValue;
        }
    }
}
