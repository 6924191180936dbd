using System.Globalization;

namespace DoorAgent.Models;

/// <summary>Reads the numbers of a CSV file.</summary>
internal static class CsvNumbers
{
    private const int ShownCharacters = 20;

    /// <summary>Fills an array with a text's numbers, line after line.</summary>
    /// <param name="text">The file's text.</param>
    /// <param name="numbers">To be filled to the end.</param>
    /// <param name="isNeverNegative">Whether a number below zero is wrong: a variance is none.</param>
    /// <param name="shape">What is wanted, in words.</param>
    /// <returns>What is wrong; null when nothing is.</returns>
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
                    return $"line {line}, number {count - before + 1} is none: '{Shown(word)}'";
                if (!float.IsFinite(number) || (isNeverNegative && number < 0))
                    return $"line {line}, number {count - before + 1} is {Shown(word)}{(isNeverNegative ? ", and a variance is never" : ", which is not finite")}";
                if (count < numbers.Length)
                    numbers[count] = number;
                count++;
            }

            if (width != 0 && count - before != width)
                return $"line {line} has {count - before} numbers, and those before it have {width}";
            width = count - before;
        }

        return count == numbers.Length ? null : string.Create(CultureInfo.InvariantCulture, $"{count:#,0} numbers, must be {shape}");
    }

    // A page of HTML saved under the name of a CSV file is what people have most often.
    private static string Shown(ReadOnlySpan<char> word) =>
        $"{word[..Math.Min(word.Length, ShownCharacters)]}{(word.Length > ShownCharacters ? "..." : "")}";
}
