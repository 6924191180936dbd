using DoorAgent.Storage;
using Microsoft.Data.Sqlite;
using static SQLitePCL.raw;

namespace DoorAgent.Auditing;

/// <summary>Describes why the journal could not be used, for the operator who must fix the cause.</summary>
internal static class JournalFailure
{
    public static string Describe(string path, Exception failure) => failure is SqliteException sqlite
        ? $"The journal {path} cannot be used: "
        + $"{Reason(DiskFull.IsCauseOf(sqlite, path) ? SQLITE_FULL : sqlite.SqliteErrorCode, sqlite.Message)}"
        : failure.Message;

    /// <summary>Describes why the journal could not be read.</summary>
    public static string DescribeReading(string path, SqliteException failure) =>
        $"The journal {path} cannot be read: " + failure.SqliteErrorCode switch
    {
        SQLITE_CANTOPEN or SQLITE_READONLY or SQLITE_PERM or SQLITE_AUTH => $"{failure.Message}. "
            + "Are you allowed to (sudo), and is its directory there?",
        var code => Reason(code, failure.Message),
    };

    private static string Reason(int code, string message) => code switch
    {
        SQLITE_FULL => "the disk is full. Free space ('df -h' shows where: logs, old packages); a door that runs goes on by itself then.",
        SQLITE_READONLY or SQLITE_CANTOPEN =>
            $"it cannot be written ({message}). Is the disk mounted read-only (a worn card turns so), or is this not its owner?",
        SQLITE_IOERR => $"the disk failed ({message}). Look at dmesg; the card may be worn out.",
        SQLITE_BUSY or SQLITE_LOCKED => "another program has locked it. Is a second dooragent running on this directory?",
        SQLITE_CONSTRAINT => $"another program has written to it ({message}). Is a second dooragent running on this directory?",
        _ => message,
    };
}
