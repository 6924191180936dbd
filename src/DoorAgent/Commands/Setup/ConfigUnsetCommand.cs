using System.CommandLine;
using DoorAgent.Settings;

namespace DoorAgent.Commands.Setup;

/// <summary>Creates dooragent config unset, which removes settings from the configuration file.</summary>
internal static class ConfigUnsetCommand
{
    private static readonly Argument<string[]> Keys = new("KEY")
    {
        Description = "What to remove: a setting, an item of a list (Badges:Formats:0), or a whole list or section.",
        Arity = ArgumentArity.OneOrMore,
    };

    internal static Command Create()
    {
        Command unset = new("unset", """
            Removes settings from the configuration file and so restores their defaults.

            The file is checked and written as by 'config set'; unknown keys are removed the same way. 'config show' prints the result.
            """) { Keys };
        unset.SetAction(result =>
        {
            // The last item of a list is removed first: the items behind a removed one move up.
            string[] keys = [.. result.GetRequiredValue(Keys).Select(key => key.Trim())
                .Distinct(StringComparer.OrdinalIgnoreCase).OrderByDescending(ItemOf)];
            return ConfigFileChange.Change(result, keys, document =>
            {
                foreach (string key in keys)
                {
                    if (!document.Remove(key))
                        RefuseUnknown(key);
                }
            });
        });
        return unset;
    }

    private static int ItemOf(string key) => int.TryParse(key.Split(':')[^1], out int item) ? item : -1;

    /// <summary>Refuses an unknown key; a known key that the file does not have needs no change.</summary>
    private static void RefuseUnknown(string key)
    {
        bool isKnown = KnownKeys.All.Any(known => known.Pattern.Equals(key, StringComparison.OrdinalIgnoreCase)
            || known.Pattern.StartsWith($"{key}:", StringComparison.OrdinalIgnoreCase)) || KnownKeys.Find(KnownKeys.All, key) is not null;
        if (!isKnown && SettingsCheck.Normalise(new SettingsLayer("command line", [new(key, "")])) is [var unknown, ..])
            throw new UserErrorException(unknown);
    }
}
