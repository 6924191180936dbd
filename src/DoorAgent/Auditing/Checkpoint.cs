using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using DoorAgent.Storage;
using Microsoft.Data.Sqlite;

namespace DoorAgent.Auditing;

/// <summary>
/// A signed statement about a block of records, for those who do not have the chain's key: their number, the digest of their canonical
/// lines, and the digest of the statement before, so that no checkpoint can be left out.
/// </summary>
/// <param name="First">The first number that the block may have: the one after the block before.</param>
/// <param name="Last">Number of the last record of the block.</param>
/// <param name="Records">How many records the block has.</param>
/// <param name="Mac">The mac of the last record; null where no record up to there has one.</param>
/// <param name="Digest">SHA-256 of the canonical lines, each with a line feed at its end.</param>
/// <param name="Previous">SHA-256 of the statement before; 32 zeros for the first.</param>
/// <param name="Time">When it was signed.</param>
/// <param name="Reason">Why it was signed then.</param>
/// <param name="Key">Id of the door's key.</param>
internal sealed record Checkpoint(long First, long Last, long Records, byte[]? Mac, byte[] Digest, byte[] Previous, string Time,
    string Reason, string Key)
{
    /// <summary>The columns of the table, in the order that <see cref="Read(SqliteDataReader)"/> expects.</summary>
    public const string Columns = "first, last, records, mac, digest, previous, time, reason, key, signature";

    /// <summary>The signature of <see cref="Statement"/>.</summary>
    public byte[] Signature { get; init; } = [];

    /// <summary>What is signed: lines of a name, a space and a value, in UTF-8.</summary>
    public string Statement => string.Create(CultureInfo.InvariantCulture, $"""
        dooragent-checkpoint-1
        first {First}
        last {Last}
        records {Records}
        mac {Hex(Mac)}
        digest {Hex(Digest)}
        previous {Hex(Previous)}
        time {Time}
        reason {Reason}
        key {Key}

        """);

    /// <summary>The digest by which the next checkpoint names this one.</summary>
    public byte[] Identity => SHA256.HashData(Encoding.UTF8.GetBytes(Statement));

    /// <summary>Returns bytes as hexadecimal digits; a hyphen for none.</summary>
    public static string Hex(byte[]? bytes) => bytes is null ? "-" : Convert.ToHexStringLower(bytes);

    public Checkpoint SignedBy(JournalSigner signer) => this with { Signature = signer.Sign(Statement) };

    public static Checkpoint Read(SqliteDataReader row) => new(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2),
        row.IsDBNull(3) ? null : row.GetFieldValue<byte[]>(3), row.GetFieldValue<byte[]>(4), row.GetFieldValue<byte[]>(5), row.GetString(6),
        row.GetString(7), row.GetString(8))
    {
        Signature = row.GetFieldValue<byte[]>(9),
    };

    /// <summary>Reads the newest checkpoint; null when there is none.</summary>
    public static Checkpoint? Newest(SqliteConnection journal) => Read(journal, "1 = 1 ORDER BY last DESC LIMIT 1").SingleOrDefault();

    /// <summary>Reads the checkpoints that meet a condition.</summary>
    public static IReadOnlyList<Checkpoint> Read(SqliteConnection journal, string condition)
    {
        List<Checkpoint> all = [];
        using SqliteCommand command = Sqlite.Command(journal, $"SELECT {Columns} FROM checkpoint WHERE {condition}");
        using SqliteDataReader row = command.ExecuteReader();
        while (row.Read())
            all.Add(Read(row));
        return all;
    }

    public void Write(SqliteConnection journal) => Sqlite.Run(journal, $"""
        INSERT INTO checkpoint ({Columns})
            VALUES ($first, $last, $records, $mac, $digest, $previous, $time, $reason, $key, $signature)
        """, ("$first", First), ("$last", Last), ("$records", Records), ("$mac", Mac), ("$digest", Digest), ("$previous", Previous),
        ("$time", Time), ("$reason", Reason), ("$key", Key), ("$signature", Signature));
}

/// <summary>Why a checkpoint was signed; the words stand in the statements.</summary>
internal static class CheckpointReason
{
    /// <summary>The records are from before the chain: the door had no key yet, or an older program.</summary>
    public const string Begin = "begin";

    /// <summary>The block is full.</summary>
    public const string Count = "count";

    /// <summary>A day has passed.</summary>
    public const string Day = "day";

    /// <summary>The door stopped.</summary>
    public const string Stop = "stop";

    /// <summary>The door's key was rotated: the old key signs what it covers.</summary>
    public const string Rotation = "rotation";

    /// <summary>The end of an export, which the journal has not signed yet; stands in the export's proof only.</summary>
    public const string Export = "export";

    /// <summary>The records were found at a start, and the door does not vouch for them: changed, without a mac, or under a key that is
    /// missing.</summary>
    public const string Unproven = "unproven";
}
