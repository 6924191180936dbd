using System.Globalization;
using DoorAgent.Events;
using Serilog.Events;

namespace DoorAgent.Auditing;

/// <summary>A record as it stands in the journal: kind and reason are words, which a newer dooragent may have more of.</summary>
internal sealed record JournalEntry(long Sequence, string Time, string Kind, string? Reason, long? PersonId, string? Person,
    string? Badge, double? Distance, double? Threshold, string? Encoder, string? Detail)
{
    /// <summary>The record of an event.</summary>
    public static JournalEntry Of(DoorEvent e) => new(e.Sequence, e.Time.ToString("O", CultureInfo.InvariantCulture), e.Kind.ToString(), e.Reason?.ToString(),
        e.PersonId, e.PersonName, e.BadgeHint, Rounded(e.Distance), Rounded(e.Threshold), e.Encoder, e.Detail);

    /// <summary>A single-precision number as it was meant: 0.412, not 0.41200000047683716.</summary>
    public static double? Rounded(double? number) => number is { } known ? Math.Round(known, 6) : null;

    /// <summary>The kind, where this dooragent knows it.</summary>
    public DoorEventKind? KnownKind => EventWords.Find<DoorEventKind>(Kind);

    /// <summary>Whether somebody should look: the level that the log's line has; Information for an unknown kind.</summary>
    public LogEventLevel Level => KnownKind is not { } kind ? LogEventLevel.Information
        : kind.IsAlarm(Reason is null ? null : EventWords.Find<DenyReason>(Reason)) ? LogEventLevel.Error : EventLines.Of(kind).Level;

    /// <summary>The instant; null when the record's time cannot be read.</summary>
    public DateTimeOffset? Instant =>
        DateTimeOffset.TryParseExact(Time, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTimeOffset time) ? time : null;
}
