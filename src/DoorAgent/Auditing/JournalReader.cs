using DoorAgent.Events;
using DoorAgent.Storage;
using Microsoft.Data.Sqlite;

namespace DoorAgent.Auditing;

/// <summary>Reads and follows a journal, also one that a running door writes. One caller at a time.</summary>
internal sealed class JournalReader(string path, JournalFilter filter) : IDisposable
{
    private SqliteConnection? _connection;
    private DatabaseStatus? _read;
    private string _columns = "";
    private JournalNames _names = new();
    private long _seen;

    /// <summary>Returns the newest matching records, oldest first, and the number of older ones that match too.</summary>
    /// <exception cref="UserErrorException">The file is missing, damaged, not a journal, of a newer format or cannot be read; the message
    /// says what to do.</exception>
    public (IReadOnlyList<DoorEvent> Entries, long Older) Last(int atMost) => Guarded(() =>
    {
        SqliteConnection connection = Connected();
        // The transaction keeps the answer consistent while a door writes.
        using SqliteTransaction moment = connection.BeginTransaction(deferred: true);
        _seen = Sqlite.Number(connection, "SELECT ifnull(max(sequence), 0) FROM event");
        List<DoorEvent> entries = NewestRows(atMost);
        entries.Reverse();
        (string condition, (string, object?)[] values) = filter.Condition(_names);
        long older = Convert.ToInt64(Sqlite.Scalar(connection, $"SELECT count(*) FROM event WHERE {condition}", values),
            System.Globalization.CultureInfo.InvariantCulture);
        moment.Commit();
        return ((IReadOnlyList<DoorEvent>)entries, older - entries.Count);
    });

    /// <summary>Returns the newest matching records, newest first; fast in a journal of any size, where most records match.</summary>
    /// <exception cref="UserErrorException">The file is missing, damaged, not a journal, of a newer format or cannot be read; the message
    /// says what to do.</exception>
    public IReadOnlyList<DoorEvent> Newest(int atMost) => Guarded(() => NewestRows(atMost));

    /// <summary>Returns the oldest matching records, oldest first; fast in a journal of any size, where most records match.</summary>
    /// <exception cref="UserErrorException">The file is missing, damaged, not a journal, of a newer format or cannot be read; the message
    /// says what to do.</exception>
    public IReadOnlyList<DoorEvent> Oldest(int atMost) => Guarded(() => FirstRows(atMost, "sequence"));

    /// <summary>Returns the records that matched since the previous call, oldest first. After the journal was set aside, the new one is
    /// read.</summary>
    /// <exception cref="UserErrorException">The file is damaged, not a journal, of a newer format or cannot be read; the message says what
    /// to do.</exception>
    public IReadOnlyList<DoorEvent> Next() => Guarded(() =>
    {
        DatabaseStatus now = DatabaseStatus.Of(path);
        // The journal was set aside and a new one does not exist yet, or it was not written.
        if (now.File is not { } file || now == _read)
            return [];
        if (_read?.File?.IsSameFileAs(file) == false)
            _seen = 0;
        // An open connection does not see what a copying program wrote into the file.
        Dispose();
        _read = now;
        SqliteConnection connection = Connected();
        _names = JournalNames.Read(connection);
        (string condition, (string, object?)[] values) = filter.Condition(_names);
        long newest = Sqlite.Number(connection, "SELECT ifnull(max(sequence), 0) FROM event");
        IReadOnlyList<DoorEvent> entries = Rows($"sequence > $seen AND sequence <= $newest AND {condition} ORDER BY sequence",
            [.. values, ("$seen", _seen), ("$newest", newest)]);
        _seen = newest;
        return entries;
    });

    public void Dispose()
    {
        _connection?.Dispose();
        (_connection, _read) = (null, null);
    }

    private SqliteConnection Connected()
    {
        if (_connection is null)
        {
            _read ??= DatabaseStatus.Of(path);
            _connection = JournalFile.OpenToRead(path);
            _connection.CreateFunction<string?, string?>("name_key", JournalFilter.NameKey, isDeterministic: true);
            _connection.CreateFunction<long?, long, string?>("name_of", (person, at) => person is { } id ? _names.Of(id, at) : null);
            _columns = EventRow.ColumnsIn(_connection);
        }

        return _connection;
    }

    private List<DoorEvent> NewestRows(int atMost) => FirstRows(atMost, "sequence DESC");

    private List<DoorEvent> FirstRows(int atMost, string order)
    {
        _names = JournalNames.Read(Connected());
        (string condition, (string, object?)[] values) = filter.Condition(_names);
        return Rows($"{condition} ORDER BY {order} LIMIT $atMost", [.. values, ("$atMost", atMost)]);
    }

    private List<DoorEvent> Rows(string where, (string, object?)[] values)
    {
        SqliteConnection connection = Connected();
        using SqliteCommand command = Sqlite.Command(connection, $"SELECT {_columns} FROM event WHERE {where}", values);
        using SqliteDataReader row = command.ExecuteReader();
        List<DoorEvent> entries = [];
        while (row.Read())
            entries.Add(_names.Named(EventRow.Read(row)));
        return entries;
    }

    private T Guarded<T>(Func<T> read) => JournalFile.Reading(path, read);
}
