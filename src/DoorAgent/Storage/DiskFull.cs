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

    /// <summary>Free space in bytes that large files on their way leave to the journal and the gallery: 256 MiB.</summary>
    public const long Reserve = 256L << 20;

    /// <summary>Returns whether a full disk caused a failure.</summary>
    /// <param name="failure">The exception that SQLite raised.</param>
    /// <param name="path">Path of the database.</param>
    public static bool IsCauseOf(SqliteException failure, string path) => failure.SqliteErrorCode == SQLitePCL.raw.SQLITE_FULL
        || (failure.SqliteErrorCode is SQLitePCL.raw.SQLITE_IOERR or SQLitePCL.raw.SQLITE_CANTOPEN
            && Libc.MayWrite(DirectoryOf(path)) && FreeSpace(path) < MinFreeSpace);

    private static string DirectoryOf(string path) => Path.GetDirectoryName(Path.GetFullPath(path))!;

    /// <summary>Returns why a large file on its way does not belong on a disk, as a sentence; null where the reserve stays.</summary>
    /// <param name="free">The disk's free space in bytes.</param>
    /// <param name="bytes">How much is to be written.</param>
    public static string? RefusalOf(long free, long bytes) => free - bytes >= Reserve ? null
        : $"The disk has {free >> 20} MiB of free space, of which {Reserve >> 20} MiB are kept for the journal and the gallery, and "
            + $"{(bytes >> 20) + 1} MiB are to be written.";

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
