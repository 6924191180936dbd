using DoorAgent.Link;
using DoorAgent.Settings;

namespace DoorAgent.Running;

/// <summary>The settings of the link: of a file of its own, whose mistakes never stop the door.</summary>
internal static class LinkSettings
{
    private static readonly string[] Sections = ["Link", "Fleet", "Mqtt", "Metrics", "Webhook", "Mail", KnownKeys.SerilogSection];

    /// <summary>Reads the settings of this machine.</summary>
    /// <param name="configPath">The file that --config names; null for <see cref="LinkPlaces.SystemFile"/> where it exists.</param>
    /// <param name="assignments">Section:Key=value, as --set gives them.</param>
    /// <exception cref="UserErrorException">A file, key or value cannot be used; the message names each, with the next step.</exception>
    public static LoadedSettings Load(string? configPath, IEnumerable<string> assignments)
    {
        LoadedSettings loaded = SettingsFile.Load(configPath, assignments, systemFile: LinkPlaces.SystemFile);
        string file = configPath ?? LinkPlaces.SystemFile;
        // A file that has the door's settings too is the door's own, which --config may name.
        string[] foreign = [.. loaded.Effective.Where(one => one.Origin == file).Select(one => one.Key)
            .Where(key => !Sections.Contains(key.Split(':')[0], StringComparer.OrdinalIgnoreCase))];
        return foreign.Length == 0 || configPath is not null ? loaded
            : throw new UserErrorException($"{file} is the link's own file, and {string.Join(", ", foreign)} is of the door: "
                + $"set it in {SettingsFile.SystemFile}.");
    }
}
