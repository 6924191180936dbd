using DoorAgent.Events;
using DoorAgent.Storage;
using Microsoft.Data.Sqlite;

namespace DoorAgent.Auditing;

/// <summary>Reads a journal, also one that a door writes to at the same time, and follows it. One caller at a time.</summary>
internal sealed class JournalReader(string path, JournalFilter filter) : IDisposable
{
    private SqliteConnection? _connection;
    private DatabaseFacts? _read;
    private string _columns = "";
    private long _seen;

    /// <summary>The newest records that match, oldest first, and how many older ones match too.</summary>
    /// <exception cref="UserErrorException">There is no journal, it is damaged, foreign or newer, or cannot be read; the message says what to do.</exception>
    public (IReadOnlyList<DoorEvent> Entries, long Older) Last(int atMost) => Guarded(() =>
    {
        SqliteConnection connection = Connected();
        (string condition, (string, object?)[] values) = filter.Condition();
        // One moment for the whole answer, though a door may write meanwhile.
        using SqliteTransaction moment = connection.BeginTransaction(deferred: true);
        _seen = Sqlite.Number(connection, "SELECT ifnull(max(sequence), 0) FROM event");
        List<DoorEvent> entries = NewestRows(atMost);
        entries.Reverse();
        long older = Convert.ToInt64(Sqlite.Scalar(connection, $"SELECT count(*) FROM event WHERE {condition}", values), System.Globalization.CultureInfo.InvariantCulture);
        moment.Commit();
        return ((IReadOnlyList<DoorEvent>)entries, older - entries.Count);
    });

    /// <summary>The newest records that match, newest first; quick however large the journal is, where most records match.</summary>
    /// <exception cref="UserErrorException">There is no journal, it is damaged, foreign or newer, or cannot be read; the message says what to do.</exception>
    public IReadOnlyList<DoorEvent> Newest(int atMost) => Guarded(() => NewestRows(atMost));

    /// <summary>What has matched since the call before, oldest first. A journal that was set aside is left for the new one.</summary>
    /// <exception cref="UserErrorException">It is damaged, foreign or newer, or cannot be read; the message says what to do.</exception>
    public IReadOnlyList<DoorEvent> Next() => Guarded(() =>
    {
        DatabaseFacts now = DatabaseFacts.Of(path);
        // Set aside, and the door has not begun a new one yet; or nobody has written to it.
        if (now.File is not { } file || now == _read)
            return [];
        if (_read?.File?.IsSameFileAs(file) == false)
            _seen = 0;
        // A connection that is open does not see what a copying program wrote into the file.
        Dispose();
        _read = now;
        (string condition, (string, object?)[] values) = filter.Condition();
        long newest = Sqlite.Number(Connected(), "SELECT ifnull(max(sequence), 0) FROM event");
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
            _read ??= DatabaseFacts.Of(path);
            _connection = JournalFile.OpenToRead(path);
            _connection.CreateFunction<string?, string?>("name_key", JournalFilter.NameKey, isDeterministic: true);
            _columns = EventRow.ColumnsIn(_connection);
        }

        return _connection;
    }

    private List<DoorEvent> NewestRows(int atMost)
    {
        (string condition, (string, object?)[] values) = filter.Condition();
        return Rows($"{condition} ORDER BY sequence DESC LIMIT $atMost", [.. values, ("$atMost", atMost)]);
    }

    private List<DoorEvent> Rows(string where, (string, object?)[] values)
    {
        SqliteConnection connection = Connected();
        using SqliteCommand command = Sqlite.Command(connection, $"SELECT {_columns} FROM event WHERE {where}", values);
        using SqliteDataReader row = command.ExecuteReader();
        List<DoorEvent> entries = [];
        while (row.Read())
            entries.Add(EventRow.Read(row));
        return entries;
    }

    private T Guarded<T>(Func<T> read) => JournalFile.Reading(path, read);
}
