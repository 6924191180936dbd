using DoorAgent.Settings;
using Microsoft.Data.Sqlite;

namespace DoorAgent.Auditing;

/// <summary>
/// The record of everything that happened, in journal.db. It only grows, and what <see cref="Append"/> has returned for is on
/// the disk. One caller at a time. After a failure the next append opens the file anew, so a disk that comes back is used again.
/// </summary>
internal sealed class Journal : IDisposable
{
    private readonly string _path;
    private SqliteConnection? _connection;
    private SqliteCommand? _insert;
    private FileFacts? _opened;

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
            else if (Libc.Facts(_path) is not { } now || now.Inode != _opened!.Value.Inode || now.Device != _opened.Value.Device)
                throw new JournalException(
                    $"{_path} was removed or replaced while the door was running. A new one is begun; find out who did that.");
            Insert(e);
            LastSequence = e.Sequence;
        }
        catch (JournalException)
        {
            Disconnect();
            throw;
        }
        catch (Exception failure) when (failure is SqliteException or IOException or UnauthorizedAccessException or UserErrorException)
        {
            Disconnect();
            throw new JournalException(JournalFailure.Describe(_path, failure), failure);
        }
    }

    public void Dispose() => Disconnect();

    // Only the first connection asks where the journal stands: later, our own count is the one that goes on.
    private void Start()
    {
        Connect(check: true);
        using SqliteCommand last = _connection!.CreateCommand();
        last.CommandText = "SELECT ifnull(max(sequence), 0) FROM event";
        LastSequence = (long)last.ExecuteScalar()!;
    }

    private void Connect(bool check)
    {
        _connection = JournalFile.OpenToAppend(_path, check);
        _opened = Libc.Facts(_path);
        _insert = _connection.CreateCommand();
        string[] names = [.. EventRow.Columns.Split(", ").Select(column => $"${column}")];
        _insert.CommandText = $"INSERT INTO event ({EventRow.Columns}) VALUES ({string.Join(", ", names)})";
        foreach (string name in names)
            _insert.Parameters.Add(new SqliteParameter(name, null));
        _insert.Prepare();
    }

    private void Insert(DoorEvent e)
    {
        object?[] values = EventRow.Write(e);
        for (int i = 0; i < values.Length; i++)
            _insert!.Parameters[i].Value = values[i] ?? DBNull.Value;
        _insert!.ExecuteNonQuery();
    }

    private void Disconnect()
    {
        _insert?.Dispose();
        _connection?.Dispose();
        (_insert, _connection) = (null, null);
    }
}
