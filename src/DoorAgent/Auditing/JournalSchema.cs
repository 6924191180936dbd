using DoorAgent.Storage;
using Microsoft.Data.Sqlite;

namespace DoorAgent.Auditing;

/// <summary>
/// The schema of journal.db, format by format. A new journal takes the same steps as an upgrade of an old one. A further column
/// is a change of four places: a step here, a property of <see cref="Events.DoorEvent"/>, a line in <see cref="EventRow"/>, and, where
/// programs need the column, a line in EventJson.
/// </summary>
internal static class JournalSchema
{
    /// <summary>The rule that no record is changed, as a trigger of the file.</summary>
    public const string RecordsAreNotChanged = """
        CREATE TRIGGER event_keeps BEFORE UPDATE ON event
            BEGIN SELECT RAISE(ABORT, 'the journal only grows: records are not changed'); END;
        """;

    // A step that a door has taken is never changed: a test holds its digest.
    private static readonly string[] Steps =
    [
        // Append-only is a rule of the file, not of this program: triggers bind every program that opens it. REPLACE deletes
        // without the delete trigger, hence the rule that numbers only grow.
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
        // Each start searches for runs that ended without stopping: there are few, and without an index the search reads the whole file. An
        // index on every kind would write a second page with each record, and cards wear out.
        """
        CREATE INDEX event_ends ON event (sequence) WHERE kind IN ('EndedWithoutStopping', 'Acknowledged');
        """,
        // Names stand beside the records, so that a name can be erased and the records stay as they were written. The name of a record is
        // the one with the largest "since" up to the record's number; NULL is an erased name.
        """
        CREATE TABLE journal_name (
            person INTEGER NOT NULL,
            since INTEGER NOT NULL,
            name TEXT,
            PRIMARY KEY (person, since)) STRICT;
        ALTER TABLE event DROP COLUMN name;
        """,
        // The journal proves itself (JournalChain). A record before the chain has no mac, and neither has one of a door without a key.
        // Checkpoints are signed and never deleted: they are small, and prove records that retention archived. Retention is the one way
        // out for records: a signed segment comes first, and a segment that another program writes has no signature.
        """
        ALTER TABLE event ADD COLUMN mac BLOB;
        ALTER TABLE journal_name ADD COLUMN mac BLOB;
        CREATE TABLE journal_key (
            since INTEGER PRIMARY KEY,
            key TEXT NOT NULL,
            public_key BLOB NOT NULL,
            chain_key BLOB NOT NULL,
            sealed_by TEXT NOT NULL,
            endorsement BLOB) STRICT;
        CREATE TABLE checkpoint (
            last INTEGER PRIMARY KEY,
            first INTEGER NOT NULL,
            records INTEGER NOT NULL,
            mac BLOB,
            digest BLOB NOT NULL,
            previous BLOB NOT NULL,
            time TEXT NOT NULL,
            reason TEXT NOT NULL,
            key TEXT NOT NULL,
            signature BLOB NOT NULL) STRICT;
        CREATE TABLE segment (
            last INTEGER PRIMARY KEY,
            first INTEGER NOT NULL,
            records INTEGER NOT NULL,
            mac_before BLOB,
            mac_after BLOB,
            archive TEXT,
            time TEXT NOT NULL,
            key TEXT NOT NULL,
            signature BLOB NOT NULL) STRICT;
        CREATE TABLE gallery_used (
            id INTEGER PRIMARY KEY,
            revision INTEGER NOT NULL,
            mark TEXT NOT NULL,
            digest TEXT,
            key TEXT,
            time TEXT NOT NULL,
            mac BLOB) STRICT;
        DROP TRIGGER event_grows;
        CREATE TRIGGER event_grows BEFORE INSERT ON event WHEN NEW.sequence <= (SELECT max(sequence) FROM event)
            OR NEW.sequence <= (SELECT max(last) FROM checkpoint)
            BEGIN SELECT RAISE(ABORT, 'the journal only grows: this number was used'); END;
        DROP TRIGGER event_stays;
        CREATE TRIGGER event_stays BEFORE DELETE ON event
            WHEN NOT EXISTS (SELECT 1 FROM segment WHERE last >= OLD.sequence AND first <= OLD.sequence)
            BEGIN SELECT RAISE(ABORT, 'the journal only grows: records are not deleted'); END;
        CREATE TRIGGER checkpoint_grows BEFORE INSERT ON checkpoint WHEN NEW.last <= (SELECT max(last) FROM checkpoint)
            BEGIN SELECT RAISE(ABORT, 'the journal only grows: this checkpoint was made'); END;
        CREATE TRIGGER checkpoint_keeps BEFORE UPDATE ON checkpoint
            BEGIN SELECT RAISE(ABORT, 'the journal only grows: checkpoints are not changed'); END;
        CREATE TRIGGER checkpoint_stays BEFORE DELETE ON checkpoint
            BEGIN SELECT RAISE(ABORT, 'the journal only grows: checkpoints are not deleted'); END;
        CREATE TRIGGER segment_grows BEFORE INSERT ON segment WHEN NEW.first <= (SELECT max(last) FROM segment)
            BEGIN SELECT RAISE(ABORT, 'the journal only grows: this segment was removed'); END;
        CREATE TRIGGER segment_keeps BEFORE UPDATE ON segment
            BEGIN SELECT RAISE(ABORT, 'the journal only grows: segments are not changed'); END;
        CREATE TRIGGER segment_stays BEFORE DELETE ON segment
            BEGIN SELECT RAISE(ABORT, 'the journal only grows: segments are not deleted'); END;
        CREATE TRIGGER journal_key_grows BEFORE INSERT ON journal_key WHEN NEW.since <= (SELECT max(since) FROM journal_key)
            BEGIN SELECT RAISE(ABORT, 'the journal only grows: this key was used'); END;
        CREATE TRIGGER journal_key_keeps BEFORE UPDATE OF since, key, public_key, endorsement ON journal_key
            BEGIN SELECT RAISE(ABORT, 'the journal only grows: keys are not changed'); END;
        CREATE TRIGGER journal_key_stays BEFORE DELETE ON journal_key
            BEGIN SELECT RAISE(ABORT, 'the journal only grows: keys are not deleted'); END;
        CREATE TRIGGER gallery_used_grows BEFORE INSERT ON gallery_used WHEN NEW.id <= (SELECT max(id) FROM gallery_used)
            BEGIN SELECT RAISE(ABORT, 'the journal only grows: this number was used'); END;
        CREATE TRIGGER gallery_used_keeps BEFORE UPDATE ON gallery_used
            BEGIN SELECT RAISE(ABORT, 'the journal only grows: used galleries are not changed'); END;
        CREATE TRIGGER gallery_used_stays BEFORE DELETE ON gallery_used
            BEGIN SELECT RAISE(ABORT, 'the journal only grows: used galleries are not deleted'); END;
        """,
    ];

    private static readonly Lazy<SqliteSchema>[] Shapes =
        [.. Enumerable.Range(1, Version).Select(version => new Lazy<SqliteSchema>(() => new SqliteSchema(Statements(0, version))))];

    /// <summary>The format that this program writes; it reads every older one.</summary>
    public static int Version => Steps.Length;

    /// <summary>Upgrades an empty file or a journal of an older format in one transaction: after an interruption the file has either the
    /// previous format or the new one.</summary>
    /// <exception cref="SqliteException">The file cannot be written; it is unchanged.</exception>
    public static void Upgrade(SqliteConnection connection, int applicationId)
    {
        if (Format(connection) >= Version)
            return;
        using SqliteTransaction all = connection.BeginTransaction(deferred: false);
        // Another program may have done it in between.
        if (Format(connection) is var found && found < Version)
        {
            JournalNameUpgrade? names = found is > 0 and < JournalNames.FirstFormat ? JournalNameUpgrade.Read(connection) : null;
            Sqlite.Run(connection,
                $"{Statements(found, Version)} PRAGMA application_id = {applicationId}; PRAGMA user_version = {Version};");
            names?.Write(connection);
        }

        all.Commit();
    }

    /// <summary>Returns the first difference from the schema of the file's format; null when there is none.</summary>
    public static string? FirstDifference(SqliteConnection connection) => Format(connection) is >= 1 and var found && found <= Version
        ? Shapes[found - 1].Value.FirstDifference(connection)
        : "its format number never existed";

    /// <summary>Returns the statements that upgrade from one format to another; 0 is an empty file.</summary>
    public static string Statements(int from, int to) => string.Join('\n', Steps[from..to]);

    /// <summary>Returns the format of a file; 0 for an empty one.</summary>
    public static int Format(SqliteConnection connection) => (int)Sqlite.Number(connection, "PRAGMA user_version");
}
