using System.Globalization;
using System.Text;
using SQLitePCL;
using static SQLitePCL.raw;

namespace DoorAgent.Auditing;

/// <summary>
/// The canonical form of a record, which macs and checkpoints cover: one line of JSON (RFC 8259) in UTF-8 without spaces, with the fields
/// of <see cref="Fields"/> in that order, whatever the order of the file's columns. What is not known, and an empty text, is null. In a
/// text only the quotation mark, the backslash and control characters are escaped, as SQLite's json_quote does. A number that is a
/// single-precision number is the shortest text that reads back as that number; another one has 17 digits. The line has no names: they
/// stand beside the records. One thread at a time; the line is valid until the next call.
/// </summary>
internal sealed class CanonicalRecord
{
    /// <summary>The columns of the table event, in the order of the fields.</summary>
    public const string Columns = "sequence, time, kind, reason, person, badge, distance, threshold, encoder, detail";

    /// <summary>Number of the columns.</summary>
    public const int Count = 10;

    private const int LongestNumber = 32;

    private static readonly string[] Names =
        ["sequence", "time", "kind", "reason", "personId", "badge", "distance", "threshold", "encoder", "detail"];

    private static readonly byte[][] Starts = [.. Names.Select((name, i) => Encoding.UTF8.GetBytes($"{(i == 0 ? '{' : ',')}\"{name}\":"))];

    private byte[] _buffer = new byte[1024];
    private int _length;

    /// <summary>The names of the fields.</summary>
    public static IReadOnlyList<string> Fields => Names;

    /// <summary>The line of the last record, without an end of line.</summary>
    public ReadOnlySpan<byte> Line => _buffer.AsSpan(0, _length);

    /// <summary>Makes the line of values in the order of <see cref="Columns"/>, as <see cref="EventRow.Write"/> returns them.</summary>
    public ReadOnlySpan<byte> Of(IEnumerable<object?> values)
    {
        _length = 0;
        foreach ((int field, object? value) in values.Index())
        {
            Append(Starts[field]);
            switch (value)
            {
                case long number: AppendNumber(number); break;
                case float number: AppendNumber((double)number); break;
                case string text: AppendText(Encoding.UTF8.GetBytes(text)); break;
                default: Append("null"u8); break;
            }
        }

        Append("}"u8);
        return Line;
    }

    /// <summary>Makes the line of a row whose first columns are <see cref="Columns"/>.</summary>
    /// <exception cref="InvalidDataException">A value is of a type that a journal does not have.</exception>
    public ReadOnlySpan<byte> Of(sqlite3_stmt row)
    {
        _length = 0;
        for (int field = 0; field < Count; field++)
        {
            Append(Starts[field]);
            switch (sqlite3_column_type(row, field))
            {
                case SQLITE_NULL: Append("null"u8); break;
                case SQLITE_INTEGER: AppendNumber(sqlite3_column_int64(row, field)); break;
                case SQLITE_FLOAT: AppendNumber(sqlite3_column_double(row, field)); break;
                // The bytes of a text are those in the file, also where they are not valid UTF-8.
                case SQLITE_TEXT: AppendText(sqlite3_column_blob(row, field)); break;
                default: throw new InvalidDataException($"{Fields[field]} of a record is a blob");
            }
        }

        Append("}"u8);
        return Line;
    }

    private void AppendNumber(long number)
    {
        Reserve(LongestNumber);
        number.TryFormat(_buffer.AsSpan(_length), out int written, default, CultureInfo.InvariantCulture);
        _length += written;
    }

    private void AppendNumber(double number)
    {
        if (!double.IsFinite(number))
        {
            AppendText(Encoding.UTF8.GetBytes(number.ToString(CultureInfo.InvariantCulture)));
            return;
        }

        Reserve(LongestNumber);
        Span<byte> free = _buffer.AsSpan(_length);
        int written;
        if ((float)number is var single && single == number)
            single.TryFormat(free, out written, default, CultureInfo.InvariantCulture);
        else
            number.TryFormat(free, out written, "E16", CultureInfo.InvariantCulture);
        _length += written;
    }

    private void AppendText(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
        {
            Append("null"u8);
            return;
        }

        Append("\""u8);
        while (text.IndexOfAnyInRange((byte)0, (byte)0x1F) is var control && text.IndexOfAny((byte)'"', (byte)'\\') is var mark)
        {
            int end = control < 0 ? mark : mark < 0 ? control : Math.Min(control, mark);
            if (end < 0)
                break;
            Append(text[..end]);
            AppendEscaped(text[end]);
            text = text[(end + 1)..];
        }

        Append(text);
        Append("\""u8);
    }

    private void AppendEscaped(byte character)
    {
        switch (character)
        {
            case (byte)'"': Append("\\\""u8); break;
            case (byte)'\\': Append("\\\\"u8); break;
            case (byte)'\b': Append("\\b"u8); break;
            case (byte)'\f': Append("\\f"u8); break;
            case (byte)'\n': Append("\\n"u8); break;
            case (byte)'\r': Append("\\r"u8); break;
            case (byte)'\t': Append("\\t"u8); break;
            default: Append(Encoding.UTF8.GetBytes($"\\u{character:x4}")); break;
        }
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        Reserve(bytes.Length);
        bytes.CopyTo(_buffer.AsSpan(_length));
        _length += bytes.Length;
    }

    private void Reserve(int bytes)
    {
        if (_length + bytes > _buffer.Length)
            Array.Resize(ref _buffer, Math.Max(2 * _buffer.Length, _length + bytes));
    }
}
