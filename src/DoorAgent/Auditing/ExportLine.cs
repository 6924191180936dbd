using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using DoorAgent.Events;
using SQLitePCL;
using static SQLitePCL.raw;

namespace DoorAgent.Auditing;

/// <summary>The form of an export.</summary>
internal enum ExportFormat
{
    /// <summary>One JSON object a line.</summary>
    Jsonl,

    /// <summary>RFC 4180, with a line of names.</summary>
    Csv,
}

/// <summary>
/// Makes the lines of an export: the canonical form of a record, and after it what people need too: the person's name, and the detail with
/// names in place of numbers. What is added stands last, so that a program can take it away again and verify the rest.
/// </summary>
internal sealed class ExportLine(ExportFormat format, JournalNames names)
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The columns of a CSV file.</summary>
    public static string Heading => string.Join(',', [.. CanonicalRecord.Fields, "person", "words"]);

    /// <summary>Returns the line of a record, with its line feed.</summary>
    /// <param name="row">The row.</param>
    /// <param name="canonical">Its canonical line.</param>
    public byte[] Of(sqlite3_stmt row, ReadOnlySpan<byte> canonical)
    {
        DoorEvent named = names.Named(new DoorEvent(Kind: null)
        {
            Sequence = sqlite3_column_int64(row, 0),
            PersonId = sqlite3_column_type(row, 4) == SQLITE_NULL ? null : sqlite3_column_int64(row, 4),
            Detail = Text(row, 9),
        });
        string? words = named.Detail == Text(row, 9) ? null : named.Detail;
        return format == ExportFormat.Jsonl
            ? [.. canonical[..^1], .. Encoding.UTF8.GetBytes(
                $",\"person\":{Quoted(named.PersonName)},\"words\":{Quoted(words)}}}\n")]
            : Encoding.UTF8.GetBytes(Csv(canonical, [named.PersonName, words]));
    }

    private static string? Text(sqlite3_stmt row, int column) =>
        sqlite3_column_type(row, column) == SQLITE_NULL ? null : Encoding.UTF8.GetString(sqlite3_column_blob(row, column));

    private static string Quoted(string? text) => JsonSerializer.Serialize(text, Json);

    private static string Csv(ReadOnlySpan<byte> canonical, string?[] more)
    {
        using JsonDocument record = JsonDocument.Parse(canonical.ToArray());
        IEnumerable<string> fields = record.RootElement.EnumerateObject().Select(field => field.Value.ValueKind switch
        {
            JsonValueKind.Null => "",
            JsonValueKind.Number => field.Value.GetRawText(),
            _ => Cell(field.Value.GetString()!),
        });
        return string.Join(',', fields.Concat(more.Select(text => text is null ? "" : Cell(text)))) + "\n";
    }

    private static string Cell(string text) => $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
