using Microsoft.Data.Sqlite;
using SQLitePCL;
using static SQLitePCL.raw;

namespace DoorAgent.Auditing;

/// <summary>
/// Reads the records of a range of numbers in their order, as they are in the file, without a copy of any value: verification reads a
/// million of them in seconds.
/// </summary>
internal sealed class RecordRows : IDisposable
{
    private readonly SqliteConnection _journal;

    /// <summary>Begins to read.</summary>
    /// <param name="journal">A journal of a format with macs.</param>
    /// <param name="after">The number before the first one.</param>
    /// <param name="last">The last number.</param>
    /// <exception cref="SqliteException">The journal cannot be read.</exception>
    public RecordRows(SqliteConnection journal, long after, long last)
    {
        _journal = journal;
        Check(sqlite3_prepare_v2(journal.Handle, $"SELECT {CanonicalRecord.Columns}, mac FROM event WHERE sequence > ? AND sequence <= ? "
            + "ORDER BY sequence", out sqlite3_stmt row));
        Row = row;
        Check(sqlite3_bind_int64(row, 1, after));
        Check(sqlite3_bind_int64(row, 2, last));
    }

    /// <summary>The statement, which stands on a row after <see cref="Read"/>.</summary>
    public sqlite3_stmt Row { get; }

    /// <summary>The number of the row's record.</summary>
    public long Sequence => sqlite3_column_int64(Row, 0);

    /// <summary>The mac of the row's record, valid until the next row; empty where it has none.</summary>
    public ReadOnlySpan<byte> Mac => sqlite3_column_blob(Row, CanonicalRecord.Count);

    /// <summary>Goes to the next record; false after the last.</summary>
    /// <exception cref="SqliteException">The journal cannot be read.</exception>
    public bool Read()
    {
        int result = sqlite3_step(Row);
        if (result is not (SQLITE_ROW or SQLITE_DONE))
            Check(result);
        return result == SQLITE_ROW;
    }

    public void Dispose() => Row.Dispose();

    private void Check(int result)
    {
        if (result != SQLITE_OK)
            SqliteException.ThrowExceptionForRC(result, _journal.Handle);
    }
}
