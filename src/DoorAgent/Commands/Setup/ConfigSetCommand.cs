using System.CommandLine;
using DoorAgent.Settings;

namespace DoorAgent.Commands.Setup;

/// <summary>dooragent config set: writes settings into the configuration file.</summary>
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
            Writes settings into the configuration file, checked before.

            dooragent config set Doors:AccessTime 5s Doors:Relock open

            Values are written as for --set; an item of a list is Badges:Formats:0. The file (--config, else
            /etc/dooragent/dooragent.json) is judged as at a start first, and stays as it is when no door would start with it; one that a
            start refuses anyway may be corrected step by step. What else it says stays, comments excepted; the file before is kept as
            .bak. A door that runs takes it up at its next start. 'config check' judges the networks too.
            """) { Settings };
        set.SetAction(result =>
        {
            KeyValuePair<string, string>[] pairs = Pairs(result.GetRequiredValue(Settings));
            // Unknown keys and wrong forms are said of the command line, whatever the file has.
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
                + "'dooragent config unset KEY' leaves one to its default.");
        }

        // Of this section alone any form is allowed, and one word would take the place of all that it has.
        if (keys.FirstOrDefault(key => key.Equals(KnownKeys.SerilogSection, StringComparison.OrdinalIgnoreCase)) is { } section)
            throw new UserErrorException($"{section} is a section: name what in it, such as {KnownKeys.SerilogSection}:MinimumLevel Debug.");
        if (keys.GroupBy(key => key, StringComparer.OrdinalIgnoreCase).FirstOrDefault(same => same.Count() > 1) is { } twice)
            throw new UserErrorException($"{twice.Key} stands here twice: give it one value.");
        return [.. keys.Zip(words.Where((_, at) => at % 2 == 1), (key, value) => KeyValuePair.Create(key, value.Trim()))];
    }
}
