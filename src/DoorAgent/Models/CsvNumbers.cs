using System.Globalization;

namespace DoorAgent.Models;

/// <summary>Parses the numbers of a CSV file.</summary>
internal static class CsvNumbers
{
    private const int ShownCharacters = 20;

    /// <summary>Fills an array with the numbers of a text, line by line.</summary>
    /// <param name="text">Text of the file.</param>
    /// <param name="numbers">Target, which must be filled completely.</param>
    /// <param name="isNeverNegative">Whether a negative number is an error, as in a variance.</param>
    /// <param name="shape">Expected shape, for the message.</param>
    /// <returns>The problem; null if there is none.</returns>
    public static string? Fill(ReadOnlySpan<char> text, Span<float> numbers, bool isNeverNegative, string shape)
    {
        int count = 0, line = 0, width = 0;
        foreach (ReadOnlySpan<char> row in text.EnumerateLines())
        {
            line++;
            if (row.IsWhiteSpace())
                continue;
            int before = count;
            foreach (Range cell in row.Split(','))
            {
                ReadOnlySpan<char> word = row[cell].Trim();
                if (!float.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out float number))
                    return $"line {line}, value {count - before + 1} is not a number: '{Shown(word)}'";
                if (!float.IsFinite(number) || (isNeverNegative && number < 0))
                {
                    string reason = isNeverNegative ? "and a variance is finite and not negative" : "which is not finite";
                    return $"line {line}, value {count - before + 1} is {Shown(word)}, {reason}";
                }

                if (count < numbers.Length)
                    numbers[count] = number;
                count++;
            }

            if (width != 0 && count - before != width)
                return $"line {line} has {count - before} numbers, and the lines before have {width}";
            width = count - before;
        }

        return count == numbers.Length ? null : string.Create(CultureInfo.InvariantCulture, $"{count:#,0} numbers, must be {shape}");
    }

    // The most frequent mistake is an HTML page saved under the name of a CSV file.
    private static string Shown(ReadOnlySpan<char> word) =>
        $"{word[..Math.Min(word.Length, ShownCharacters)]}{(word.Length > ShownCharacters ? "..." : "")}";
}
