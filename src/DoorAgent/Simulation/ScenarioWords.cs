using System.Globalization;

namespace DoorAgent.Simulation;

/// <summary>One word of a line.</summary>
/// <param name="Text">The word, without its quotes.</param>
/// <param name="Column">Where it begins, from 1.</param>
/// <param name="IsQuoted">Whether it stood in quotes: then it is never a word of the language.</param>
internal readonly record struct Word(string Text, int Column, bool IsQuoted);

/// <summary>
/// Cuts a line into words at white space. A word in double quotes may hold spaces; a # at the beginning of a word starts a comment,
/// one inside a word (as in <c>1234#</c>) does not.
/// </summary>
internal static class ScenarioWords
{
    /// <exception cref="ScenarioSyntaxException">A quote is not closed, or stands inside a word.</exception>
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

    /// <summary>The word as it must stand in a line: in quotes when it could be taken for something else.</summary>
    public static string Write(string text) =>
        text.Length == 0 || text[0] == '#' || text.Any(char.IsWhiteSpace) || Reserved.Contains(text) ? $"\"{text}\"" : text;

    /// <summary>A name of the program's as a word of the language.</summary>
#pragma warning disable CA1308 // The language's words are lower case.
    public static string Lower(string name) => name.ToLowerInvariant();
#pragma warning restore CA1308

    /// <summary>Words of the language that can stand where a name or a glob can.</summary>
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
                throw new ScenarioSyntaxException(end + 1, "a quote can only stand around a whole word.");
            end++;
        }

        return new Word(line[start..end], start + 1, false);
    }
}

/// <summary>Numbers as a scenario writes them: a point, no exponent, no needless zeros.</summary>
internal static class ScenarioNumber
{
    public static string Write(decimal number) => number.ToString("0.############################", CultureInfo.InvariantCulture);

    /// <summary>A time in milliseconds, exact to the clock's tick.</summary>
    public static string Milliseconds(TimeSpan time) => Write((decimal)time.Ticks / TimeSpan.TicksPerMillisecond);

    /// <summary>A time in seconds, exact to the clock's tick.</summary>
    public static string Seconds(TimeSpan time) => Write((decimal)time.Ticks / TimeSpan.TicksPerSecond);
}
