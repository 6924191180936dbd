using System.Collections;
using System.Globalization;
using System.Text.RegularExpressions;

namespace DoorAgent.Hardware.Settings;

/// <summary>Values in the form that people write, and that is read back as the same value.</summary>
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

    /// <summary>The beginning of a text that is too long to be read, and how long it is; a shorter one as it is.</summary>
    public static string Shortened(string text) => text.Length <= LongestShown
        ? text : string.Create(CultureInfo.InvariantCulture, $"{text[..(LongestShown / 2)]}... ({text.Length:#,0} characters)");

    /// <summary>A name of the code as the configuration writes it: words with hyphens.</summary>
    public static string Hyphenated(string name) => InnerCapital().Replace(name, "-$0").ToLowerInvariant();

    /// <summary>In the largest whole unit of which there are at least two: 90 d, 60 s, 2.5 s, 500 ms.</summary>
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

    [GeneratedRegex("(?<=.)[A-Z]")]
    private static partial Regex InnerCapital();
}
