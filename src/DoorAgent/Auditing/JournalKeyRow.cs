using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using DoorAgent.Sealing;
using DoorAgent.Storage;
using Microsoft.Data.Sqlite;

namespace DoorAgent.Auditing;

/// <summary>A key under which records are chained, from one record on. The chain key itself is sealed under the door's key of today, so
/// that records from before a rotation can still be verified; the seal binds the row.</summary>
/// <param name="Since">The first record.</param>
/// <param name="Key">Id of the door's key that the chain key and the signing key are derived from.</param>
/// <param name="PublicKey">The public key of the signatures.</param>
/// <param name="SealedChainKey">The chain key, sealed.</param>
/// <param name="SealedBy">Id of the door's key under which it is sealed.</param>
/// <param name="Endorsement">Signature of <see cref="Statement"/> by the key before; null for the first key, and for a key that replaced a
/// missing one.</param>
internal sealed record JournalKeyRow(long Since, string Key, byte[] PublicKey, byte[] SealedChainKey, string SealedBy, byte[]? Endorsement)
{
    private const string Purpose = "journal chain keys";
    private const string Columns = "since, key, public_key, chain_key, sealed_by, endorsement";

    /// <summary>What the key before signs at a rotation.</summary>
    public string Statement => StatementOf(Since, Key, PublicKey);

    /// <summary>Makes the row of a door's key.</summary>
    public static JournalKeyRow Of(DoorKey door, JournalSigner signer, long since, JournalSigner? before) => new(since, door.Id,
        signer.PublicKey, Sealed(door, RecordMac.KeyOf(door), since, door.Id, signer.PublicKey), door.Id,
        before?.Sign(StatementOf(since, door.Id, signer.PublicKey)));

    /// <summary>Reads all keys of a journal, the first first.</summary>
    public static IReadOnlyList<JournalKeyRow> ReadAll(SqliteConnection journal)
    {
        List<JournalKeyRow> all = [];
        using SqliteCommand command = Sqlite.Command(journal, $"SELECT {Columns} FROM journal_key ORDER BY since");
        using SqliteDataReader row = command.ExecuteReader();
        while (row.Read())
            all.Add(new JournalKeyRow(row.GetInt64(0), row.GetString(1), row.GetFieldValue<byte[]>(2), row.GetFieldValue<byte[]>(3),
                row.GetString(4), row.IsDBNull(5) ? null : row.GetFieldValue<byte[]>(5)));
        return all;
    }

    /// <summary>Opens the chain key.</summary>
    /// <returns>The chain key; null where this process does not have the key under which it is sealed.</returns>
    /// <exception cref="BrokenSealException">The row was changed, or another program wrote it.</exception>
    public byte[]? ChainKey(KeyRing keys)
    {
        if (keys.Find(SealedBy) is not { } door)
            return null;
        using Seal seal = new(door, Purpose);
        return seal.Open(SealedChainKey, Identity(Since, Key, PublicKey));
    }

    /// <summary>Returns the row with the chain key sealed under another door's key.</summary>
    public JournalKeyRow SealedAgain(KeyRing keys, DoorKey door) => ChainKey(keys) is { } chainKey
        ? this with { SealedChainKey = Sealed(door, chainKey, Since, Key, PublicKey), SealedBy = door.Id } : this;

    /// <summary>Writes a new row.</summary>
    public void Write(SqliteConnection journal) => Sqlite.Run(journal, $"""
        INSERT INTO journal_key ({Columns}) VALUES ($since, $key, $publicKey, $chainKey, $sealedBy, $endorsement)
        """, Values);

    /// <summary>Writes the seal of a row that is there.</summary>
    public void WriteSeal(SqliteConnection journal) => Sqlite.Run(journal,
        "UPDATE journal_key SET chain_key = $chainKey, sealed_by = $sealedBy WHERE since = $since", Values);

    private (string, object?)[] Values => [("$since", Since), ("$key", Key), ("$publicKey", PublicKey), ("$chainKey", SealedChainKey),
        ("$sealedBy", SealedBy), ("$endorsement", Endorsement)];

    private static string StatementOf(long since, string key, byte[] publicKey) => string.Create(CultureInfo.InvariantCulture, $"""
        dooragent-journal-key-1
        since {since}
        key {key}
        public {Convert.ToHexStringLower(publicKey)}

        """);

    private static byte[] Sealed(DoorKey door, byte[] chainKey, long since, string key, byte[] publicKey)
    {
        using Seal seal = new(door, Purpose);
        return seal.Close(chainKey, Identity(since, key, publicKey));
    }

    private static byte[] Identity(long since, string key, byte[] publicKey) =>
        SHA256.HashData(Encoding.UTF8.GetBytes(StatementOf(since, key, publicKey)));
}
