using System.Reflection;
using DoorAgent.Hardware.Settings;

namespace DoorAgent.Settings;

/// <summary>A setting as it is written beside its property.</summary>
/// <param name="Key">Section:Key; the section alone where the operator names its keys.</param>
/// <param name="Meaning">What the setting does, in sentences.</param>
/// <param name="Allowed">The values that the setting takes, in words.</param>
/// <param name="Default">The value without any setting, as people write values; null for a setting without one.</param>
/// <param name="Unset">What applies where neither a value nor a default is there, in words; null for nothing.</param>
/// <param name="IsAdvanced">Whether nobody at a door can choose the value well.</param>
internal sealed record SettingDescription(string Key, string Meaning, string Allowed, string? Default, string? Unset, bool IsAdvanced)
{
    /// <summary>Every setting of the program: by section, and within a section in the order of its properties.</summary>
    public static IReadOnlyList<SettingDescription> All { get; } = [.. KnownKeys.OptionTypes.SelectMany(OfSection)];

    /// <summary>The default, or what applies instead of a default, in words.</summary>
    public string DefaultWords => Default ?? Unset ?? "no default";

    /// <summary>Whether a key names this setting, an item of it, or its section.</summary>
    public bool IsMeantBy(string key) => IsAtOrBelow(Key, key) || IsAtOrBelow(key, Key);

    private static bool IsAtOrBelow(string key, string above) => key.Equals(above, StringComparison.OrdinalIgnoreCase)
        || key.StartsWith($"{above}:", StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<SettingDescription> OfSection(Type type)
    {
        ICheckedOptions defaults = (ICheckedOptions)Activator.CreateInstance(type)!;
        string section = KnownKeys.SectionOf(type);
        if (type.GetCustomAttribute<SettingAttribute>() is { } whole)
        {
            string? unset = type.GetCustomAttribute<UnsetAttribute>()?.Words;
            return [new SettingDescription(section, whole.Meaning, whole.Form ?? "", null, unset, whole.IsAdvanced)];
        }

        return type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.CanWrite && property.GetIndexParameters().Length == 0)
            .Select(property => OfProperty($"{section}:{property.Name}", property, defaults));
    }

    private static SettingDescription OfProperty(string key, PropertyInfo property, ICheckedOptions defaults)
    {
        SettingAttribute setting = property.GetCustomAttribute<SettingAttribute>()
            ?? throw new InvalidOperationException($"{key} does not say what it means: [Setting(\"...\")].");
        object? value = property.GetValue(defaults);
        return new SettingDescription(key, setting.Meaning, AllowedOf(property, setting, defaults),
            value is null or System.Collections.ICollection { Count: 0 } ? null : SettingText.Of(value),
            property.GetCustomAttribute<UnsetAttribute>()?.Words, setting.IsAdvanced);
    }

    private static string AllowedOf(PropertyInfo property, SettingAttribute setting, ICheckedOptions defaults) =>
        property.GetCustomAttribute<AllowedAttribute>()?.Words(defaults)
        ?? setting.Form
        ?? (property.PropertyType == typeof(string) ? "text" : SettingForm.Describe(property.PropertyType));
}
