using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using DoorAgent.Sealing;
using DoorAgent.Storage;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace DoorAgent.Galleries;

/// <summary>
/// The keyed digest of a sealed gallery (gallery.digest): HMAC-SHA-256 over the rows of all tables, the tables in the order of their names
/// and the rows in the order of their row ids, each value with its type and length. Of a sealed value nonce and tag are enough, because
/// they belong to one value only. Whoever has no key cannot change a name, a state, a date or a schedule, nor remove, add or exchange
/// a row, without being noticed. An open gallery has no digest.
/// </summary>
internal static class GalleryDigest
{
    private const int NonceBytes = 12, FlushAt = 1 << 15;

    /// <summary>A column.</summary>
    /// <param name="Name">Its name.</param>
    /// <param name="Type">SQLite's code of the type that every value has, since the tables are strict; null where a value may be NULL, so that
    /// each is asked for its own.</param>
    /// <param name="IsSealed">Whether a sealed gallery seals its values.</param>
    private readonly record struct Column(string Name, int? Type, bool IsSealed);

    /// <summary>Checks the digest; an open gallery has none.</summary>
    /// <exception cref="UserErrorException">The gallery was changed by somebody without the key.</exception>
    public static void Require(GalleryConnection connection, GallerySeal seal)
    {
        if (seal.IsSealed && !CryptographicOperations.FixedTimeEquals(Of(connection, seal),
                Sqlite.Scalar(connection, "SELECT digest FROM main.gallery") as byte[] ?? []))
        {
            throw new UserErrorException($"The gallery {connection.Path} was changed by somebody without the door's key: its digest does "
                + "not fit its content, so a name, a state, a date, a schedule or a whole row may not be what an operator wrote. "
                + GalleryDatabase.Restore);
        }
    }

    /// <summary>Writes the digest of a sealed gallery; the last step of a change.</summary>
    public static void Renew(GalleryConnection connection, GallerySeal seal)
    {
        if (seal.IsSealed)
            Sqlite.Run(connection, "UPDATE main.gallery SET digest = $digest", ("$digest", Of(connection, seal)));
    }

    /// <summary>Computes the digest of a sealed gallery.</summary>
    public static byte[] Of(SqliteConnection connection, GallerySeal seal)
    {
        using IncrementalHash hash = seal.BeginDigest();
        ArrayBufferWriter<byte> rows = new(2 * FlushAt);
        foreach (string table in Names(connection, "SELECT name FROM main.sqlite_schema WHERE type = 'table' ORDER BY name"))
        {
            Column[] columns = [.. ColumnsOf(connection, table)];
            Write(rows, 'T', Encoding.UTF8.GetBytes($"{table} {string.Join(' ', columns.Select(column => column.Name))}"));
            using SqliteCommand command = Sqlite.Command(connection,
                $"SELECT {string.Join(", ", columns.Select(column => $"\"{column.Name}\""))} FROM main.\"{table}\" ORDER BY rowid");
            using SqliteDataReader row = command.ExecuteReader();
            while (row.Read())
            {
                RowValues values = new(row);
                for (int i = 0; i < columns.Length; i++)
                    Write(rows, values, i, columns[i]);
                if (rows.WrittenCount >= FlushAt)
                    Flush();
            }
        }

        Flush();
        return hash.GetHashAndReset();

        void Flush()
        {
            hash.AppendData(rows.WrittenSpan);
            rows.ResetWrittenCount();
        }
    }

    private static void Write(ArrayBufferWriter<byte> rows, RowValues row, int index, Column column)
    {
        switch (column.Type ?? row.Type(index))
        {
            case raw.SQLITE_INTEGER:
                BinaryPrimitives.WriteInt64BigEndian(Head(rows, 'I', sizeof(long)), row.Integer(index));
                break;
            case raw.SQLITE_FLOAT:
                BinaryPrimitives.WriteDoubleBigEndian(Head(rows, 'F', sizeof(double)), row.Real(index));
                break;
            case raw.SQLITE_NULL:
                Write(rows, 'N', []);
                break;
            case raw.SQLITE_TEXT:
                Write(rows, 'X', row.Bytes(index));
                break;
            default:
                WriteBlob(rows, row.Bytes(index), column.IsSealed);
                break;
        }
    }

    private static void WriteBlob(ArrayBufferWriter<byte> rows, ReadOnlySpan<byte> value, bool isSealed)
    {
        if (!isSealed || value.Length < Seal.Overhead)
        {
            Write(rows, 'B', value);
            return;
        }

        Span<byte> room = Head(rows, 'S', Seal.Overhead);
        value[..NonceBytes].CopyTo(room);
        value[^Seal.TagBytes..].CopyTo(room[NonceBytes..]);
    }

    private static void Write(ArrayBufferWriter<byte> rows, char type, ReadOnlySpan<byte> value) => value.CopyTo(Head(rows, type, value.Length));

    /// <summary>Writes type and length of a value, and returns the room for the value.</summary>
    private static Span<byte> Head(ArrayBufferWriter<byte> rows, char type, int length)
    {
        const int head = 1 + sizeof(int);
        Span<byte> room = rows.GetSpan(head + length)[..(head + length)];
        room[0] = (byte)type;
        BinaryPrimitives.WriteInt32BigEndian(room[1..], length);
        rows.Advance(head + length);
        return room[head..];
    }

    private static List<Column> ColumnsOf(SqliteConnection connection, string table)
    {
        List<Column> columns = [];
        using SqliteCommand command = Sqlite.Command(connection,
            $"SELECT name, type, \"notnull\" OR pk FROM pragma_table_info('{table}', 'main') ORDER BY cid");
        using SqliteDataReader row = command.ExecuteReader();
        while (row.Read())
        {
            string name = row.GetString(0);
            if ((table, name) == ("gallery", "digest"))
                continue;
            columns.Add(new Column(name, row.GetBoolean(2) ? TypeOf(row.GetString(1)) : null,
                SealedColumn.All.Any(one => (one.Table, one.Column) == (table, name))));
        }

        return columns;
    }

    private static int TypeOf(string type) => type switch
    {
        "INTEGER" => raw.SQLITE_INTEGER,
        "REAL" => raw.SQLITE_FLOAT,
        "TEXT" => raw.SQLITE_TEXT,
        _ => raw.SQLITE_BLOB,
    };

    private static List<string> Names(SqliteConnection connection, string sql)
    {
        List<string> names = [];
        using SqliteCommand command = Sqlite.Command(connection, sql);
        using SqliteDataReader row = command.ExecuteReader();
        while (row.Read())
            names.Add(row.GetString(0));
        return names;
    }
}
