using DoorAgent.Events;
using DoorAgent.Matching;
using DoorAgent.Sealing;
using DoorAgent.Storage;
using Microsoft.Data.Sqlite;

namespace DoorAgent.Auditing;

/// <summary>
/// Appends the records of all events to journal.db. The file only grows, and a record is on the disk when <see cref="Append"/> returns.
/// One caller at a time. After a failure the next append opens the file again, so that a repaired disk is used again.
/// </summary>
internal sealed class Journal : IDisposable
{
    /// <summary>Why <see cref="EraseNames"/> has to be done again, for the operator.</summary>
    public const string StillRead = "Another program keeps reading the journal. The name is erased, and its bytes disappear from the file "
        + "when that program ends and the door starts again: end 'dooragent log --follow' and the like.";

    private readonly string _path;
    private SqliteConnection? _connection;
    private SqliteCommand? _insert;
    private JournalNameWriter? _names;
    private DatabaseStatus _left;
    private int _format;

    private Journal(string path) => _path = path;

    /// <summary>The number of the last record, 0 when there is none; the next number must be larger.</summary>
    public long LastSequence { get; private set; }

    /// <summary>Why the journal keeps an older format, in which the names are in the records, and what to do; null when it has the
    /// newest.</summary>
    public string? Postponed { get; private set; }

    /// <summary>Opens the journal, or creates it, and reads the last number.</summary>
    /// <exception cref="UserErrorException">The file is damaged, not a journal, of a newer format or cannot be written; the message says
    /// what to do.</exception>
    public static Journal Open(string path)
    {
        Journal journal = new(path);
        try
        {
            journal.Start();
            return journal;
        }
        catch (SqliteException e)
        {
            journal.Dispose();
            throw new UserErrorException(JournalFailure.Describe(path, e), e);
        }
        catch
        {
            journal.Dispose();
            throw;
        }
    }

    /// <summary>Writes a record and waits until it is on the disk.</summary>
    /// <exception cref="ArgumentException">The event's number is not above <see cref="LastSequence"/>.</exception>
    /// <exception cref="JournalException">The record was not written: the disk is full or read-only, or the file was removed or damaged. No
    /// part of the record is kept.</exception>
    public void Append(DoorEvent e)
    {
        if (e.Sequence <= LastSequence)
            throw new ArgumentException($"Event {e.Sequence} comes after {LastSequence}.", nameof(e));
        try
        {
            if (_connection is null)
                Connect(check: false);
            else
                Recheck();
            Insert(e);
            LastSequence = e.Sequence;
            _left = DatabaseStatus.Of(_path);
        }
        catch (Exception failure) when (IsFailure(failure))
        {
            throw Failed(failure);
        }
    }

    /// <summary>Erases names of a person; the records keep the person's number.</summary>
    /// <param name="person">The number.</param>
    /// <param name="called">Only this name, in any case; null for every name of the number.</param>
    /// <returns>Whether no byte of the names is left in the journal's files; its write-ahead log keeps them while another program
    /// reads.</returns>
    /// <exception cref="JournalException">The names were not erased.</exception>
    public bool EraseNames(long person, string? called)
    {
        try
        {
            if (Postponed is not null)
                Disconnect();
            if (_connection is null)
                Connect(check: false, mayUpgrade: true);
            else
                Recheck();
            if (_names is null)
                throw new JournalException($"{Postponed}.");
            bool isClean = _names.Erase(person, called);
            _left = DatabaseStatus.Of(_path);
            return isClean;
        }
        catch (Exception failure) when (IsFailure(failure))
        {
            throw Failed(failure);
        }
    }

    /// <summary>Writes that the door uses a gallery from now on, and waits until that is on the disk.</summary>
    /// <param name="gallery">The gallery.</param>
    /// <param name="now">The time.</param>
    /// <param name="key">The door's key; null without one.</param>
    /// <exception cref="JournalException">It was not written.</exception>
    public void NoteGallery(GalleryHead gallery, DateTimeOffset now, DoorKey? key)
    {
        try
        {
            if (_connection is null)
                Connect(check: false);
            else
                Recheck();
            UsedGalleries.Insert(_connection!, gallery, now, key);
            _left = DatabaseStatus.Of(_path);
        }
        catch (Exception failure) when (IsFailure(failure))
        {
            throw Failed(failure);
        }
    }

    /// <summary>Checks that the file is as the last append left it; does nothing while the journal cannot be written.</summary>
    /// <exception cref="JournalException">The file was removed or replaced, or overwritten by a file without the last record.</exception>
    public void RequireUnchanged()
    {
        try
        {
            if (_connection is not null)
                Recheck();
        }
        catch (Exception failure) when (IsFailure(failure))
        {
            throw Failed(failure);
        }
    }

    public void Dispose() => Disconnect();

    // Only the first connection reads the last number: later the own count goes on.
    private void Start()
    {
        Connect(check: true);
        LastSequence = JournalFile.LastSequence(_connection!, _path);
    }

    // Another program may have changed the file or only its rights; an open connection would go on with its cached pages.
    private void Recheck()
    {
        DatabaseStatus now = DatabaseStatus.Of(_path);
        if (now == _left)
            return;
        if (now.File is not { } file || _left.File?.IsSameFileAs(file) != true)
            throw new JournalException($"{_path} was removed or replaced while the door was running. "
                + "A new one is begun; find out who did that.");
        Disconnect();
        Connect(check: true);
        if (JournalFile.LastSequence(_connection!, _path) is var last && last != LastSequence)
            throw new JournalException($"{_path} was overwritten while the door was running: "
                + $"it ends at record {last}, and record {LastSequence} was written. The door goes on with this file. "
                + "Is a second dooragent running on this directory? Find out who did that.");
    }

    private static bool IsFailure(Exception failure) =>
        failure is JournalException or SqliteException or IOException or UnauthorizedAccessException or UserErrorException;

    private JournalException Failed(Exception failure)
    {
        Disconnect();
        return failure as JournalException ?? new JournalException(JournalFailure.Describe(_path, failure), failure);
    }

    private void Connect(bool check, bool mayUpgrade = false)
    {
        // An upgrade that was postponed is not done while somebody waits at the door.
        _connection = JournalFile.OpenToAppend(_path, check, mayUpgrade || Postponed is null);
        _format = JournalSchema.Format(_connection);
        Postponed = JournalUpgrade.Postponed(_connection, _path);
        _insert = _connection.CreateCommand();
        string[] columns = [.. EventRow.Columns(_format)], names = [.. columns.Select(column => $"${column}")];
        _insert.CommandText = $"INSERT INTO event ({string.Join(", ", columns)}) VALUES ({string.Join(", ", names)})";
        foreach (string name in names)
            _insert.Parameters.Add(new SqliteParameter(name, null));
        _insert.Prepare();
        _names = _format < JournalNames.FirstFormat ? null : new JournalNameWriter(_connection);
        _left = DatabaseStatus.Of(_path);
    }

    private void Insert(DoorEvent e)
    {
        foreach ((int i, object? value) in EventRow.Write(e, _format).Index())
            _insert!.Parameters[i].Value = value ?? DBNull.Value;
        if (_names?.NewIn(e) is not { Count: > 0 } names)
        {
            _insert!.ExecuteNonQuery();
            return;
        }

        using SqliteTransaction both = _connection!.BeginTransaction(deferred: false);
        _insert!.Transaction = both;
        try
        {
            _insert.ExecuteNonQuery();
            foreach ((long person, string name) in names)
                _names.Insert(person, name, e.Sequence);
            both.Commit();
        }
        finally
        {
            _insert.Transaction = null;
        }

        _names.Note(names);
    }

    private void Disconnect()
    {
        _insert?.Dispose();
        _connection?.Dispose();
        (_insert, _names, _connection) = (null, null, null);
    }
}

/// <summary>A record could not be written. The message tells the operator why; the door raises an alarm and, by
/// <see cref="AuditingOptions.OnFailure"/>, with a denial.</summary>
internal sealed class JournalException(string message, Exception? inner = null) : Exception(message, inner);
