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
            string[] columns = [.. Names(connection, $"SELECT name FROM pragma_table_info('{table}', 'main') ORDER BY cid")
                .Where(column => (table, column) != ("gallery", "digest"))];
            Write(rows, 'T', Encoding.UTF8.GetBytes($"{table} {string.Join(' ', columns)}"));
            bool[] isSealed = [.. columns.Select(column => SealedColumn.All.Any(one => (one.Table, one.Column) == (table, column)))];
            using SqliteCommand command = Sqlite.Command(connection,
                $"SELECT {string.Join(", ", columns.Select(column => $"\"{column}\""))} FROM main.\"{table}\" ORDER BY rowid");
            using SqliteDataReader row = command.ExecuteReader();
            while (row.Read())
            {
                // The values are taken from SQLite's own memory: a reader would copy each one.
                for (int i = 0; i < columns.Length; i++)
                    Write(rows, row.Handle!, i, isSealed[i]);
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

    private static void Write(ArrayBufferWriter<byte> rows, sqlite3_stmt row, int column, bool isSealed)
    {
        int type = raw.sqlite3_column_type(row, column);
        switch (type)
        {
            case raw.SQLITE_INTEGER:
                BinaryPrimitives.WriteInt64BigEndian(Head(rows, 'I', sizeof(long)), raw.sqlite3_column_int64(row, column));
                break;
            case raw.SQLITE_FLOAT:
                BinaryPrimitives.WriteDoubleBigEndian(Head(rows, 'F', sizeof(double)), raw.sqlite3_column_double(row, column));
                break;
            case raw.SQLITE_NULL:
                Write(rows, 'N', []);
                break;
            default:
                ReadOnlySpan<byte> value = raw.sqlite3_column_blob(row, column);
                if (isSealed && value.Length >= Seal.Overhead)
                {
                    Span<byte> short_ = Head(rows, 'S', Seal.Overhead);
                    value[..NonceBytes].CopyTo(short_);
                    value[^Seal.TagBytes..].CopyTo(short_[NonceBytes..]);
                }
                else
                {
                    Write(rows, type == raw.SQLITE_TEXT ? 'X' : 'B', value);
                }

                break;
        }
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
