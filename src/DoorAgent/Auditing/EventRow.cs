using System.Globalization;
using DoorAgent.Events;
using Microsoft.Data.Sqlite;

namespace DoorAgent.Auditing;

/// <summary>A row of the journal, written and read: words for kind and reason, so that a technician can read it with any tool.</summary>
internal static class EventRow
{
    public const string Columns = "sequence, time, kind, reason, person, name, badge, distance, threshold, encoder, detail";

    /// <summary>The values, in the order of <see cref="Columns"/>.</summary>
    public static object?[] Write(DoorEvent e) =>
    [
        e.Sequence, EventWords.OfTime(e), EventWords.OfKind(e), EventWords.OfReason(e), e.PersonId,
        e.PersonName, e.BadgeHint, e.Distance, e.Threshold, e.Encoder, e.Detail,
    ];

    /// <summary>Reads a row of <see cref="Columns"/>. Words that this dooragent does not know come along as they are.</summary>
    public static DoorEvent Read(SqliteDataReader row)
    {
        (string time, string kind, string? reason) = (row.GetString(1), row.GetString(2), Text(row, 3));
        DoorEvent read = new(EventWords.Find<DoorEventKind>(kind))
        {
            Sequence = row.GetInt64(0),
            Time = DateTimeOffset.TryParseExact(time, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTimeOffset at) ? at : null,
            Reason = reason is null ? null : EventWords.Find<DenyReason>(reason),
            PersonId = row.IsDBNull(4) ? null : row.GetInt64(4),
            PersonName = Text(row, 5),
            BadgeHint = Text(row, 6),
            Distance = Number(row, 7),
            Threshold = Number(row, 8),
            Encoder = Text(row, 9),
            Detail = Text(row, 10),
        };
        UnreadWords unread = new(read.Kind is null ? kind : null, read.Reason is null ? reason : null, read.Time is null ? time : null);
        return unread is { Kind: null, Reason: null, Time: null } ? read : read with { Unread = unread };
    }

    private static string? Text(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static float? Number(SqliteDataReader row, int column) =>
        row.IsDBNull(column) || !float.IsFinite(row.GetFloat(column)) ? null : row.GetFloat(column);
}
