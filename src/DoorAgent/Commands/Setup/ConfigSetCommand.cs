using System.CommandLine;
using DoorAgent.Settings;

namespace DoorAgent.Commands.Setup;

/// <summary>Creates dooragent config set, which writes settings into the configuration file.</summary>
internal static class ConfigSetCommand
{
    private static readonly Argument<string[]> Settings = new("KEY")
    {
        Description = "Key and value, one after the other: Doors:AccessTime 5s.",
        HelpName = "KEY VALUE",
        Arity = ArgumentArity.OneOrMore,
    };

    internal static Command Create()
    {
        Command set = new("set", """
            Checks settings and writes them into the configuration file.

            dooragent config set Doors:AccessTime 5s Doors:Relock open

            Values have the form of --set; an item of a list is Badges:Formats:0. The new text of the file (--config, else
            /etc/dooragent/dooragent.json) is first checked as at a start, and the file stays unchanged when no door would start
            with it; a file that a start already refuses may be corrected step by step. Other settings stay, comments do not; the
            old file is kept as .bak. A running door uses the new settings after its next start. 'config check' also checks the
            networks.
            """) { Settings };
        set.SetAction(result =>
        {
            KeyValuePair<string, string>[] pairs = Pairs(result.GetRequiredValue(Settings));
            // Unknown keys and wrong forms are reported as errors of the command line, not of the file.
            _ = SettingsFile.FromAssignments("command line", pairs.Select(pair => $"{pair.Key}={pair.Value}"));
            return ConfigFileChange.Change(result, [.. pairs.Select(pair => pair.Key)], document =>
            {
                foreach ((string key, string value) in pairs)
                    document.Set(key, value);
            });
        });
        return set;
    }

    private static KeyValuePair<string, string>[] Pairs(string[] words)
    {
        string[] keys = [.. words.Where((_, at) => at % 2 == 0).Select(word => word.Trim())];
        if (keys.FirstOrDefault(key => key.Contains('=', StringComparison.Ordinal)) is { } assignment)
        {
            throw new UserErrorException($"'{assignment.Split('=')[0]}=...' is one word; write key and value apart: "
                + "dooragent config set Doors:AccessTime 5s.");
        }

        if (words.Length % 2 != 0)
        {
            throw new UserErrorException($"{words[^1]} has no value: write KEY VALUE, such as Doors:AccessTime 5s. "
                + "'dooragent config unset KEY' restores a default.");
        }

        // This section alone may have any form, and a single value would replace all its settings.
        if (keys.FirstOrDefault(key => key.Equals(KnownKeys.SerilogSection, StringComparison.OrdinalIgnoreCase)) is { } section)
            throw new UserErrorException(
                $"{section} is a section: name a setting in it, such as {KnownKeys.SerilogSection}:MinimumLevel Debug.");
        if (keys.GroupBy(key => key, StringComparer.OrdinalIgnoreCase).FirstOrDefault(same => same.Count() > 1) is { } twice)
            throw new UserErrorException($"{twice.Key} is given twice: give one value.");
        return [.. keys.Zip(words.Where((_, at) => at % 2 == 1), (key, value) => KeyValuePair.Create(key, value.Trim()))];
    }
}
