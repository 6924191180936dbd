using System.Globalization;
using System.Text;

namespace DoorAgent.Settings;

/// <summary>The tables of the guide's page about the configuration, in Markdown.</summary>
internal static class SettingsPage
{
    /// <summary>The settings that people choose, followed by the advanced ones.</summary>
    public static string Markdown()
    {
        StringBuilder page = new();
        page.Append("## Settings\n\n");
        AddTable(page, SettingDescription.All.Where(setting => !setting.IsAdvanced));
        page.Append("\n## Advanced settings\n\n");
        page.Append("Times and numbers that the rules are made of. They work like all others, and nobody at a door can choose them\n");
        page.Append("well: leave them alone, unless you know the rule.\n\n");
        AddTable(page, SettingDescription.All.Where(setting => setting.IsAdvanced));
        return page.ToString();
    }

    /// <summary>A text of the page for a terminal, without marks of code.</summary>
    public static string Plain(string markdown) => markdown.Replace("`", "", StringComparison.Ordinal);

    private static void AddTable(StringBuilder page, IEnumerable<SettingDescription> settings)
    {
        page.Append("| key | meaning | allowed | default |\n|---|---|---|---|\n");
        foreach (SettingDescription setting in settings)
        {
            page.Append(CultureInfo.InvariantCulture,
                $"| `{setting.Key}` | {setting.Meaning} | {setting.Allowed} | {setting.DefaultWords} |\n");
        }
    }
}
