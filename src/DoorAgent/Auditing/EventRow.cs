using System.Globalization;
using DoorAgent.Events;
using Microsoft.Data.Sqlite;

namespace DoorAgent.Auditing;

/// <summary>A row of the journal, written and read: words for kind and reason, so that a technician can read it with any tool.
/// A further column stands here, in <see cref="JournalFile"/>'s schema, and in what goes in and comes out.</summary>
internal static class EventRow
{
    public const string Columns = "sequence, time, kind, reason, person, name, badge, distance, threshold, encoder, detail";

    /// <summary>The values, in the order of <see cref="Columns"/>.</summary>
    public static object?[] Write(DoorEvent e) =>
    [
        e.Sequence, e.Time.ToString("O", CultureInfo.InvariantCulture), e.Kind.ToString(), e.Reason?.ToString(), e.PersonId,
        e.PersonName, e.BadgeHint, e.Distance, e.Threshold, e.Encoder, e.Detail,
    ];

    /// <summary>Reads a row of <see cref="Columns"/>.</summary>
    public static JournalEntry Read(SqliteDataReader row) => new(row.GetInt64(0), row.GetString(1), row.GetString(2), Text(row, 3),
        row.IsDBNull(4) ? null : row.GetInt64(4), Text(row, 5), Text(row, 6), Number(row, 7), Number(row, 8), Text(row, 9), Text(row, 10));

    private static string? Text(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static double? Number(SqliteDataReader row, int column) =>
        JournalEntry.Rounded(row.IsDBNull(column) || !double.IsFinite(row.GetDouble(column)) ? null : row.GetDouble(column));
}
