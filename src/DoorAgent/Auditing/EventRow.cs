using System.Globalization;
using DoorAgent.Events;
using DoorAgent.Storage;
using Microsoft.Data.Sqlite;

namespace DoorAgent.Auditing;

/// <summary>Writes and reads a row of the journal. Kind and reason are words, so that a technician can read the file with any
/// tool.</summary>
internal static class EventRow
{
    private const string Name = "name";

    private static readonly Column[] All =
    [
        new("sequence", e => e.Sequence, (e, row, at) => e with { Sequence = row.GetInt64(at) }),
        new("time", EventWords.OfTime, (e, row, at) => WithTime(e, row.GetString(at))),
        new("kind", EventWords.OfKind, (e, row, at) => WithKind(e, row.GetString(at))),
        new("reason", EventWords.OfReason, (e, row, at) => WithReason(e, row.GetString(at))),
        new("person", e => e.PersonId, (e, row, at) => e with { PersonId = row.GetInt64(at) }),
        // Only the first two formats have this column; later names are in a table of their own (JournalNames).
        new(Name, e => e.PersonName, (e, row, at) => e with { PersonName = row.GetString(at) }),
        new("badge", e => e.BadgeHint, (e, row, at) => e with { BadgeHint = row.GetString(at) }),
        new("distance", e => e.Distance, (e, row, at) => e with { Distance = Number(row, at) }),
        new("threshold", e => e.Threshold, (e, row, at) => e with { Threshold = Number(row, at) }),
        new("encoder", e => e.Encoder, (e, row, at) => e with { Encoder = row.GetString(at) }),
        new("detail", e => e.Detail, (e, row, at) => e with { Detail = row.GetString(at) }),
    ];

    /// <summary>Returns the names of the columns that a record is written to.</summary>
    /// <param name="format">Format of the journal.</param>
    public static IEnumerable<string> Columns(int format) => Of(format).Select(column => column.Name);

    /// <summary>Returns the columns to select for <see cref="Read"/>; NULL for columns that a journal of another format lacks.</summary>
    public static string ColumnsIn(SqliteConnection journal) => string.Join(", ", All.Select(column =>
        Sqlite.Number(journal, "SELECT count(*) FROM pragma_table_info('event') WHERE name = $name", ("$name", column.Name)) == 1
            ? column.Name : "NULL"));

    /// <summary>Returns the values, in the order of <see cref="Columns"/>. A record of the first formats contains the names.</summary>
    public static IEnumerable<object?> Write(DoorEvent e, int format)
    {
        DoorEvent stored = e with
        {
            Detail = HasNames(format) ? PersonReference.Plain(e.Detail) : PersonReference.Stored(e.Detail),
        };
        return Of(format).Select(column => column.Write(stored));
    }

    /// <summary>Reads a row of <see cref="ColumnsIn"/>. Words that this dooragent does not know are kept in <see
    /// cref="DoorEvent.Unread"/>.</summary>
    public static DoorEvent Read(SqliteDataReader row)
    {
        DoorEvent read = new(Kind: null);
        for (int at = 0; at < All.Length; at++)
            read = row.IsDBNull(at) ? read : All[at].Read(read, row, at);
        return read;
    }

    private static bool HasNames(int format) => format < JournalNames.FirstFormat;

    private static IEnumerable<Column> Of(int format) => All.Where(column => column.Name != Name || HasNames(format));

    private static DoorEvent WithTime(DoorEvent e, string text) =>
        DateTimeOffset.TryParseExact(text, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTimeOffset time)
            ? e with { Time = time } : e with { Unread = Unread(e) with { Time = text } };

    private static DoorEvent WithKind(DoorEvent e, string word) => EventWords.Find<DoorEventKind>(word) is { } kind
        ? e with { Kind = kind } : e with { Unread = Unread(e) with { Kind = word } };

    private static DoorEvent WithReason(DoorEvent e, string word) => EventWords.Find<DenyReason>(word) is { } reason
        ? e with { Reason = reason } : e with { Unread = Unread(e) with { Reason = word } };

    private static UnreadWords Unread(DoorEvent e) => e.Unread ?? new UnreadWords(null, null, null);

    private static float? Number(SqliteDataReader row, int at) => float.IsFinite(row.GetFloat(at)) ? row.GetFloat(at) : null;

    private sealed record Column(string Name, Func<DoorEvent, object?> Write, Func<DoorEvent, SqliteDataReader, int, DoorEvent> Read);
}
