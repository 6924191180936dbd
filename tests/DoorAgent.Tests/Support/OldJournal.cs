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
            // The columns of the first formats are written by hand, so that later changes of the program do not change the old journal.
            bool hasName = format < JournalNames.FirstFormat;
            Sqlite.Run(connection, $"""
                INSERT INTO event (sequence, time, kind, reason, person, {(hasName ? "name, " : "")}badge, distance, threshold, encoder, detail)
                VALUES ($sequence, $time, $kind, $reason, $person, {(hasName ? "$name, " : "")}$badge, $distance, $threshold, $encoder, $detail)
                """, ("$sequence", made.Sequence), ("$time", EventWords.OfTime(made)), ("$kind", $"{made.Kind}"),
                ("$reason", made.Reason?.ToString()), ("$person", made.PersonId), ("$name", made.PersonName), ("$badge", made.BadgeHint),
                ("$distance", made.Distance), ("$threshold", made.Threshold), ("$encoder", made.Encoder), ("$detail",
                hasName ? made.Detail : made.Detail?.Replace("of adam, nora", "of {person 7}, {person 8}", StringComparison.Ordinal)
                    .Replace("eva smith has", "{person 9} has", StringComparison.Ordinal)));
        }

        if (format >= JournalNames.FirstFormat)
        {
            Sqlite.Run(connection, "INSERT INTO journal_name (person, since, name) VALUES (7, 2, 'adam'), (8, 5, 'nora'), (9, 6, 'eva'), (9, 7, 'eva smith'), "
                + "(10, 8, 'first of that number'), (10, 9, 'second of that number'), (10, 10, 'first of that number')");
        }
    }

    private static DoorEvent Event(int number) => number switch
    {
        2 => SomeEvents.Granted(2),
        3 => SomeEvents.Denied(DenyReason.FaceNotMatched) with { Sequence = 3, Detail = "a 'quoted' ü" },
        4 => SomeEvents.Number(4, DoorEventKind.EndedWithoutStopping) with { Detail = "its last record is of yesterday" },
        5 => Named(5, 8, "nora"),
        6 => Named(6, 9, "eva"),
        7 => Named(7, 9, "eva smith"),
        8 or 10 => Named(number, 10, "first of that number"),
        9 => Named(9, 10, "second of that number"),
        11 => SomeEvents.Number(11, DoorEventKind.ScheduleUnknown) with { Detail = "'ofice' of adam, nora. Did you mean office?" },
        12 => SomeEvents.Number(12, DoorEventKind.GalleryRefused) with
        {
            Detail = "eva smith has an invalid date in the gallery (valid_until): another program wrote it.",
        },
        _ => SomeEvents.Number(number),
    };

    private static DoorEvent Named(int number, long person, string name) =>
        SomeEvents.Number(number, DoorEventKind.AttemptOpened) with { PersonId = person, PersonName = name };
}
