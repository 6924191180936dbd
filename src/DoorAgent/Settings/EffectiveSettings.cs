using System.Globalization;
using System.Reflection;
using DoorAgent.Hardware.Settings;

namespace DoorAgent.Settings;

/// <summary>A setting as it holds.</summary>
/// <param name="Key">Section:Key.</param>
/// <param name="Value">Its value in the form that people write.</param>
/// <param name="Origin">The file, "environment", "command line" or "default".</param>
internal readonly record struct EffectiveSetting(string Key, string Value, string Origin);

/// <summary>Every setting with its value and origin: what was given, and the defaults for the rest.</summary>
internal static class EffectiveSettings
{
    /// <summary>The settings of all options classes and of section Serilog, ordered by key.</summary>
    public static IEnumerable<EffectiveSetting> Of(IConfigurationRoot configuration)
    {
        Dictionary<string, EffectiveSetting> settings = new(StringComparer.OrdinalIgnoreCase);
        foreach ((string key, PropertyInfo property, object? value) in OfNobody().Where(setting => !configuration.GetSection(setting.Key).Exists()))
            settings[key] = new(key, IsUnset(value) ? property.GetCustomAttribute<UnsetAttribute>()?.Words ?? SettingText.Of(null) : SettingText.Of(value), "default");
        foreach ((string key, string? value) in configuration.AsEnumerable().Where(pair => pair.Value is not null))
            settings[key] = new(key, Shown(key, value!), Origin(configuration, key));
        return settings.Values.OrderBy(setting => setting.Key, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The defaults, as people write them; null for a setting that has no value where nobody sets one.</summary>
    public static IReadOnlyDictionary<string, string?> Defaults() =>
        OfNobody().ToDictionary(setting => setting.Key, setting => IsUnset(setting.Value) ? null : SettingText.Of(setting.Value), StringComparer.OrdinalIgnoreCase);

    private static IEnumerable<(string Key, PropertyInfo Property, object? Value)> OfNobody() =>
        from type in KnownKeys.OptionTypes
        let defaults = Activator.CreateInstance(type)!
        from property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
        where property.CanWrite && property.GetIndexParameters().Length == 0
        select ($"{KnownKeys.SectionOf(type)}:{property.Name}", property, property.GetValue(defaults));

    private static bool IsUnset(object? value) => value is null or System.Collections.ICollection { Count: 0 };

    private static string Origin(IConfigurationRoot configuration, string key) =>
        configuration.Providers.Last(provider => provider.TryGet(key, out _)).ToString()!;

    // What was given is in the form that binding wants; people get their own.
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
