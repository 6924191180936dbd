using System.Globalization;
using System.Reflection;

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
        foreach (Type type in KnownKeys.OptionTypes)
        {
            object defaults = Activator.CreateInstance(type)!;
            foreach (PropertyInfo property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.CanWrite))
            {
                string key = $"{KnownKeys.SectionOf(type)}:{property.Name}";
                if (!configuration.GetSection(key).Exists())
                    settings[key] = new(key, Text(property.GetValue(defaults)), "default");
            }
        }

        foreach ((string key, string? value) in configuration.AsEnumerable().Where(pair => pair.Value is not null))
            settings[key] = new(key, value!, Origin(configuration, key));
        return settings.Values.OrderBy(setting => setting.Key, StringComparer.OrdinalIgnoreCase);
    }

    private static string Origin(IConfigurationRoot configuration, string key) =>
        configuration.Providers.Last(provider => provider.TryGet(key, out _)).ToString()!;

    private static string Text(object? value) => value switch
    {
        null => "not set",
        string text => text,
        TimeSpan time => time.ToString("c"),
        System.Collections.IEnumerable items => string.Join(", ", items.Cast<object?>().Select(Text)),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };
}
