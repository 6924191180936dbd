using System.Globalization;
using DoorAgent.Decisions;
using Microsoft.Data.Sqlite;
using Serilog.Events;

namespace DoorAgent.Auditing;

/// <summary>A record as it stands in the journal: kind and reason are words, which a newer dooragent may have more of.</summary>
internal sealed record JournalEntry(long Sequence, string Time, string Kind, string? Reason, long? PersonId, string? Person,
    string? Badge, double? Distance, double? Threshold, string? Encoder, string? Detail)
{
    /// <summary>The kind, where this dooragent knows it.</summary>
    public DoorEventKind? KnownKind => EventWords.Find<DoorEventKind>(Kind);

    /// <summary>Whether somebody should look: the level that the log's line has; Information for an unknown kind.</summary>
    public LogEventLevel Level => KnownKind is not { } kind ? LogEventLevel.Information
        : kind.IsAlarm(Reason is null ? null : EventWords.Find<DenyReason>(Reason)) ? LogEventLevel.Error : EventLines.Of(kind).Level;

    /// <summary>The instant; null when the record's time cannot be read.</summary>
    public DateTimeOffset? Instant =>
        DateTimeOffset.TryParseExact(Time, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTimeOffset time) ? time : null;

    /// <summary>A row of <see cref="EventRow.Columns"/>.</summary>
    public static JournalEntry Read(SqliteDataReader row) => new(row.GetInt64(0), row.GetString(1), row.GetString(2), Text(row, 3),
        row.IsDBNull(4) ? null : row.GetInt64(4), Text(row, 5), Text(row, 6), Number(row, 7), Number(row, 8), Text(row, 9), Text(row, 10));

    private static string? Text(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    // As the single-precision number that was written: 0.412, not 0.41200000047683716.
    private static double? Number(SqliteDataReader row, int column) =>
        row.IsDBNull(column) ? null : Math.Round(row.GetDouble(column), 6);
}
