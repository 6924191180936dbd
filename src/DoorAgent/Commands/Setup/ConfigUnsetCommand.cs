using System.CommandLine;
using DoorAgent.Settings;

namespace DoorAgent.Commands.Setup;

/// <summary>dooragent config unset: takes settings out of the configuration file.</summary>
internal static class ConfigUnsetCommand
{
    private static readonly Argument<string[]> Keys = new("KEY")
    {
        Description = "What the file shall not say any more: a setting, an item of a list (Badges:Formats:0), or a whole list or section.",
        Arity = ArgumentArity.OneOrMore,
    };

    internal static Command Create()
    {
        Command unset = new("unset", """
            Takes settings out of the configuration file, and so leaves them to their defaults.

            Judged and written as by 'config set'; a key that no door knows goes the same way. 'config show' prints what holds.
            """) { Keys };
        unset.SetAction(result =>
        {
            // The last item of a list first: those behind one that goes move up.
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

    /// <summary>A known key that the file does not have is as wished already.</summary>
    private static void RefuseUnknown(string key)
    {
        bool isKnown = KnownKeys.All.Any(known => known.Pattern.Equals(key, StringComparison.OrdinalIgnoreCase)
            || known.Pattern.StartsWith($"{key}:", StringComparison.OrdinalIgnoreCase)) || KnownKeys.Find(KnownKeys.All, key) is not null;
        if (!isKnown && SettingsCheck.Normalise(new SettingsLayer("command line", [new(key, "")])) is [var unknown, ..])
            throw new UserErrorException(unknown);
    }
}
