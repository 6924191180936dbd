using System.Buffers.Binary;
using System.Text;
using DoorAgent.Storage;
using Microsoft.Data.Sqlite;

namespace DoorAgent.Fuzz.Targets;

/// <summary>
/// Changes the rows of a database by an input, so that mutations get behind SQLite's own checks of its pages. An edit is six bytes (table,
/// column, row, kind of value, two of length or number) and, for texts and blobs, that many bytes.
/// </summary>
internal sealed class RowEdits
{
    private const int HeadLength = 6, MaxEdits = 8;

    private readonly (string Table, string[] Columns)[] _tables;

    /// <summary>Reads the tables of a database.</summary>
    public RowEdits(string path)
    {
        using SqliteConnection connection = SmallDatabase.Open(path);
        List<(string Table, string Column)> columns = [];
        using SqliteCommand command = Sqlite.Command(connection,
            "SELECT t.name, c.name FROM sqlite_schema t JOIN pragma_table_info(t.name) c "
                + "WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%' ORDER BY 1, 2");
        using SqliteDataReader row = command.ExecuteReader();
        while (row.Read())
            columns.Add((row.GetString(0), row.GetString(1)));
        _tables = [.. columns.GroupBy(one => one.Table).Select(table => (table.Key, table.Select(one => one.Column).ToArray()))];
    }

    /// <summary>Returns an edit that writes a text.</summary>
    public byte[] Text(string table, string column, int row, string text) => Edit(table, column, row, 3, Encoding.UTF8.GetBytes(text));

    /// <summary>Returns an edit that writes a blob.</summary>
    public byte[] Blob(string table, string column, int row, params byte[] bytes) => Edit(table, column, row, 4, bytes);

    /// <summary>Carries out the edits of an input; what SQLite refuses is left out.</summary>
    public void Apply(string path, ReadOnlySpan<byte> input)
    {
        using SqliteConnection connection = SmallDatabase.Open(path);
        Sqlite.Run(connection, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF; "
            + "PRAGMA ignore_check_constraints = ON");
        for (int edits = 0; input.Length >= HeadLength && edits < MaxEdits; edits++)
        {
            (string table, string[] columns) = _tables[input[0] % _tables.Length];
            string column = columns[input[1] % columns.Length];
            (int row, int kind, short number) = (input[2], input[3] % 7, BinaryPrimitives.ReadInt16LittleEndian(input[4..]));
            int length = kind is 3 or 4 ? Math.Min((ushort)number, input.Length - HeadLength) : 0;
            byte[] content = [.. input.Slice(HeadLength, length)];
            input = input[(HeadLength + length)..];
            string which = $"rowid = (SELECT rowid FROM {table} LIMIT 1 OFFSET {row} % max(1, (SELECT count(*) FROM {table})))";
            (string sql, object? value) = kind switch
            {
                0 => ($"UPDATE {table} SET {column} = $value WHERE {which}", null),
                1 => ($"UPDATE {table} SET {column} = $value WHERE {which}", Number(number)),
                2 => ($"UPDATE {table} SET {column} = $value WHERE {which}", number == 1 ? double.PositiveInfinity : number / 100.0),
                3 => ($"UPDATE {table} SET {column} = CAST($value AS TEXT) WHERE {which}", content),
                4 => ($"UPDATE {table} SET {column} = $value WHERE {which}", content),
                5 => ($"DELETE FROM {table} WHERE {which} AND $value IS NULL", null),
                _ => ($"INSERT INTO {table} SELECT * FROM {table} WHERE {which} AND $value IS NULL", (object?)null),
            };
            Try(connection, sql, value);
        }
    }

    // Most numbers are small; some are at the ends of a range.
    private static long Number(short number) => number switch
    {
        short.MaxValue => long.MaxValue,
        short.MinValue => long.MinValue,
        short.MaxValue - 1 => int.MaxValue,
        short.MaxValue - 2 => 1L << 53,
        _ => number,
    };

    private static void Try(SqliteConnection connection, string sql, object? value)
    {
        try
        {
            Sqlite.Run(connection, sql, ("$value", value));
        }
        catch (SqliteException)
        {
            // A type or a trigger forbids the change.
        }
    }

    private byte[] Edit(string table, string column, int row, byte kind, byte[] content)
    {
        int at = Array.FindIndex(_tables, one => one.Table == table);
        return
        [
            (byte)at, (byte)Array.IndexOf(_tables[at].Columns, column), (byte)row, kind,
            (byte)content.Length, (byte)(content.Length >> 8), .. content,
        ];
    }
}
