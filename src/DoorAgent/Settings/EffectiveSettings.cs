using System.Globalization;
using DoorAgent.Hardware.Settings;

namespace DoorAgent.Settings;

/// <summary>A setting with the value that applies.</summary>
/// <param name="Key">Section:Key.</param>
/// <param name="Value">The value in the form that people write.</param>
/// <param name="Origin">The file, "environment", "command line" or "default".</param>
internal readonly record struct EffectiveSetting(string Key, string Value, string Origin);

/// <summary>Every setting with its value and origin: the given values, and the defaults for the rest.</summary>
internal static class EffectiveSettings
{
    /// <summary>The origin of a value that nobody has given.</summary>
    public const string Default = "default";

    /// <summary>The settings of all options classes and of section Serilog, ordered by key.</summary>
    public static IEnumerable<EffectiveSetting> Of(IConfigurationRoot configuration)
    {
        Dictionary<string, EffectiveSetting> settings = new(StringComparer.OrdinalIgnoreCase);
        // In a section whose keys the operator names, only given settings exist.
        IEnumerable<SettingDescription> unset = SettingDescription.All.Where(one =>
            one.Key.Contains(':', StringComparison.Ordinal) && !configuration.GetSection(one.Key).Exists());
        foreach (SettingDescription one in unset)
            settings[one.Key] = new(one.Key, one.Default ?? one.Unset ?? SettingText.Of(null), Default);
        foreach ((string key, string? value) in configuration.AsEnumerable().Where(pair => pair.Value is not null))
            settings[key] = new(key, Shown(key, value!), Origin(configuration, key));
        return settings.Values.OrderBy(setting => setting.Key, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The defaults, as people write them; null for a setting without a default.</summary>
    public static IReadOnlyDictionary<string, string?> Defaults() =>
        SettingDescription.All.ToDictionary(setting => setting.Key, setting => setting.Default, StringComparer.OrdinalIgnoreCase);

    private static string Origin(IConfigurationRoot configuration, string key) =>
        configuration.Providers.Last(provider => provider.TryGet(key, out _)).ToString()!;

    // A given value has the form that binding wants; people see the form that they write.
    private static string Shown(string key, string value) => KnownKeys.Find(KnownKeys.All, key) switch
    {
        { Type: var type } when type == typeof(TimeSpan) || type == typeof(TimeSpan?) =>
            SettingText.Of(TimeSpan.Parse(value, CultureInfo.InvariantCulture)),
        { Type.IsEnum: true } word => SettingText.Of((Enum)Enum.Parse(word.Type, value)),
        { Type: var type } when type == typeof(bool) => SettingText.Of(bool.Parse(value)),
        _ => WithoutPassword(value),
    };

    /// <summary>A value as it may be shown: an address without its user and password.</summary>
    public static string WithoutPassword(string value)
    {
        int from = value.IndexOf("://", StringComparison.Ordinal), to = value.LastIndexOf('@');
        return from >= 0 && to > from ? $"{value[..(from + 3)]}...{value[to..]}" : value;
    }
}
