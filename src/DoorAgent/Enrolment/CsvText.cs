using System.Text;

namespace DoorAgent.Enrolment;

/// <summary>One record of a CSV file.</summary>
/// <param name="Line">First line of the record, from 1.</param>
/// <param name="Fields">Fields of the record, without quotes.</param>
internal sealed record CsvRecord(int Line, IReadOnlyList<string> Fields);

/// <summary>Parses comma-separated values (RFC 4180), also with semicolons or tabs, as spreadsheets in other countries write
/// them.</summary>
internal static class CsvText
{
    private const long Largest = 8 * 1024 * 1024;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a file; empty lines are left out.</summary>
    /// <exception cref="UserErrorException">The file cannot be read, is not UTF-8, or has an unclosed quote.</exception>
    public static IReadOnlyList<CsvRecord> Read(string path)
    {
        try
        {
            if (new FileInfo(path).Length > Largest)
                throw new UserErrorException($"{path} is larger than {Largest / (1024 * 1024)} MB: that is not a list of people.");
            return Parse(Strict.GetString(File.ReadAllBytes(path)).TrimStart('\uFEFF'));
        }
        catch (DecoderFallbackException failure)
        {
            throw new UserErrorException($"{path} is not written in UTF-8, so names in it would be wrong. Save it as 'CSV UTF-8'.",
                failure);
        }
        catch (FormatException wrong)
        {
            throw new UserErrorException($"{path}, {wrong.Message}", wrong);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"{path} cannot be read: {failure.Message}", failure);
        }
    }

    /// <summary>Parses a text; empty lines are left out.</summary>
    /// <exception cref="FormatException">A quote is not closed; the message names the line.</exception>
    public static IReadOnlyList<CsvRecord> Parse(string text)
    {
        char separator = SeparatorOf(text);
        List<CsvRecord> records = [];
        List<string> fields = [];
        StringBuilder field = new();
        int line = 1, first = 1, quoted = 0;
        for (int i = 0; i <= text.Length; i++)
        {
            char letter = i < text.Length ? text[i] : '\n';
            if (quoted > 0 && i < text.Length)
            {
                if (letter != '"')
                    field.Append(letter);
                else if (i + 1 < text.Length && text[i + 1] == '"')
                    field.Append(text[++i]);
                else
                    quoted = 0;
                line += letter == '\n' ? 1 : 0;
            }
            else if (quoted > 0)
            {
                throw new FormatException($"line {quoted}: the quote that starts there is not closed.");
            }
            else if (letter == '"' && field.Length == 0)
            {
                quoted = line;
            }
            else if (letter == separator || letter == '\n')
            {
                fields.Add($"{field}".TrimEnd('\r'));
                field.Clear();
                if (letter == separator)
                    continue;
                if (fields.Exists(one => one.Trim().Length > 0))
                    records.Add(new CsvRecord(first, [.. fields]));
                fields.Clear();
                first = ++line;
            }
            else
            {
                field.Append(letter);
            }
        }

        return records;
    }

    /// <summary>Returns the separator that the first line contains most often.</summary>
    private static char SeparatorOf(string text)
    {
        string head = text.Split('\n', 2)[0];
        return ",;\t".MaxBy(separator => head.Count(letter => letter == separator));
    }
}
