using DoorAgent.Hardware.Cameras;
using DoorAgent.Storage;
using Microsoft.Data.Sqlite;

namespace DoorAgent.Auditing;

/// <summary>journal.db as a file: made, opened and refused. Nothing here deletes or overwrites one: it is evidence.</summary>
internal static class JournalFile
{
    /// <summary>'DoJo' in the file's header.</summary>
    public const int ApplicationId = 0x446F4A6F;

    /// <summary>Above this size the start reads only the newest record: checking every page would keep the door shut too long.</summary>
    public const long CheckWholeUpTo = 64 << 20;

    // JSON readers lose digits above it, and no door ever counts so far; the largest number of all would leave none for the next record.
    private const long MostRecords = 1L << 53;

    /// <summary>Opens the journal to append: makes it where there is none, and brings one of an older format up to date.</summary>
    /// <param name="path">The file.</param>
    /// <param name="check">Whether to look for damage; once at start is enough.</param>
    /// <exception cref="UserErrorException">It is damaged, foreign or newer, or cannot be made; the message says what to do.</exception>
    /// <exception cref="SqliteException">SQLite failed in another way (disk full, read-only).</exception>
    public static SqliteConnection OpenToAppend(string path, bool check)
    {
        DataDirectory.EnsureFile(path);
        return Guarded(path, () => Sqlite.Open(path, SqliteOpenMode.ReadWrite, connection =>
        {
            bool isNew = Sqlite.IsNew(connection);
            if (!isNew)
                Accept(connection, path, SetAside(path));
            if (check && !isNew && new FileInfo(path).Length <= CheckWholeUpTo && Sqlite.FirstDamage(connection) is { } finding)
                throw Damaged(path, finding, null);
            // FULL: a record that Append has returned for survives the next power cut.
            Sqlite.Run(connection, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;");
            JournalSchema.Upgrade(connection, ApplicationId);
        }));
    }

    /// <summary>Opens the journal to read, as it is: one of an older format stays one.</summary>
    /// <exception cref="UserErrorException">There is none, or it is damaged, foreign or newer; the message says what to do.</exception>
    public static SqliteConnection OpenToRead(string path)
    {
        // A reader may have been given any file, and none is to be moved away for a slip of the hand.
        return Permission.IsThereToRead(path) && RegularFile.Is(path)
            ? Guarded(path, () => SqliteEvidence.OpenToRead(path, SqliteOpenMode.ReadOnly, connection =>
            {
                // A first start that found no room leaves an empty file.
                if (Sqlite.IsNew(connection))
                    throw Nothing(path);
                Accept(connection, path, $"If another file was meant, name it with --journal. If this is the door's own: {SetAside(path)}");
            }))
            : throw Nothing(path);
    }

    private static UserErrorException Nothing(string path) =>
        new($"There is no journal {path}: nothing has happened at this door yet, or --data names another directory.");

    private static SqliteConnection Guarded(string path, Func<SqliteConnection> open)
    {
        try
        {
            return open();
        }
        catch (SqliteException e) when (IsDamage(e))
        {
            throw Damaged(path, e.Message, e);
        }
    }

    private static void Accept(SqliteConnection connection, string path, string next)
    {
        Sqlite.NeedKind(connection, path, "journal", ApplicationId, JournalSchema.Version, next);
        if (JournalSchema.FirstFault(connection) is { } fault)
            throw new UserErrorException($"The journal {path} holds what no journal holds ({fault}): another program changed it. It is evidence, so nothing deletes it. {next}");
    }

    /// <summary>The number of the newest record; 0 when there is none.</summary>
    /// <exception cref="UserErrorException">It is out of range, so that none could follow.</exception>
    public static long LastSequence(SqliteConnection connection, string path) =>
        Sqlite.Number(connection, "SELECT ifnull(max(sequence), 0) FROM event") is >= 0 and <= MostRecords and var last
            ? last
            : throw Damaged(path, "its last record has a number that no door comes to", null);

    /// <summary>Reads something of a journal: whatever the file holds, it fails with this one exception.</summary>
    /// <exception cref="UserErrorException">It is damaged, or cannot be read.</exception>
    public static T Reading<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception failure) when (Sqlite.IsContent(failure) || failure is SqliteException sqlite && IsDamage(sqlite))
        {
            throw Damaged(path, failure.Message.TrimEnd('.'), failure);
        }
        catch (SqliteException failure)
        {
            throw new UserErrorException(JournalFailure.DescribeReading(path, failure), failure);
        }
        catch (UnauthorizedAccessException failure)
        {
            throw Permission.Denied(path, failure);
        }
        catch (IOException failure)
        {
            throw new UserErrorException($"The journal {path} cannot be read: {failure.Message}", failure);
        }
    }

    /// <summary>Whether the failure lies in the file's content.</summary>
    public static bool IsDamage(SqliteException failure) =>
        failure.SqliteErrorCode is SQLitePCL.raw.SQLITE_NOTADB or SQLitePCL.raw.SQLITE_CORRUPT;

    /// <summary>What to say of a damaged journal, with the next step.</summary>
    public static UserErrorException Damaged(string path, string finding, Exception? inner) =>
        new($"The journal {path} is damaged ({finding}). It is evidence, so nothing deletes it. {SetAside(path)}", inner);

    private static string SetAside(string path)
    {
        string aside = path + ".aside";
        return $"Set it aside and start again, a new journal is begun: mkdir {aside} && mv {path} {path}-* {aside}/";
    }
}
