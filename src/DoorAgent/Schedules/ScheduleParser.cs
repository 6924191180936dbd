using System.Globalization;
using System.Text.RegularExpressions;
using DoorAgent.Settings;

namespace DoorAgent.Schedules;

/// <summary>
/// Parses a schedule: entries separated by semicolons. An entry consists of days (<c>Mon</c>, <c>Mon-Fri</c>, <c>Fri-Mon</c>, or several
/// with commas), a space, and times (<c>07:00-19:00</c>, or several with commas). 24:00 is the end of a day; an interval whose end is
/// not after its start ends on the next day. <c>holidays</c> is one more day, which may be <c>closed</c>.
/// </summary>
internal sealed partial class ScheduleParser(string text)
{
    private const int Holiday = 7;

    private static readonly TimeSpan Midnight = TimeSpan.FromHours(24);

    private int _at;

    public Schedule Read()
    {
        List<ScheduleInterval> intervals = [];
        bool isClosedOnHolidays = false;
        do
        {
            int days = Days();
            if (IsClosed(days, intervals))
            {
                isClosedOnHolidays = true;
                continue;
            }

            if (isClosedOnHolidays && (days & ScheduleInterval.OnHolidays) != 0)
                throw Wrong(_at, "the holidays are closed already.");
            do
                intervals.Add(Interval(days));
            while (Skip(','));
        }
        while (Skip(';'));
        SkipSpaces();
        if (_at < text.Length)
        {
            throw Wrong(_at,
                $"'{text[_at..]}' is not expected here: use a semicolon before the next days and a comma before another time.");
        }

        return intervals.Count > 0 ? new Schedule([.. intervals]) { IsClosedOnHolidays = isClosedOnHolidays }
            : throw Wrong(_at, "the schedule is never open: write hours too, such as Mon-Fri 07:00-19:00; holidays closed.");
    }

    /// <summary>Reads the word that closes holidays; false where times follow.</summary>
    private bool IsClosed(int days, List<ScheduleInterval> intervals)
    {
        SkipSpaces();
        int before = _at;
        if (_at == text.Length || !char.IsAsciiLetter(text[_at])
            || !Word("a time").Word.Equals(Schedule.Closed, StringComparison.OrdinalIgnoreCase))
        {
            _at = before;
            return false;
        }

        if (days != ScheduleInterval.OnHolidays)
            throw Wrong(before, $"only {Schedule.HolidayName} are {Schedule.Closed}; leave out other days on which nobody may enter.");
        if (intervals.Any(interval => interval.BeginsOnHolidays))
            throw Wrong(before, "the holidays have hours already.");
        return true;
    }

    private int Days()
    {
        int days = 0;
        do
        {
            int first = Day();
            if (first == Holiday)
            {
                days |= ScheduleInterval.OnHolidays;
                continue;
            }

            int last = Skip('-') ? Day() : first;
            if (last == Holiday)
                throw Wrong(_at - Schedule.HolidayName.Length, $"{Schedule.HolidayName} do not end a range; use a comma before them.");
            for (int day = first; ; day = (day + 1) % 7)
            {
                // Monday is the first day of the week here; in the bits, as in DayOfWeek, Sunday is the first.
                days |= 1 << ((day + 1) % 7);
                if (day == last)
                    break;
            }
        }
        while (Skip(','));
        return days;
    }

    private int Day()
    {
        (string word, int column) = Word("a day, such as Mon or Mon-Fri,");
        for (int day = 0; day < Schedule.DayNames.Length; day++)
        {
            if (Schedule.DayNames[day].Equals(word, StringComparison.OrdinalIgnoreCase))
                return day;
        }

        return word.Equals(Schedule.HolidayName, StringComparison.OrdinalIgnoreCase) ? Holiday
            : throw Wrong(column, $"'{word}' is not a day.{DidYouMean.Hint(word, [.. Schedule.DayNames, Schedule.HolidayName])}");
    }

    private ScheduleInterval Interval(int days)
    {
        (TimeSpan from, int column) = Time();
        if (from == Midnight)
            throw Wrong(column, "24:00 is the end of a day; write 00:00 of the next day.");
        if (!Skip('-'))
            throw Wrong(_at, "the end of the interval is missing, such as -19:00.");
        (TimeSpan until, _) = Time();
        return from == until
            ? throw Wrong(column, "the interval begins and ends at the same time; a whole day is 00:00-24:00.")
            : new ScheduleInterval(days, from, until);
    }

    private (TimeSpan Time, int Column) Time()
    {
        (string word, int column) = Word("a time, such as 07:00-19:00,");
        Match clock = Clock().Match(word);
        if (clock.Success)
        {
            TimeSpan time = new(Number(clock.Groups["hours"]), Number(clock.Groups["minutes"]), 0);
            if (time <= Midnight)
                return (time, column);
        }

        throw Wrong(column, $"'{word}' is not a time of day: write hh:mm, 00:00 to 24:00.");

        static int Number(Group digits) => int.Parse(digits.ValueSpan, CultureInfo.InvariantCulture);
    }

    private (string Word, int Column) Word(string what)
    {
        SkipSpaces();
        int start = _at;
        while (_at < text.Length && !char.IsWhiteSpace(text[_at]) && text[_at] is not (',' or ';' or '-'))
            _at++;
        return _at > start ? (text[start.._at], start) : throw Wrong(start, $"{what} is missing here.");
    }

    private bool Skip(char mark)
    {
        SkipSpaces();
        if (_at == text.Length || text[_at] != mark)
            return false;
        _at++;
        return true;
    }

    private void SkipSpaces()
    {
        while (_at < text.Length && char.IsWhiteSpace(text[_at]))
            _at++;
    }

    private static FormatException Wrong(int at, string what) =>
        new(string.Create(CultureInfo.InvariantCulture, $"column {at + 1}: {what}"));

    [GeneratedRegex(@"\A(?<hours>[0-9]{1,2}):(?<minutes>[0-5][0-9])\z")]
    private static partial Regex Clock();
}
