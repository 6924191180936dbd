using DoorAgent.Auditing;
using DoorAgent.Commands.Log;
using DoorAgent.Events;
using DoorAgent.Storage;
using Microsoft.Data.Sqlite;

namespace DoorAgent.Fuzz.Targets;

/// <summary>The bytes of a whole journal file.</summary>
internal sealed class JournalFileTarget : FuzzTarget
{
    // Not journal.db, which the targets of galleries would take for the journal of their door.
    private const string File = "journal-file.db";

    private readonly JournalPromise _promise = new(File);

    public override string Name => "journal-file";

    public override int MaxLength => 64 << 10;

    public override IReadOnlyList<string> Tokens =>
        ["CREATE TABLE ", "CREATE VIEW ", "CREATE TRIGGER ", "DoJo", "SQLite format 3\0", "Granted"];

    public override IEnumerable<byte[]> Seeds() => [_promise.Whole];

    public override void Read(ReadOnlySpan<byte> input)
    {
        // First the journal is made, which needs the same file.
        _ = _promise.Whole;
        ScratchFolder.DeleteDatabase(File);
        string path = ScratchFolder.Write(File, input);
        _promise.Check(path);
        MadeJournal.ReadAll(path);
    }

    public override bool Allows(Exception failure) => failure is UserErrorException;
}

/// <summary>Changed rows of a journal.</summary>
internal sealed class JournalRowsTarget : FuzzTarget
{
    private const string File = "journal-rows.db";

    private readonly JournalPromise _promise = new("journal-promise.db");

    private readonly Lazy<(byte[] Whole, RowEdits Edits)> _made = new(() => (Open(), new RowEdits(ScratchFolder.File(File))));

    public override string Name => "journal-rows";

    public override int MaxLength => 512;

    public override IReadOnlyList<string> Tokens =>
    [
        "Granted", "Denied", "UnknownBadge", "2026-03-01T08:00:00.0000000+00:00", "{person:1}", "\u001b[31m", "\u00ed\u00a0\u0080",
        "H10301 ...67",
    ];

    public override IEnumerable<byte[]> Seeds()
    {
        RowEdits edits = _made.Value.Edits;
        yield return edits.Text("event", "kind", 0, "Granted");
        yield return [.. edits.Text("event", "time", 3, "2026-03-01"), .. edits.Text("event", "detail", 4, "\u001b[31m")];
        yield return edits.Text("event", "reason", 2, "Nothing");
        yield return edits.Text("journal_name", "name", 0, "carla");
        yield return [0, 3, 1, 1, 0xFF, 0x7F];
    }

    public override void Read(ReadOnlySpan<byte> input)
    {
        byte[] whole = _made.Value.Whole;
        ScratchFolder.DeleteDatabase(File);
        string path = ScratchFolder.Write(File, whole);
        _made.Value.Edits.Apply(path, input);
        _promise.Check(path);
        MadeJournal.ReadAll(path);
    }

    public override bool Allows(Exception failure) => failure is UserErrorException;

    // Its triggers forbid changes; whoever writes into the file without them is not bound by them.
    private static byte[] Open()
    {
        MadeJournal.Write(File);
        string path = ScratchFolder.File(File);
        using (SqliteConnection connection = SmallDatabase.Open(path))
        {
            List<string> triggers = [];
            using (SqliteCommand command = Sqlite.Command(connection, "SELECT name FROM sqlite_schema WHERE type = 'trigger'"))
            using (SqliteDataReader row = command.ExecuteReader())
            {
                while (row.Read())
                    triggers.Add(row.GetString(0));
            }

            foreach (string trigger in triggers)
                Sqlite.Run(connection, $"DROP TRIGGER {trigger}");
        }

        return System.IO.File.ReadAllBytes(path);
    }
}

/// <summary>The promise of the proof: a journal that is whole has the records that the door wrote, also where the journal's own keys and
/// checkpoints were exchanged. A name may be erased.</summary>
/// <param name="file">Name of the file in the <see cref="ScratchFolder"/>.</param>
internal sealed class JournalPromise(string file)
{
    private readonly Lazy<(byte[] Whole, JournalRow[] Rows, JournalHead Head, byte[] PublicKey)> _made = new(() => Make(file));

    /// <summary>The bytes of the journal.</summary>
    public byte[] Whole => _made.Value.Whole;

    /// <summary>Verifies a journal with the door's key and the anchor, with the printed public key, and by itself.</summary>
    /// <exception cref="BrokenPromiseException">The journal was changed, and is whole.</exception>
    public void Check(string path)
    {
        (_, JournalRow[] rows, JournalHead head, byte[] publicKey) = _made.Value;
        JournalProof own = new JournalVerification(path, MadeGallery.OneKey) { Anchored = head }.Run();
        JournalProof printed = new JournalVerification(path, MadeGallery.NoKey) { PublicKey = publicKey, Anchored = head }.Run();
        _ = new JournalVerification(path, MadeGallery.NoKey).Run();
        if (own.IsWhole)
            Require(rows, RowsOf(path));
        // The public key alone proves no names, and no records behind the last checkpoint.
        if (printed.IsWhole)
            Require(rows.Where(IsSigned), RowsOf(path).Where(IsSigned));
        bool IsSigned(JournalRow row) => !row.IsName && row.Sequence <= printed.SignedUpTo;
    }

    private static void Require(IEnumerable<JournalRow> written, IEnumerable<JournalRow> found)
    {
        BrokenPromiseException.Unless(!found.Except(written).Any(), "A changed journal is whole.");
        BrokenPromiseException.Unless(written.Except(found).All(row => row.IsName), "A journal without a record is whole.");
    }

    private static (byte[] Whole, JournalRow[] Rows, JournalHead Head, byte[] PublicKey) Make(string file)
    {
        byte[] whole = MadeJournal.Write(file);
        string path = ScratchFolder.File(file);
        using JournalSigner signer = new(MadeGallery.OneKey.Newest!);
        BrokenPromiseException.Unless(new JournalVerification(path, MadeGallery.OneKey).Run().IsWhole,
            "An unchanged journal is not whole.");
        return (whole, [.. RowsOf(path)], JournalHead.OfFile(path)!, signer.PublicKey);
    }

    private static List<JournalRow> RowsOf(string path)
    {
        List<JournalRow> rows = [];
        using SqliteConnection connection = SmallDatabase.Open(path);
        string records = $"SELECT {string.Join(", ", EventRow.Columns(JournalSchema.Version))} FROM event";
        foreach (string sql in new[] { records, "SELECT since, person, name FROM journal_name WHERE name IS NOT NULL" })
        {
            using SqliteCommand command = Sqlite.Command(connection, sql);
            using SqliteDataReader row = command.ExecuteReader();
            while (row.Read())
            {
                string text = string.Join('|', Enumerable.Range(0, row.FieldCount).Select(row.GetValue));
                rows.Add(new JournalRow(sql != records, row.GetInt64(0), text));
            }
        }

        return rows;
    }

    internal readonly record struct JournalRow(bool IsName, long Sequence, string Text);
}

/// <summary>A small journal of our own.</summary>
internal static class MadeJournal
{
    private static readonly DateTimeOffset Morning = new(2026, 3, 2, 7, 55, 0, TimeSpan.FromHours(1));

    /// <summary>Writes the journal as a file and returns its bytes.</summary>
    public static byte[] Write(string name)
    {
        ScratchFolder.DeleteDatabase(name);
        string path = ScratchFolder.File(name);
        using (Journal journal = Journal.Open(path, MadeGallery.OneKey, new SteppedTime()))
        {
            DoorEventKind[] kinds = [DoorEventKind.Granted, DoorEventKind.Denied, DoorEventKind.AccessTaken, DoorEventKind.DoorClosed];
            for (int i = 0; i < 8; i++)
            {
                bool isPersons = i % 4 < 2;
                journal.Append(new DoorEvent(kinds[i % 4])
                {
                    Sequence = i + 1,
                    Time = Morning.AddSeconds(i),
                    PersonId = isPersons ? 7 : null,
                    PersonName = isPersons ? "anna" : null,
                    Reason = i % 4 == 1 ? DenyReason.FaceNotMatched : null,
                    BadgeHint = isPersons ? "H10301 ...67" : null,
                    Distance = isPersons ? 0.412f : null,
                    Threshold = isPersons ? 0.883f : null,
                    Encoder = isPersons ? "door-encoder" : null,
                    Detail = isPersons ? null : "by hand",
                });
            }
        }

        return SmallDatabase.Read(path);
    }

    /// <summary>Reads a journal as the start, the log and the doctor do.</summary>
    public static void ReadAll(string path)
    {
        using (JournalReader reader = new(path, new JournalFilter()))
        {
            foreach (DoorEvent entry in reader.Last(100).Entries)
                _ = (DoorLog.WordsOf(entry), EventJson.Of(entry).ToJsonString(), LogRow.Of(entry, entry.Time, 80));
            _ = (reader.Next(), JournalHealth.Of(path));
        }

        using Journal journal = Journal.Open(path, MadeGallery.OneKey, new SteppedTime());
        BrokenPromiseException.Unless(journal.LastSequence >= 0, "The last record has an impossible number.");
    }
}
