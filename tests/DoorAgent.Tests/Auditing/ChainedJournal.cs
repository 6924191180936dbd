using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using DoorAgent.Auditing;
using DoorAgent.Events;
using DoorAgent.Sealing;
using DoorAgent.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;

namespace DoorAgent.Tests.Auditing;

/// <summary>Journals of a door with a key, and the slow twins of what proves them.</summary>
internal static class ChainedJournal
{
    public static DoorKey Door { get; } = DoorKey.Of([.. Enumerable.Range(1, DoorKey.Length).Select(i => (byte)i)]);

    public static KeyRing Keys { get; } = new([Door], null);

    public static KeyRing None { get; } = new([], "there is no key here");

    public static FakeTimeProvider Clock() => new(SomeEvents.Morning);

    /// <summary>A journal to append to, with records from 1 on in it.</summary>
    public static Journal With(string path, int records, TimeProvider? time = null)
    {
        Journal journal = Journal.Open(path, Keys, time ?? Clock());
        for (int i = 1; i <= records; i++)
            journal.Append(i % 7 == 0 ? SomeEvents.Granted(i) : SomeEvents.Number(i));
        return journal;
    }

    /// <summary>The canonical line of a record, made by a JSON library and string operations.</summary>
    public static string Line(DoorEvent e) => "{" + string.Join(',', new (string Name, object? Value)[]
    {
        ("sequence", e.Sequence), ("time", EventWords.OfTime(e)), ("kind", e.Kind?.ToString()), ("reason", e.Reason?.ToString()),
        ("personId", e.PersonId), ("badge", e.BadgeHint), ("distance", e.Distance), ("threshold", e.Threshold), ("encoder", e.Encoder),
        ("detail", PersonReference.Stored(e.Detail)),
    }.Select(field => $"\"{field.Name}\":{JsonSerializer.Serialize(field.Value is "" ? null : field.Value, Form)}")) + "}";

    /// <summary>The mac of a record, made in one step.</summary>
    public static byte[] Mac(byte[] before, DoorEvent e) =>
        HMACSHA256.HashData(Door.Derive("journal chain"), (byte[])[.. before, .. Encoding.UTF8.GetBytes(Line(e))]);

    public static IReadOnlyList<byte[]?> MacsOf(string path) => Column<byte[]>(path, "SELECT mac FROM event ORDER BY sequence");

    public static IReadOnlyList<Checkpoint> CheckpointsOf(string path)
    {
        using SqliteConnection journal = JournalFile.OpenToRead(path);
        return Checkpoint.Read(journal, "1 = 1 ORDER BY last");
    }

    private static List<T?> Column<T>(string path, string sql) where T : class
    {
        using SqliteConnection journal = JournalFile.OpenToRead(path);
        using SqliteCommand command = Sqlite.Command(journal, sql);
        using SqliteDataReader row = command.ExecuteReader();
        List<T?> all = [];
        while (row.Read())
            all.Add(row.IsDBNull(0) ? null : row.GetFieldValue<T>(0));
        return all;
    }

    private static readonly JsonSerializerOptions Form =
        new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
