using DoorAgent.Events;
using DoorAgent.Storage;
using Microsoft.Data.Sqlite;

namespace DoorAgent.Auditing;

/// <summary>
/// The record of everything that happened, in journal.db. It only grows, and what <see cref="Append"/> has returned for is on
/// the disk. One caller at a time. After a failure the next append opens the file again, so a disk that comes back is used again.
/// </summary>
internal sealed class Journal : IDisposable
{
    private readonly string _path;
    private SqliteConnection? _connection;
    private SqliteCommand? _insert;
    private DatabaseFacts _left;

    private Journal(string path) => _path = path;

    /// <summary>The number of the last record, 0 when there is none; the next one must be larger.</summary>
    public long LastSequence { get; private set; }

    /// <summary>Opens the journal, making it where there is none, and reads where it stands.</summary>
    /// <exception cref="UserErrorException">It is damaged, foreign, newer or cannot be written; the message says what to do.</exception>
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
    /// <exception cref="JournalException">It was not written: disk full, read-only, removed, damaged. Nothing of it is kept.</exception>
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
            _left = DatabaseFacts.Of(_path);
        }
        catch (Exception failure) when (IsFailure(failure))
        {
            throw Failed(failure);
        }
    }

    /// <summary>Looks whether the file is still as this left it; does nothing while it cannot be written anyway.</summary>
    /// <exception cref="JournalException">It was removed or replaced, or overwritten with what does not hold what was written.</exception>
    public void NeedUntouched()
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

    // Only the first connection asks where the journal stands: later, our own count is the one that goes on.
    private void Start()
    {
        Connect(check: true);
        LastSequence = JournalFile.LastSequence(_connection!, _path);
    }

    // Somebody may have written to it or only taken its rights away; an open connection would go on with the pages that it has.
    private void Recheck()
    {
        DatabaseFacts now = DatabaseFacts.Of(_path);
        if (now == _left)
            return;
        if (now.File is not { } file || _left.File?.IsSameFileAs(file) != true)
            throw new JournalException($"{_path} was removed or replaced while the door was running. A new one is begun; find out who did that.");
        Disconnect();
        Connect(check: true);
        if (JournalFile.LastSequence(_connection!, _path) is var last && last != LastSequence)
            throw new JournalException($"{_path} was overwritten while the door was running: it ends at record {last}, and record {LastSequence} was written. The door goes on with this file. Is a second dooragent running on this directory? Find out who did that.");
    }

    private static bool IsFailure(Exception failure) =>
        failure is JournalException or SqliteException or IOException or UnauthorizedAccessException or UserErrorException;

    private JournalException Failed(Exception failure)
    {
        Disconnect();
        return failure as JournalException ?? new JournalException(JournalFailure.Describe(_path, failure), failure);
    }

    private void Connect(bool check)
    {
        _connection = JournalFile.OpenToAppend(_path, check);
        _insert = _connection.CreateCommand();
        string[] names = [.. EventRow.Columns.Select(column => $"${column}")];
        _insert.CommandText = $"INSERT INTO event ({string.Join(", ", EventRow.Columns)}) VALUES ({string.Join(", ", names)})";
        foreach (string name in names)
            _insert.Parameters.Add(new SqliteParameter(name, null));
        _insert.Prepare();
        _left = DatabaseFacts.Of(_path);
    }

    private void Insert(DoorEvent e)
    {
        foreach ((int i, object? value) in EventRow.Write(e).Index())
            _insert!.Parameters[i].Value = value ?? DBNull.Value;
        _insert!.ExecuteNonQuery();
    }

    private void Disconnect()
    {
        _insert?.Dispose();
        _connection?.Dispose();
        (_insert, _connection) = (null, null);
    }
}
