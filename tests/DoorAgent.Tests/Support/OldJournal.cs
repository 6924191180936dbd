using DoorAgent.Auditing;
using DoorAgent.Events;
using DoorAgent.Storage;
using DoorAgent.Tests.Auditing;
using Microsoft.Data.Sqlite;

namespace DoorAgent.Tests.Support;

/// <summary>A journal as an older dooragent left it: a day of records, among them a grant, a denial and an end without a stop.</summary>
internal static class OldJournal
{
    public const int Records = 40;

    /// <summary>The events in the journal.</summary>
    public static IReadOnlyList<DoorEvent> Events { get; } = [.. Enumerable.Range(1, Records).Select(Event)];

    public static void Make(string path, int format)
    {
        using SqliteConnection connection = new($"Data Source={path};Pooling=False");
        connection.Open();
        Sqlite.Run(connection, $"""
            PRAGMA journal_mode = WAL; {JournalSchema.Statements(0, format)}
            PRAGMA application_id = {JournalFile.ApplicationId}; PRAGMA user_version = {format};
            """);
        foreach (DoorEvent made in Events)
        {
            // The columns of the first format are written by hand, so that later changes of the program do not change the old journal.
            Sqlite.Run(connection, """
                INSERT INTO event (sequence, time, kind, reason, person, name, badge, distance, threshold, encoder, detail)
                VALUES ($sequence, $time, $kind, $reason, $person, $name, $badge, $distance, $threshold, $encoder, $detail)
                """, ("$sequence", made.Sequence), ("$time", EventWords.OfTime(made)), ("$kind", $"{made.Kind}"),
                ("$reason", made.Reason?.ToString()), ("$person", made.PersonId), ("$name", made.PersonName), ("$badge", made.BadgeHint),
                ("$distance", made.Distance), ("$threshold", made.Threshold), ("$encoder", made.Encoder), ("$detail", made.Detail));
        }
    }

    private static DoorEvent Event(int number) => number switch
    {
        2 => SomeEvents.Granted(2),
        3 => SomeEvents.Denied(DenyReason.FaceNotMatched) with { Sequence = 3, Detail = "a 'quoted' ü" },
        4 => SomeEvents.Number(4, DoorEventKind.EndedWithoutStopping) with { Detail = "its last record is of yesterday" },
        _ => SomeEvents.Number(number),
    };
}
