namespace DoorAgent.Office;

/// <summary>A record that was decided and is not at the hub yet.</summary>
/// <param name="Id">Number in the order of sending.</param>
/// <param name="Bucket">Name of the bucket.</param>
/// <param name="Key">Key in the bucket.</param>
/// <param name="Value">The bytes; null where the key is purged at the hub.</param>
internal sealed record OutboxRecord(long Id, string Bucket, string Key, byte[]? Value);

/// <summary>What the office has decided and the hub does not have yet. A change puts its records here in its own transaction; whoever
/// reaches the hub sends them in their order, and takes each out when the hub has stored it. A command that is killed between loses
/// nothing: the next one sends the rest. A newer record of a key takes the place of an older one, at the end.</summary>
/// <param name="store">The database.</param>
internal sealed class OfficeOutbox(OfficeStore store)
{
    /// <summary>How many records wait.</summary>
    public long Count => store.Number("SELECT count(*) FROM outbox");

    /// <summary>The next records, in their order.</summary>
    public IReadOnlyList<OutboxRecord> Next(int most) => store.Rows("SELECT id, bucket, key, value FROM outbox ORDER BY id LIMIT $most",
        row => new OutboxRecord(row.GetInt64(0), row.GetString(1), row.GetString(2), row.IsDBNull(3) ? null : row.GetFieldValue<byte[]>(3)),
        ("$most", most));

    /// <summary>Adds a record at the end.</summary>
    public void Add(string bucket, string key, byte[]? value) => store.Run(
        "INSERT OR REPLACE INTO outbox (bucket, key, value) VALUES ($bucket, $key, $value)",
        ("$bucket", bucket), ("$key", key), ("$value", value));

    /// <summary>Takes out what the hub has stored. A record that was replaced meanwhile has another number, and stays.</summary>
    public void Sent(IEnumerable<OutboxRecord> records) => store.Change(() =>
        records.Sum(record => store.Run("DELETE FROM outbox WHERE id = $id", ("$id", record.Id))));
}
