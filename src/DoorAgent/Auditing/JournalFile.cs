using DoorAgent.Hardware.Cameras;
using DoorAgent.Storage;
using Microsoft.Data.Sqlite;

namespace DoorAgent.Auditing;

/// <summary>Creates, opens and checks the file journal.db. No method deletes or overwrites a journal: it is evidence.</summary>
internal static class JournalFile
{
    /// <summary>The application id in the file's header: 'DoJo'.</summary>
    public const int ApplicationId = 0x446F4A6F;

    /// <summary>The largest size at which every page is checked at the start, in bytes; a check of larger files would keep the door shut
    /// for too long.</summary>
    public const long CheckWholeUpTo = 64 << 20;

    // Checkpoints keep the write-ahead log at 1000 pages.
    private const long LargestLog = 4 << 20;

    // JSON readers lose digits of larger numbers, and no door records as many events; the largest long would leave no number for the next
    // record.
    private const long MostRecords = 1L << 53;

    /// <summary>Opens the journal to append: creates a missing file, and upgrades an older format where the disk has room.</summary>
    /// <param name="path">The file.</param>
    /// <param name="check">Whether to check for damage; once at the start is enough.</param>
    /// <param name="mayUpgrade">Whether to upgrade, which takes a while.</param>
    /// <exception cref="UserErrorException">The file is damaged, not a journal, of a newer format or cannot be created; the message says
    /// what to do.</exception>
    /// <exception cref="SqliteException">SQLite failed for another reason (disk full, read-only).</exception>
    public static SqliteConnection OpenToAppend(string path, bool check, bool mayUpgrade)
    {
        DataDirectory.EnsureFile(path);
        return Guarded(path, () => Sqlite.Open(path, SqliteOpenMode.ReadWrite, connection =>
        {
            bool isNew = Sqlite.IsNew(connection);
            if (!isNew)
                RequireJournal(connection, path, SetAside(path));
            if (check && !isNew && new FileInfo(path).Length <= CheckWholeUpTo && Sqlite.FirstDamage(connection) is { } finding)
                throw Damaged(path, finding, null);
            // FULL: a record that Append has returned for survives the next power cut. Secure: an erased name leaves no bytes behind.
            // The limit: an upgrade makes the write-ahead log as large as the journal, and the disk needs that room back.
            Sqlite.Run(connection, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; "
                + $"PRAGMA journal_size_limit = {LargestLog}");
            if (isNew)
                JournalSchema.Upgrade(connection, ApplicationId);
            else if (mayUpgrade)
                JournalUpgrade.RunIfRoom(connection, path);
        }));
    }

    /// <summary>Opens the journal to read, without an upgrade of an older format.</summary>
    /// <exception cref="UserErrorException">The file is missing, damaged, not a journal or of a newer format; the message says what to
    /// do.</exception>
    public static SqliteConnection OpenToRead(string path) => OpenIfAny(path) ?? throw Missing(path);

    /// <summary>Opens the journal to read if it exists, without an upgrade of an older format.</summary>
    /// <returns>Null without a file, or with an empty one: a first start on a full disk leaves an empty file.</returns>
    /// <exception cref="UserErrorException">The file is damaged, not a journal or of a newer format; the message says what to
    /// do.</exception>
    public static SqliteConnection? OpenIfAny(string path)
    {
        if (!Permission.IsReadable(path) || !RegularFile.Is(path))
            return null;
        bool isNew = false;
        SqliteConnection journal = Guarded(path, () => ReadOnlySqlite.OpenToRead(path, SqliteOpenMode.ReadOnly, connection =>
        {
            isNew = Sqlite.IsNew(connection);
            // A typing error may name any file, so the message must not advise moving it away.
            if (!isNew)
            {
                RequireJournal(connection, path,
                    $"If another file was meant, name it with --journal. If this is the door's own: {SetAside(path)}");
            }
        }));
        if (!isNew)
            return journal;
        journal.Dispose();
        return null;
    }

    private static UserErrorException Missing(string path) =>
        new($"There is no journal {path}: nothing has happened at this door yet, or --data names another directory.");

    private static SqliteConnection Guarded(string path, Func<SqliteConnection> open)
    {
        try
        {
            return open();
        }
        catch (Exception e) when (e is SqliteException sqlite && IsDamage(sqlite) || Sqlite.IsContent(e))
        {
            throw Damaged(path, e.Message.TrimEnd('.'), e);
        }
    }

    private static void RequireJournal(SqliteConnection connection, string path, string next)
    {
        Sqlite.EnsureKind(connection, path, "journal", ApplicationId, JournalSchema.Version, next);
        if (JournalSchema.FirstDifference(connection) is { } fault)
            throw new UserErrorException($"The journal {path} contains something that a journal does not contain ({fault}): another "
                + $"program changed it. It is evidence, so nothing deletes it. {next}");
    }

    /// <summary>Returns the number of the newest record; 0 when there is none.</summary>
    /// <exception cref="UserErrorException">The number is out of range, so that no record could follow.</exception>
    public static long LastSequence(SqliteConnection connection, string path) =>
        Sqlite.Number(connection, "SELECT ifnull(max(sequence), 0) FROM event") is >= 0 and <= MostRecords and var last
            ? last
            : throw Damaged(path, "the number of its last record is out of range", null);

    /// <summary>Returns the last number that was used, also by a record that is missing; the next one must be larger.</summary>
    /// <exception cref="UserErrorException">The number is out of range, so that no record could follow.</exception>
    public static long LastNumber(SqliteConnection connection, string path)
    {
        long last = LastSequence(connection, path);
        if (JournalSchema.Format(connection) < JournalChain.FirstFormat)
            return last;
        long signed = Sqlite.Number(connection, "SELECT max(ifnull((SELECT max(last) FROM checkpoint), 0), "
            + "ifnull((SELECT max(since) FROM journal_key), 1) - 1)");
        return signed <= MostRecords ? Math.Max(last, signed)
            : throw Damaged(path, "the number of its last checkpoint is out of range", null);
    }

    /// <summary>Reads from a journal, and turns every failure into one kind of exception.</summary>
    /// <exception cref="UserErrorException">The journal is damaged or cannot be read.</exception>
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

    /// <summary>Whether the file's content caused the failure.</summary>
    public static bool IsDamage(SqliteException failure) =>
        failure.SqliteErrorCode is SQLitePCL.raw.SQLITE_NOTADB or SQLitePCL.raw.SQLITE_CORRUPT;

    /// <summary>Makes the exception for a damaged journal, with the next step.</summary>
    public static UserErrorException Damaged(string path, string finding, Exception? inner) =>
        new($"The journal {path} is damaged ({finding}). It is evidence, so nothing deletes it. {SetAside(path)}", inner);

    /// <summary>Returns the command that sets a journal aside while no door runs.</summary>
    public static string MoveAside(string path) => $"mkdir {path}.aside && mv {path} {path}-* {path}.aside/";

    private static string SetAside(string path) => $"Set it aside and start again, a new journal is begun: {MoveAside(path)}";
}
