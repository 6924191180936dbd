using System.Globalization;
using DoorAgent.Sealing;
using DoorAgent.Storage;
using Microsoft.Data.Sqlite;

namespace DoorAgent.Auditing;

/// <summary>
/// The proof of an export: a small SQLite file beside it with the checkpoints of its records, the public keys, and, where the door's key
/// was at hand, a signed digest of the whole exported file, which covers the names too. The guide has a program that verifies it.
/// </summary>
internal static class ExportProof
{
    private const string Tables = """
        CREATE TABLE key (key TEXT PRIMARY KEY, public_key TEXT NOT NULL) STRICT;
        CREATE TABLE statement (
            last INTEGER PRIMARY KEY, first INTEGER NOT NULL, key TEXT NOT NULL, text TEXT NOT NULL, signature BLOB NOT NULL) STRICT;
        CREATE TABLE file (key TEXT PRIMARY KEY, text TEXT NOT NULL, signature BLOB NOT NULL) STRICT;
        """;

    /// <summary>Returns the path of the proof of a file.</summary>
    public static string PathOf(string file) => file + ".proof";

    /// <summary>Writes a proof.</summary>
    /// <param name="file">The exported file.</param>
    /// <param name="checkpoints">The checkpoints of its records.</param>
    /// <param name="keys">The keys of the journal.</param>
    /// <param name="door">The door's key, to sign the file; null without it.</param>
    /// <param name="digest">SHA-256 of the file.</param>
    /// <param name="now">The time.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string file, IReadOnlyList<Checkpoint> checkpoints, IReadOnlyList<JournalKeyRow> keys, DoorKey? door,
        byte[] digest, DateTimeOffset now)
    {
        string path = PathOf(file);
        File.Delete(path);
        DataDirectory.EnsureFile(path);
        using SqliteConnection proof = Sqlite.Open(path, SqliteOpenMode.ReadWrite, _ => { });
        Sqlite.Run(proof, $"PRAGMA journal_mode = MEMORY; {Tables}");
        using SqliteTransaction all = proof.BeginTransaction();
        foreach (JournalKeyRow key in keys)
            Sqlite.Run(proof, "INSERT OR IGNORE INTO key VALUES ($key, $pem)",
                ("$key", key.Key), ("$pem", JournalSigner.Pem(key.PublicKey)));
        foreach (Checkpoint one in checkpoints)
        {
            Sqlite.Run(proof, "INSERT INTO statement VALUES ($last, $first, $key, $text, $signature)", ("$last", one.Last),
                ("$first", one.First), ("$key", one.Key), ("$text", one.Statement), ("$signature", one.Signature));
        }

        if (door is not null)
        {
            using JournalSigner signer = new(door);
            string text = string.Create(CultureInfo.InvariantCulture,
                $"dooragent-export-1\nsha256 {Checkpoint.Hex(digest)}\ntime {now:O}\n");
            Sqlite.Run(proof, "INSERT INTO file VALUES ($key, $text, $signature)",
                ("$key", door.Id), ("$text", text), ("$signature", signer.Sign(text)));
        }

        all.Commit();
    }
}
