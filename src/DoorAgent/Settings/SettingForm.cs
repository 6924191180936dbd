using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using DoorAgent.Hardware.Settings;

namespace DoorAgent.Settings;

/// <summary>Converts a value from the forms that people write to the one form that binding reads.</summary>
internal static class SettingForm
{
    /// <summary>Whether <paramref name="text"/> is a <paramref name="type"/>, and how binding wants it written.</summary>
    public static bool TryNormalise(Type type, string text, [NotNullWhen(true)] out string? normalised)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        normalised = type == typeof(string) ? text
            : type == typeof(TimeSpan) ? Time(text)
            : type == typeof(bool) ? Switch(text)
            : type.IsEnum ? Word(type, text)
            : Convertible(type, text) ? text : null;
        return normalised is not null;
    }

    /// <summary>What a value of this type looks like, for error messages.</summary>
    public static string Describe(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type == typeof(TimeSpan) ? "a time with its unit, such as 300 ms, 5 s, 10 min, 1 h or 00:00:05"
            : type == typeof(bool) ? "true or false"
            : type.IsEnum ? SettingText.WordsOf(type)
            : Type.GetTypeCode(type) is >= TypeCode.SByte and <= TypeCode.UInt64 ? "a whole number"
            : Type.GetTypeCode(type) is >= TypeCode.Single and <= TypeCode.Decimal ? "a number, such as 0.5 or 1e-5"
            : $"a {type.Name}";
    }

    private static string? Time(string text) => SettingText.FindTime(text) is { } time ? time.ToString("c")
        : text.Contains(':', StringComparison.Ordinal) && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out TimeSpan clock)
            ? clock.ToString("c") : null;

    private static string? Switch(string text) => text.Trim().ToUpperInvariant() switch
    {
        "TRUE" or "ON" or "YES" => bool.TrueString,
        "FALSE" or "OFF" or "NO" => bool.FalseString,
        _ => null,
    };

    // By name only: Enum.TryParse also takes a number, which names no value that a reader of the file knows.
    private static string? Word(Type type, string text) => Enum.GetNames(type).FirstOrDefault(name =>
        name.Equals(text.Replace("-", "", StringComparison.Ordinal).Trim(), StringComparison.OrdinalIgnoreCase));

    private static bool Convertible(Type type, string text)
    {
        try
        {
            return TypeDescriptor.GetConverter(type).ConvertFromInvariantString(text) is not null;
        }
        catch (Exception e) when (e is ArgumentException or FormatException or OverflowException or NotSupportedException)
        {
            return false;
        }
    }
}
