using System.Globalization;
using DoorAgent.Decisions;
using Microsoft.Data.Sqlite;

namespace DoorAgent.Auditing;

/// <summary>A <see cref="DoorEvent"/> as a row of the journal: words for kind and reason, so that a technician can read it with
/// any tool.</summary>
internal static class EventRow
{
    public const string Columns = "sequence, time, kind, reason, person, name, badge, distance, threshold, encoder, detail";

    /// <summary>The values, in the order of <see cref="Columns"/>.</summary>
    public static object?[] Write(DoorEvent e) =>
    [
        e.Sequence, e.Time.ToString("O", CultureInfo.InvariantCulture), e.Kind.ToString(), e.Reason?.ToString(), e.PersonId,
        e.PersonName, e.BadgeHint, e.Distance, e.Threshold, e.Encoder, e.Detail,
    ];

    /// <exception cref="JournalException">A word is not known: a newer dooragent wrote it.</exception>
    public static DoorEvent Read(SqliteDataReader row) => new(
        DateTimeOffset.ParseExact(row.GetString(1), "O", CultureInfo.InvariantCulture),
        row.GetInt64(0),
        Known<DoorEventKind>(row.GetString(2)),
        Text(row, 3) is { } reason ? Known<DenyReason>(reason) : null,
        row.IsDBNull(4) ? null : row.GetInt64(4),
        Text(row, 5),
        Text(row, 6),
        row.IsDBNull(7) ? null : row.GetFloat(7),
        row.IsDBNull(8) ? null : row.GetFloat(8),
        Text(row, 9),
        Text(row, 10));

    private static string? Text(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static T Known<T>(string word) where T : struct, Enum => Enum.TryParse(word, out T value) ? value
        : throw new JournalException(
            $"The journal says '{word}', which this dooragent does not know: a newer one wrote it. Read it with that one.");
}
