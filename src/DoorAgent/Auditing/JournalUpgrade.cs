using System.Globalization;
using DoorAgent.Storage;
using Microsoft.Data.Sqlite;
using static SQLitePCL.raw;

namespace DoorAgent.Auditing;

/// <summary>
/// Upgrades a journal of an older format, where that is possible. The upgrade of the first two formats rewrites every record, for which the
/// disk needs as much free space as the journal has. A door that ran before must run afterwards: on a fuller disk the journal keeps its
/// format, and the door goes on in that format, with a warning, until a later start finds room.
/// </summary>
internal static class JournalUpgrade
{
    private const long Megabyte = 1_000_000;

    /// <summary>Upgrades the journal in one transaction; does nothing where the disk has too little room, or the file fails.</summary>
    /// <exception cref="SqliteException">The journal cannot be written, so that no record could be written either.</exception>
    public static void RunIfRoom(SqliteConnection journal, string path)
    {
        if (IsOld(journal) && DiskFull.FreeSpace(path) >= Needed(journal))
            Run(journal, path);
    }

    /// <summary>Upgrades the journal; takes everything back where the disk fills up.</summary>
    internal static void Run(SqliteConnection journal, string path)
    {
        try
        {
            JournalSchema.Upgrade(journal, JournalFile.ApplicationId);
        }
        catch (SqliteException failure) when (IsOfTheDisk(failure, path))
        {
            // What was written so far must not keep the disk full. A page of an old record that cannot be read hinders no new record.
            Sqlite.Run(journal, "PRAGMA wal_checkpoint(TRUNCATE)");
        }
    }

    /// <summary>Describes for the operator why a journal keeps an older format, and what to do; null when it has the newest.</summary>
    public static string? Postponed(SqliteConnection journal, string path)
    {
        if (!IsOld(journal))
            return null;
        (long needed, long free) = (Needed(journal), DiskFull.FreeSpace(path));
        string why = free < needed
            ? string.Create(CultureInfo.InvariantCulture, $"its upgrade needs {Megabytes(needed)} MB of free space, and the disk has "
                + $"{free / Megabyte} MB. Free the space ('df -h' shows where)")
            : "its upgrade did not succeed, because the disk filled up, or a part of the file is damaged (dmesg shows failures of the disk)"
                + $". Free space, or set the journal aside ({JournalFile.MoveAside(path)})";
        string missing = HasNamesInRecords(journal) ? "'people erase' cannot erase names there"
            : "its records prove nothing ('log verify')";
        return $"The journal {path} keeps its older format, and {missing}: {why}, and restart the door: "
            + "systemctl restart dooragent. Until then the door goes on in that format";
    }

    private static bool IsOld(SqliteConnection journal) => JournalSchema.Format(journal) < JournalSchema.Version;

    private static bool HasNamesInRecords(SqliteConnection journal) => JournalSchema.Format(journal) < JournalNames.FirstFormat;

    // Each page is written once to the write-ahead log, and the table of names is small. Later steps add tables and a column, and write no
    // record.
    private static long Needed(SqliteConnection journal)
    {
        if (!HasNamesInRecords(journal))
            return Megabyte;
        long size = Sqlite.Number(journal, "PRAGMA page_count") * Sqlite.Number(journal, "PRAGMA page_size");
        return size + (size / 8) + Megabyte;
    }

    private static bool IsOfTheDisk(SqliteException failure, string path) =>
        failure.SqliteErrorCode is SQLITE_FULL or SQLITE_IOERR or SQLITE_CORRUPT || DiskFull.IsCauseOf(failure, path);

    private static long Megabytes(long bytes) => (bytes + Megabyte - 1) / Megabyte;
}
