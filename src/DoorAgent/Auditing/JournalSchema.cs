using DoorAgent.Storage;
using Microsoft.Data.Sqlite;

namespace DoorAgent.Auditing;

/// <summary>
/// The table of journal.db, format by format. A new journal takes the same steps as an old one that is brought up to date. A further column
/// is a change of four places: a step here, a property of <see cref="Events.DoorEvent"/>, a line in <see cref="EventRow"/>, and, where
/// programs are to see the column, a line in EventJson.
/// </summary>
internal static class JournalSchema
{
    // A step that a door has taken is never changed: a test holds its digest.
    private static readonly string[] Steps =
    [
        // Append-only is a rule of the file, not of this program: triggers hold for everybody who opens it. REPLACE deletes
        // without asking the delete trigger, hence the rule that numbers only grow.
        """
        CREATE TABLE event (
            sequence INTEGER PRIMARY KEY,
            time TEXT NOT NULL,
            kind TEXT NOT NULL,
            reason TEXT,
            person INTEGER,
            name TEXT,
            badge TEXT,
            distance REAL,
            threshold REAL,
            encoder TEXT,
            detail TEXT) STRICT;
        CREATE TRIGGER event_grows BEFORE INSERT ON event WHEN NEW.sequence <= (SELECT max(sequence) FROM event)
            BEGIN SELECT RAISE(ABORT, 'the journal only grows: this number was used'); END;
        CREATE TRIGGER event_keeps BEFORE UPDATE ON event
            BEGIN SELECT RAISE(ABORT, 'the journal only grows: records are not changed'); END;
        CREATE TRIGGER event_stays BEFORE DELETE ON event
            BEGIN SELECT RAISE(ABORT, 'the journal only grows: records are not deleted'); END;
        """,
        // Each start asks for the ends without a stop: there are hardly any, and without an index the whole file is read to find none. An
        // index on every kind would write a second page with each record, and cards wear out.
        """
        CREATE INDEX event_ends ON event (sequence) WHERE kind IN ('EndedWithoutStopping', 'Acknowledged');
        """,
    ];

    private static readonly Lazy<SqliteShape>[] Shapes =
        [.. Enumerable.Range(1, Version).Select(version => new Lazy<SqliteShape>(() => new SqliteShape(Statements(0, version))))];

    /// <summary>The format that this program writes; it reads every older one.</summary>
    public static int Version => Steps.Length;

    /// <summary>Brings an empty file or a journal of an older format up to date, in one transaction: whatever breaks it off, the file is of
    /// the format before or of the new one.</summary>
    /// <exception cref="SqliteException">The file cannot be written; it is as before.</exception>
    public static void Upgrade(SqliteConnection connection, int applicationId)
    {
        if (Format(connection) >= Version)
            return;
        using SqliteTransaction all = connection.BeginTransaction(deferred: false);
        // Another program may have done it in between.
        if (Format(connection) is var found && found < Version)
            Sqlite.Run(connection, $"{Statements(found, Version)} PRAGMA application_id = {applicationId}; PRAGMA user_version = {Version};");
        all.Commit();
    }

    /// <summary>What the file has that no journal has, or lacks; null when it is as a journal of its format is.</summary>
    public static string? FirstFault(SqliteConnection connection) => Format(connection) is >= 1 and var found && found <= Version
        ? Shapes[found - 1].Value.FirstFault(connection)
        : "it is of a format that there never was";

    /// <summary>The statements that lead from one format to another; 0 is an empty file.</summary>
    public static string Statements(int from, int to) => string.Join('\n', Steps[from..to]);

    private static int Format(SqliteConnection connection) => (int)Sqlite.Number(connection, "PRAGMA user_version");
}
