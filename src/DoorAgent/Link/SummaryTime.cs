using System.Globalization;

namespace DoorAgent.Link;

/// <summary>The time of the day at which a summary is sent.</summary>
internal static class SummaryTime
{
    /// <summary>The word for no summary.</summary>
    public const string Off = "off";

    /// <summary>What a setting may contain.</summary>
    public const string Form = "HH:MM from 00:00 to 23:59, or off";

    /// <summary>Whether a text is a time of the day or the word off.</summary>
    public static bool IsValid(string text) => text == Off || Find(text) is not null;

    /// <summary>Returns the time of the day; null for off and for any other text.</summary>
    public static TimeOnly? Find(string text) =>
        TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out TimeOnly at) ? at : null;

    /// <summary>Returns the first moment after another one at which local clocks show a time of the day. A time that a clock change leaves
    /// out
    /// is taken an hour later; of a repeated time the second one counts.</summary>
    /// <param name="since">The moment of the last summary.</param>
    /// <param name="at">The time of the day.</param>
    /// <param name="zone">The zone of the local clocks.</param>
    public static DateTimeOffset Next(DateTimeOffset since, TimeOnly at, TimeZoneInfo zone)
    {
        DateOnly day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(since, zone).DateTime);
        DateTimeOffset next = On(day, at, zone);
        return next > since ? next : On(day.AddDays(1), at, zone);
    }

    private static DateTimeOffset On(DateOnly day, TimeOnly at, TimeZoneInfo zone)
    {
        DateTime local = day.ToDateTime(at);
        if (zone.IsInvalidTime(local))
            local = local.AddHours(1);
        return new DateTimeOffset(local, zone.GetUtcOffset(local));
    }
}
