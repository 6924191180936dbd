using System.Collections;
using System.Globalization;
using System.Text.RegularExpressions;

namespace DoorAgent.Hardware.Settings;

/// <summary>Writes values in the form that people write, which reads back as the same value.</summary>
internal static partial class SettingText
{
    private const int LongestShown = 120;

    /// <summary>A value in words; null is "not set".</summary>
    public static string Of(object? value) => value switch
    {
        null => "not set",
        string text => text,
        bool isOn => isOn ? "true" : "false",
        TimeSpan time => Time(time),
        Enum word => Hyphenated(word.ToString()),
        double number => Number(number),
        IEnumerable items => string.Join(", ", items.Cast<object?>().Select(Of).DefaultIfEmpty("none")),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    /// <summary>The beginning of a text that is too long to be read, with its length; a shorter text unchanged.</summary>
    public static string Shortened(string text) => text.Length <= LongestShown
        ? text : string.Create(CultureInfo.InvariantCulture, $"{text[..(LongestShown / 2)]}... ({text.Length:#,0} characters)");

    /// <summary>A name of the code as the configuration writes it: words with hyphens.</summary>
    public static string Hyphenated(string name) => InnerCapital().Replace(name, "-$0").ToLowerInvariant();

    /// <summary>The values of an enumeration, as the configuration writes them.</summary>
    public static string WordsOf(Type choice) => string.Join(", ", Enum.GetNames(choice).Select(Hyphenated));

    /// <summary>Reads a time as people write times: a number with its unit.</summary>
    /// <returns>Null where the text is not a time, or a time longer than <see cref="TimeSpan.MaxValue"/>.</returns>
    public static TimeSpan? FindTime(string text)
    {
        Match match = NumberWithUnit().Match(text);
        if (!match.Success)
            return null;
        double number = double.Parse(match.Groups["number"].ValueSpan, CultureInfo.InvariantCulture);
        double milliseconds = number * match.Groups["unit"].Value switch
        {
            "ms" => 1,
            "s" => 1_000,
            "min" => 60_000,
            "h" => 3_600_000,
            _ => 86_400_000,
        };
        return milliseconds < TimeSpan.MaxValue.TotalMilliseconds
            ? new TimeSpan((long)Math.Round(milliseconds * TimeSpan.TicksPerMillisecond)) : null;
    }

    /// <summary>Reads a text that is known to be a time.</summary>
    /// <exception cref="FormatException">The text is not a time.</exception>
    public static TimeSpan ReadTime(string text) => FindTime(text) ?? throw new FormatException($"'{text}' is not a time with its unit.");

    /// <summary>Writes a time in the largest unit that gives a whole number above one: 90 d, 60 s; else 2.5 s, 500 ms.</summary>
    private static string Time(TimeSpan time)
    {
        (long ticks, string unit) = new[] { (TimeSpan.TicksPerDay, "d"), (TimeSpan.TicksPerHour, "h"), (TimeSpan.TicksPerMinute, "min") }
            .FirstOrDefault(unit => time.Ticks % unit.Item1 == 0 && Math.Abs(time.Ticks / unit.Item1) > 1, (TimeSpan.TicksPerSecond, "s"));
        if (time.Ticks % ticks != 0 && time.Duration() < TimeSpan.FromSeconds(1))
            (ticks, unit) = (TimeSpan.TicksPerMillisecond, "ms");
        return string.Create(CultureInfo.InvariantCulture, $"{(decimal)time.Ticks / ticks:0.#######} {unit}");
    }

    // Rates are small, and people write them as powers of ten.
    private static string Number(double number) => number is > 0 and <= 0.001
        ? number.ToString("0.###############e-0", CultureInfo.InvariantCulture)
        : Convert.ToString(number, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\A\s*(?<number>[0-9]+(?:\.[0-9]+)?)\s*(?<unit>ms|s|min|h|d)\s*\z")]
    private static partial Regex NumberWithUnit();

    [GeneratedRegex("(?<=.)[A-Z]")]
    private static partial Regex InnerCapital();
}
