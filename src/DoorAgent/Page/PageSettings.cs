using DoorAgent.Operating;
using DoorAgent.Settings;

namespace DoorAgent.Page;

/// <summary>A setting with its meaning.</summary>
/// <param name="Key">Section:Key.</param>
/// <param name="Value">The value that applies.</param>
/// <param name="Origin">The file, "environment", "command line" or "default".</param>
/// <param name="Meaning">What it means; empty for a key that the operator named.</param>
internal sealed record PageSetting(string Key, string Value, string Origin, string Meaning);

/// <summary>Every setting.</summary>
/// <param name="Settings">Ordered by key.</param>
internal sealed record PageSettings(IReadOnlyList<PageSetting> Settings)
{
    public static PageSettings Of(IEnumerable<ShownSetting> shown)
    {
        Dictionary<string, string> meanings = SettingDescription.All.ToDictionary(
            setting => setting.Key, setting => setting.Meaning, StringComparer.OrdinalIgnoreCase);
        return new PageSettings(
        [
            .. shown.Select(one => new PageSetting(one.Key, one.Value, one.Origin, meanings.GetValueOrDefault(one.Key, ""))),
        ]);
    }
}
