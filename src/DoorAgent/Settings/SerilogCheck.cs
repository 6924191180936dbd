using Serilog.Configuration;

namespace DoorAgent.Settings;

/// <summary>
/// Checks section Serilog before Serilog reads that section. Serilog ignores what it does not know, so that a typing error would be a
/// door without a log, and throws where a level is misspelt.
/// </summary>
internal static class SerilogCheck
{
    private static readonly string[] Keys =
        ["Using", "LevelSwitches", "MinimumLevel", "Properties", "Enrich", "Filter", "Destructure", "WriteTo", "AuditTo"];

    // Reading a section takes time by the square of its number of settings, and stack by the depth of its keys.
    private const int MostSettings = 1_000;
    private const int LongestKey = 1_000;

    /// <summary>The errors, each with key and origin; empty without such a section.</summary>
    /// <param name="settings">All layers together: one layer may name a sink, and another the sink's file.</param>
    public static IReadOnlyList<string> Errors(IConfigurationRoot settings)
    {
        IConfigurationSection section = settings.GetSection(KnownKeys.SerilogSection);
        if (!section.Exists())
            return [];
        if (IsEndless(settings))
        {
            return
            [
                $"Section {KnownKeys.SerilogSection} has more than {MostSettings} settings, or a key of more than "
                    + $"{LongestKey} characters: no log needs that.",
            ];
        }

        SerilogErrors errors = new(settings);
        if (errors.IsMany(section, "a section: { ... }"))
            Check(section, errors, new HashSet<string>());
        if (errors.Messages.Count > 0)
            return errors.Messages;
        return SerilogTrial.Failure(settings) is { } failure ? [failure] : [];
    }

    /// <summary>Checks a section that configures a logger: the whole section, or that of a sub-logger.</summary>
    public static void Check(IConfigurationSection section, SerilogErrors errors, IReadOnlySet<string> outerSwitches)
    {
        HashSet<string> switches = [.. outerSwitches, .. SerilogLevels.Declared(section.GetSection("LevelSwitches"))];
        SerilogLevels levels = new(errors, switches);
        SerilogCalls calls = new(errors, levels, switches);
        foreach (IConfigurationSection part in section.GetChildren())
        {
            switch (Keys.FirstOrDefault(key => key.Equals(part.Key, StringComparison.OrdinalIgnoreCase)))
            {
                case "Using":
                    CheckPackages(part, errors);
                    break;
                case "LevelSwitches":
                    levels.CheckSwitches(part);
                    break;
                case "MinimumLevel":
                    levels.CheckMinimum(part);
                    break;
                case "Properties":
                    errors.IsMany(part, "a section: { \"Name\": \"value\" }");
                    break;
                case "Enrich":
                    calls.Check(part, "enricher", typeof(LoggerEnrichmentConfiguration));
                    break;
                case "Filter":
                    calls.Check(part, "filter", typeof(LoggerFilterConfiguration));
                    break;
                case "Destructure":
                    calls.Check(part, "way to take objects apart", typeof(LoggerDestructuringConfiguration));
                    break;
                case "WriteTo":
                    calls.Check(part, "sink", typeof(LoggerSinkConfiguration));
                    break;
                case "AuditTo":
                    calls.Check(part, "sink", typeof(LoggerAuditSinkConfiguration));
                    break;
                default:
                    errors.Unknown(part, Keys);
                    break;
            }
        }
    }

    private static bool IsEndless(IConfigurationRoot settings)
    {
        string[] keys =
        [
            .. settings.Providers.OfType<SettingsLayer>().SelectMany(layer => layer.Values).Select(pair => pair.Key)
                .Where(key => key.StartsWith($"{KnownKeys.SerilogSection}:", StringComparison.OrdinalIgnoreCase)),
        ];
        return keys.Length > MostSettings || keys.Any(key => key.Length > LongestKey);
    }

    private static void CheckPackages(IConfigurationSection packages, SerilogErrors errors)
    {
        if (!errors.IsMany(packages, "a list: [ ... ]"))
            return;
        foreach (IConfigurationSection package in packages.GetChildren().Where(errors.IsOne))
        {
            if (!SerilogMethods.Packages.Contains(package.Value, StringComparer.OrdinalIgnoreCase))
                errors.Unknown(package, "package", SerilogMethods.Packages);
        }
    }
}
