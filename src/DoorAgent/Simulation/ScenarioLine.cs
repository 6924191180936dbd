using System.Globalization;
using DoorAgent.Hardware.Badges;
using DoorAgent.Matching;
using DoorAgent.Settings;

namespace DoorAgent.Simulation;

/// <summary>A line of a scenario cannot be read. The exception ends the line; the parser goes on and collects all errors.</summary>
internal sealed class ScenarioSyntaxException(int column, string message) : Exception(message)
{
    /// <summary>Column of the error, from 1.</summary>
    public int Column { get; } = column;
}

/// <summary>The words of one line, read from left to right; every error names the column and what is required there.</summary>
internal sealed class ScenarioLine(string text, IReadOnlyCollection<string> people)
{
    private readonly List<Word> _words = ScenarioWords.Split(text);
    private int _next;

    public bool IsEmpty => _words.Count == 0;

    public bool AtEnd => _next == _words.Count;

    /// <summary>Whether the line belongs to the step above.</summary>
    public bool IsIndented => text.Length > 0 && char.IsWhiteSpace(text[0]);

    /// <summary>Reads the next word; refuses the end of the line.</summary>
    public Word Take(string what)
    {
        if (AtEnd)
            throw new ScenarioSyntaxException(text.TrimEnd().Length + 1, $"{what} is missing here.");
        return _words[_next++];
    }

    /// <summary>Returns the next word without consuming it; null at the end of the line.</summary>
    public Word? Peek() => AtEnd ? null : _words[_next];

    /// <summary>Consumes the next word if it is this keyword.</summary>
    public bool Skip(string keyword)
    {
        if (Peek() is not { IsQuoted: false } word || word.Text != keyword)
            return false;
        _next++;
        return true;
    }

    /// <summary>Consumes a keyword that is required here.</summary>
    public void Need(string keyword)
    {
        Word word = Take($"the word {keyword}");
        if (word.IsQuoted || word.Text != keyword)
            throw new ScenarioSyntaxException(word.Column, $"'{word.Text}' is written where {keyword} is required.");
    }

    /// <summary>Reads one of several keywords.</summary>
    public string Choice(string what, IReadOnlyCollection<string> known)
    {
        Word word = Take(what);
        if (word.IsQuoted || !known.Contains(word.Text))
            throw new ScenarioSyntaxException(word.Column, $"'{word.Text}' is not {what}.{DidYouMean.Hint(word.Text, known)}");
        return word.Text;
    }

    /// <summary>Reads the name of an enumeration's value.</summary>
    public T Choice<T>(string what) where T : struct, Enum => Enum.Parse<T>(Choice(what, Enum.GetNames<T>()));

    /// <summary>Reads seconds, with optional decimals.</summary>
    public TimeSpan Seconds(string what, double min, double max) =>
        TimeSpan.FromTicks((long)(Number(what, min, max) * TimeSpan.TicksPerSecond));

    public decimal Number(string what, double min, double max)
    {
        Word word = Take(what);
        if (!decimal.TryParse(word.Text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number)
            || number < (decimal)min || number > (decimal)max)
        {
            throw new ScenarioSyntaxException(word.Column, string.Create(
                CultureInfo.InvariantCulture, $"'{word.Text}' is not {what}: a number from {min} to {max} is required."));
        }

        return number;
    }

    public int Whole(string what, int min, int max)
    {
        Word word = Take(what);
        if (!int.TryParse(word.Text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) || number < min || number > max)
            throw new ScenarioSyntaxException(
                word.Column, $"'{word.Text}' is not {what}: a whole number from {min} to {max} is required.");
        return number;
    }

    /// <summary>Reads a word that consists of certain characters.</summary>
    public string Letters(string what, string allowed, int atMost)
    {
        Word word = Take(what);
        int wrong = word.Text.AsSpan().IndexOfAnyExcept(allowed);
        if (wrong >= 0 || word.Text.Length == 0 || word.Text.Length > atMost)
        {
            throw new ScenarioSyntaxException(
                word.Column + Math.Max(wrong, 0), $"'{word.Text}' is not {what}: 1 to {atMost} of the characters {allowed} are required.");
        }

        return word.Text;
    }

    public Badge Badge()
    {
        Word word = Take("a badge number");
        return Hardware.Badges.Badge.TryRead(word.Text) ?? throw new ScenarioSyntaxException(
            word.Column, "this is not a badge number. Write FORMAT:FACILITY:CARD without leading zeros, such as H10301:123:4567.");
    }

    /// <summary>Reads a date with an optional time of day.</summary>
    public ValidityDate Date()
    {
        Word word = Take("a date, such as 2026-03-31,");
        try
        {
            return ValidityDate.Parse(word.Text);
        }
        catch (FormatException wrong)
        {
            throw new ScenarioSyntaxException(word.Column, wrong.Message);
        }
    }

    /// <summary>Reads the name of a person enrolled in the head.</summary>
    public string Person()
    {
        Word word = Take("the name of a person");
        if (!people.Contains(word.Text))
        {
            throw new ScenarioSyntaxException(
                word.Column, $"nobody named '{word.Text}' is enrolled in the head.{DidYouMean.Hint(word.Text, people)}");
        }

        return word.Text;
    }

    /// <summary>Refuses remaining words.</summary>
    public void End(params IReadOnlyCollection<string> options)
    {
        if (Peek() is { } word)
            throw new ScenarioSyntaxException(word.Column, $"'{word.Text}' is not expected here.{DidYouMean.Hint(word.Text, options)}");
    }
}
