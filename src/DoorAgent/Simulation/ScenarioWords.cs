using System.Globalization;

namespace DoorAgent.Simulation;

/// <summary>One word in a line of a scenario.</summary>
/// <param name="Text">The word without quotes.</param>
/// <param name="Column">Column of the first character, from 1.</param>
/// <param name="IsQuoted">Whether the word was quoted; a quoted word is never a keyword.</param>
internal readonly record struct Word(string Text, int Column, bool IsQuoted);

/// <summary>
/// Splits a line into words at white space. A word in double quotes may contain spaces. A # at the start of a word starts a comment, but
/// not inside a word (as in <c>1234#</c>).
/// </summary>
internal static class ScenarioWords
{
    /// <exception cref="ScenarioSyntaxException">A quote is not closed, or is inside a word.</exception>
    public static List<Word> Split(string line)
    {
        List<Word> words = [];
        int at = 0;
        while (true)
        {
            while (at < line.Length && char.IsWhiteSpace(line[at]))
                at++;
            if (at == line.Length || line[at] == '#')
                return words;
            Word word = line[at] == '"' ? Quoted(line, at) : Plain(line, at);
            words.Add(word);
            at += word.Text.Length + (word.IsQuoted ? 2 : 0);
        }
    }

    /// <summary>Formats a word for a line: in quotes if the word could be mistaken for something else.</summary>
    public static string Write(string text) =>
        text.Length == 0 || text[0] == '#' || text.Any(char.IsWhiteSpace) || Reserved.Contains(text) ? $"\"{text}\"" : text;

    /// <summary>Formats a name from the program as a keyword.</summary>
#pragma warning disable CA1308 // Keywords are lower case.
    public static string Lower(string name) => name.ToLowerInvariant();
#pragma warning restore CA1308

    /// <summary>Keywords that are possible in the place of a name or a glob.</summary>
    private static readonly HashSet<string> Reserved = new(["within", "none", "unplugged", "frozen", "dark"], StringComparer.Ordinal);

    private static Word Quoted(string line, int start)
    {
        int end = line.IndexOf('"', start + 1);
        if (end < 0)
            throw new ScenarioSyntaxException(start + 1, "this quote is not closed.");
        if (end + 1 < line.Length && !char.IsWhiteSpace(line[end + 1]))
            throw new ScenarioSyntaxException(end + 2, "a space must follow the closing quote.");
        return new Word(line[(start + 1)..end], start + 1, true);
    }

    private static Word Plain(string line, int start)
    {
        int end = start;
        while (end < line.Length && !char.IsWhiteSpace(line[end]))
        {
            if (line[end] == '"')
                throw new ScenarioSyntaxException(end + 1, "a quote is only allowed around a whole word.");
            end++;
        }

        return new Word(line[start..end], start + 1, false);
    }
}

/// <summary>Formats numbers for a scenario: with a decimal point, without exponent and trailing zeros.</summary>
internal static class ScenarioNumber
{
    public static string Write(decimal number) => number.ToString("0.############################", CultureInfo.InvariantCulture);

    /// <summary>Formats a time in milliseconds, exact to one tick.</summary>
    public static string Milliseconds(TimeSpan time) => Write((decimal)time.Ticks / TimeSpan.TicksPerMillisecond);

    /// <summary>Formats a time in seconds, exact to one tick.</summary>
    public static string Seconds(TimeSpan time) => Write((decimal)time.Ticks / TimeSpan.TicksPerSecond);
}
