using System.Globalization;
using DoorAgent.Storage;
using Microsoft.Data.Sqlite;

namespace DoorAgent.Auditing;

/// <summary>The door's signed statement that it removed a block of records, as its settings say. The chain goes on over the gap: the first
/// record after it continues <see cref="After"/>, which the block's checkpoint has too.</summary>
/// <param name="First">The first number that the block may have had.</param>
/// <param name="Last">Number of the last record.</param>
/// <param name="Records">How many records were removed.</param>
/// <param name="Before">The mac of the record before them; null where none had one.</param>
/// <param name="After">The mac of the last of them; null where none had one.</param>
/// <param name="Archive">The file that they were archived in; null where they were not archived.</param>
/// <param name="Time">When they were removed.</param>
/// <param name="Key">Id of the door's key.</param>
internal sealed record RemovedSegment(long First, long Last, long Records, byte[]? Before, byte[]? After, string? Archive, string Time,
    string Key)
{
    private const string Columns = "first, last, records, mac_before, mac_after, archive, time, key, signature";

    /// <summary>The signature of <see cref="Statement"/>.</summary>
    public byte[] Signature { get; init; } = [];

    /// <summary>What is signed: lines of a name, a space and a value, in UTF-8.</summary>
    public string Statement => string.Create(CultureInfo.InvariantCulture, $"""
        dooragent-removed-1
        first {First}
        last {Last}
        records {Records}
        before {Checkpoint.Hex(Before)}
        after {Checkpoint.Hex(After)}
        archive {Archive ?? "-"}
        time {Time}
        key {Key}

        """);

    public RemovedSegment SignedBy(JournalSigner signer) => this with { Signature = signer.Sign(Statement) };

    /// <summary>Reads all segments of a journal, the first first.</summary>
    public static IReadOnlyList<RemovedSegment> ReadAll(SqliteConnection journal)
    {
        List<RemovedSegment> all = [];
        using SqliteCommand command = Sqlite.Command(journal, $"SELECT {Columns} FROM segment ORDER BY last");
        using SqliteDataReader row = command.ExecuteReader();
        while (row.Read())
            all.Add(new RemovedSegment(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), Bytes(row, 3), Bytes(row, 4),
                row.IsDBNull(5) ? null : row.GetString(5), row.GetString(6), row.GetString(7))
            {
                Signature = row.GetFieldValue<byte[]>(8),
            });
        return all;
    }

    public void Write(SqliteConnection journal) => Sqlite.Run(journal, $"""
        INSERT INTO segment ({Columns}) VALUES ($first, $last, $records, $before, $after, $archive, $time, $key, $signature)
        """, ("$first", First), ("$last", Last), ("$records", Records), ("$before", Before), ("$after", After), ("$archive", Archive),
        ("$time", Time), ("$key", Key), ("$signature", Signature));

    private static byte[]? Bytes(SqliteDataReader row, int at) => row.IsDBNull(at) ? null : row.GetFieldValue<byte[]>(at);
}
