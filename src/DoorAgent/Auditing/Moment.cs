using System.Globalization;
using System.Text.RegularExpressions;

namespace DoorAgent.Auditing;

/// <summary>Parses times as people type them: 2h (ago), today, yesterday, 2026-03-02, 2026-03-02 07:55, 07:55 (today).</summary>
internal static partial class Moment
{
    private static readonly string[] Days = ["yyyy-M-d"];
    private static readonly string[] Times = ["H:mm", "H:mm:ss"];
    private static readonly string[] Both = ["yyyy-M-d H:mm", "yyyy-M-d H:mm:ss", "yyyy-M-dTH:mm", "yyyy-M-dTH:mm:ss"];

    /// <summary>Returns the instant, in the zone of <paramref name="time"/>.</summary>
    /// <param name="text">The typed text.</param>
    /// <param name="time">The clock, with the zone.</param>
    /// <param name="isEnd">Whether a whole day means its end.</param>
    /// <exception cref="UserErrorException">The text is not a time; the message shows the forms.</exception>
    public static DateTimeOffset Parse(string text, TimeProvider time, bool isEnd)
    {
        try
        {
            return Read(text, time, isEnd);
        }
        catch (ArgumentOutOfRangeException)
        {
            // The text names a day beyond the calendar's ends.
            throw Unknown(text);
        }
    }

    private static DateTimeOffset Read(string text, TimeProvider time, bool isEnd)
    {
        TimeZoneInfo zone = time.LocalTimeZone;
        DateTimeOffset now = time.GetLocalNow();
        string plain = text.Trim().ToUpperInvariant();
        if (Ago().Match(plain) is { Success: true } ago)
            return Before(now, double.Parse(ago.Groups["number"].ValueSpan, CultureInfo.InvariantCulture), ago.Groups["unit"].Value, text);
        DateTime today = now.Date;
        if (Day(plain, today) is { } day)
            return At(isEnd ? day.AddDays(1) : day, zone);
        if (Parsed(plain, Times) is { } clock)
            return At(today + clock.TimeOfDay, zone);
        if (Parsed(plain, Both) is { } both)
            return At(both, zone);
        return HasZone().IsMatch(plain) && DateTimeOffset.TryParse(plain, CultureInfo.InvariantCulture, DateTimeStyles.None,
            out DateTimeOffset exact)
            ? exact : throw Unknown(text);
    }

    private static DateTime? Day(string plain, DateTime today) => plain switch
    {
        "TODAY" => today,
        "YESTERDAY" => today.AddDays(-1),
        _ => Parsed(plain, Days),
    };

    private static DateTime? Parsed(string plain, string[] forms) =>
        DateTime.TryParseExact(plain, forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime parsed) ? parsed : null;

    // An hour that is skipped in spring is read with the offset before the change: an earlier start loses no record.
    private static DateTimeOffset At(DateTime local, TimeZoneInfo zone) => new(local, zone.GetUtcOffset(local));

    private static DateTimeOffset Before(DateTimeOffset now, double number, string unit, string text)
    {
        double seconds = number * unit[0] switch
        {
            'S' => 1,
            'M' => 60,
            'H' => 3_600,
            'D' => 86_400,
            _ => 604_800,
        };
        return seconds < (now.UtcDateTime - DateTime.UnixEpoch).TotalSeconds ? now.AddSeconds(-seconds) : throw Unknown(text);
    }

    private static UserErrorException Unknown(string text) => new(
        $"'{text}' is not a time. Write how long ago (90s, 30min, 2h, 3d, 1w), a day (today, yesterday, 2026-03-02), a time of today "
            + $"(07:55), or both ('2026-03-02 07:55').");

    [GeneratedRegex(@"\A(?<number>[0-9]+(?:\.[0-9]+)?)\s*(?<unit>S|SEC|M|MIN|H|D|W)\s*(?:AGO)?\z")]
    private static partial Regex Ago();

    [GeneratedRegex(@"(?:Z|[+-][0-9]{2}:?[0-9]{2})\z")]
    private static partial Regex HasZone();
}
