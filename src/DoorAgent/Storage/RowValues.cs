using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;

namespace DoorAgent.Storage;

/// <summary>
/// The values of a row in SQLite's own memory, for code that reads all values of a large database: the calls of the library cost several
/// times as much as what they do. Valid until the reader goes on.
/// </summary>
/// <param name="reader">A reader that stands on a row.</param>
internal readonly ref struct RowValues(SqliteDataReader reader)
{
    private const string Library = "e_sqlite3";

    private readonly nint _row = reader.Handle!.DangerousGetHandle();

    /// <summary>SQLite's code of a value's type.</summary>
    public int Type(int column) => sqlite3_column_type(_row, column);

    public long Integer(int column) => sqlite3_column_int64(_row, column);

    public double Real(int column) => sqlite3_column_double(_row, column);

    /// <summary>The bytes of a blob, or of a text in UTF-8.</summary>
    public ReadOnlySpan<byte> Bytes(int column)
    {
        nint at = sqlite3_column_blob(_row, column);
        int length = at == 0 ? 0 : sqlite3_column_bytes(_row, column);
        return MemoryMarshal.CreateReadOnlySpan(ref Unsafe.AddByteOffset(ref Unsafe.NullRef<byte>(), at), length);
    }

    // These calls are shorter than the switch between managed and native code that they leave out.
    [DllImport(Library), SuppressGCTransition]
    private static extern int sqlite3_column_type(nint row, int column);

    [DllImport(Library), SuppressGCTransition]
    private static extern long sqlite3_column_int64(nint row, int column);

    [DllImport(Library), SuppressGCTransition]
    private static extern double sqlite3_column_double(nint row, int column);

    [DllImport(Library), SuppressGCTransition]
    private static extern nint sqlite3_column_blob(nint row, int column);

    [DllImport(Library), SuppressGCTransition]
    private static extern int sqlite3_column_bytes(nint row, int column);
}
