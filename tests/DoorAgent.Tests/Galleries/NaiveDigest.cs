using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using DoorAgent.Sealing;
using DoorAgent.Storage;
using Microsoft.Data.Sqlite;

namespace DoorAgent.Tests.Galleries;

/// <summary>The keyed digest of a gallery as its definition says, without regard to time: the twin of the fast one.</summary>
internal static class NaiveDigest
{
    private static readonly string[] Sealed =
    [
        "encoding.vector", "centre.vector", "crop.png", "pin.digest", "pin.duress", "badge.number", "fleet.secrets", "fleet.keys",
    ];

    public static byte[] Of(SqliteConnection connection, DoorKey key)
    {
        List<byte> all = [];
        foreach (string table in Column(connection, "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name"))
        {
            string[] columns = [.. Column(connection, $"SELECT name FROM pragma_table_info('{table}') ORDER BY cid")
                .Where(column => $"{table}.{column}" != "gallery.digest")];
            Add(all, 'T', Encoding.UTF8.GetBytes($"{table} {string.Join(' ', columns)}"));
            using SqliteCommand command = Sqlite.Command(connection, $"SELECT {string.Join(", ", columns)} FROM {table} ORDER BY rowid");
            using SqliteDataReader row = command.ExecuteReader();
            while (row.Read())
            {
                for (int i = 0; i < columns.Length; i++)
                    Add(all, row.GetValue(i), Sealed.Contains($"{table}.{columns[i]}"));
            }
        }

        return HMACSHA256.HashData(key.Derive("gallery digest"), all.ToArray());
    }

    private static void Add(List<byte> all, object value, bool isSealed)
    {
        byte[] eight = new byte[8];
        switch (value)
        {
            case long number:
                BinaryPrimitives.WriteInt64BigEndian(eight, number);
                Add(all, 'I', eight);
                break;
            case double number:
                BinaryPrimitives.WriteDoubleBigEndian(eight, number);
                Add(all, 'F', eight);
                break;
            case string text:
                Add(all, 'X', Encoding.UTF8.GetBytes(text));
                break;
            case byte[] bytes when isSealed:
                Add(all, 'S', [.. bytes[..12], .. bytes[^16..]]);
                break;
            case byte[] bytes:
                Add(all, 'B', bytes);
                break;
            default:
                Add(all, 'N', []);
                break;
        }
    }

    private static void Add(List<byte> all, char type, byte[] value)
    {
        byte[] length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, value.Length);
        all.AddRange([(byte)type, .. length, .. value]);
    }

    private static List<string> Column(SqliteConnection connection, string sql)
    {
        List<string> values = [];
        using SqliteCommand command = Sqlite.Command(connection, sql);
        using SqliteDataReader row = command.ExecuteReader();
        while (row.Read())
            values.Add(row.GetString(0));
        return values;
    }
}
