using System.Collections.Immutable;
using System.Globalization;

namespace DoorAgent.Schedules;

/// <summary>
/// The holidays of a door, such as <c>2026-04-03, 2026-12-24..2026-12-31, 05-01, 12-24..01-01</c>: dates, ranges of dates with two dots, and
/// without a year the same in every year. <see cref="ToString"/> returns text that can be parsed.
/// </summary>
/// <param name="ranges">The days.</param>
internal sealed class Holidays(ImmutableArray<HolidayRange> ranges)
{
    private const string Dots = "..";

    /// <summary>A door without holidays.</summary>
    public static Holidays None { get; } = new([]);

    public ImmutableArray<HolidayRange> Ranges => ranges;

    /// <summary>The last day; null without days, and where there are some in every year.</summary>
    public DateOnly? Last => ranges.IsEmpty || ranges.Any(range => range.IsEveryYear) ? null : ranges.Max(range => range.Last);

    /// <summary>Parses dates and ranges with commas between them.</summary>
    /// <exception cref="FormatException">The text is not such a list; the message names the column and the expectation.</exception>
    public static Holidays Parse(string text)
    {
        ImmutableArray<HolidayRange>.Builder ranges = ImmutableArray.CreateBuilder<HolidayRange>();
        int at = 0;
        foreach (string entry in text.Split(','))
        {
            ranges.Add(Range(entry, at));
            at += entry.Length + 1;
        }

        return new Holidays(ranges.ToImmutable());
    }

    /// <summary>Returns whether a day is a holiday.</summary>
    public bool Contains(DateOnly day)
    {
        foreach (HolidayRange range in ranges)
        {
            if (range.Contains(day))
                return true;
        }

        return false;
    }

    public override string ToString() => string.Join(", ", ranges);

    private static HolidayRange Range(string entry, int column)
    {
        int dots = entry.IndexOf(Dots, StringComparison.Ordinal);
        (DateOnly first, bool isEveryYear) = Day(dots < 0 ? entry : entry[..dots], column);
        if (dots < 0)
            return new HolidayRange(first, first, isEveryYear);
        int after = column + dots + Dots.Length;
        (DateOnly last, bool isAlsoEveryYear) = Day(entry[(dots + Dots.Length)..], after);
        if (isEveryYear != isAlsoEveryYear)
            throw Wrong(after, "one end of the range has a year and the other has none: write the year at both, or at neither for every year.");
        return isEveryYear || first <= last ? new HolidayRange(first, last, isEveryYear)
            : throw Wrong(after, "the range ends before it begins.");
    }

    private static (DateOnly Day, bool IsEveryYear) Day(string text, int column)
    {
        string word = text.Trim();
        column += text.Length - text.TrimStart().Length;
        if (word.Length == 0)
            throw Wrong(column, "a date, such as 2026-12-25, or 12-25 for every year, is missing here.");
        if (DateOnly.TryParseExact(word, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day))
            return (day, false);
        return DateOnly.TryParseExact($"{HolidayRange.AnyYear}-{word}", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day)
            ? (day, true)
            : throw Wrong(column, $"'{word}' is not a date: write 2026-12-25, 12-25 for every year, or a range such as 12-24..01-01.");
    }

    private static FormatException Wrong(int at, string what) =>
        new(string.Create(CultureInfo.InvariantCulture, $"column {at + 1}: {what}"));
}
