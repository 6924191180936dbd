using System.CommandLine;
using DoorAgent.Running;
using DoorAgent.Settings;

namespace DoorAgent.Commands.Setup;

/// <summary>Changes the configuration file: judged first, then written whole, with the file before kept beside it.</summary>
internal static class ConfigFileChange
{
    /// <summary>Changes the file that --config names, else the system's.</summary>
    /// <param name="result">The command line.</param>
    /// <param name="keys">What is changed.</param>
    /// <param name="change">Changes the text.</param>
    /// <exception cref="UserErrorException">No door would start with it, or the file cannot be read or written; nothing is
    /// written.</exception>
    public static int Change(ParseResult result, IReadOnlyCollection<string> keys, Action<SettingsDocument> change)
    {
        if (result.GetResult(CommonOptions.Set) is { Implicit: false })
            throw new UserErrorException("--set counts for one command and is not written. Give what is to be written as KEY VALUE.");
        string path = Path.GetFullPath(result.GetValue(CommonOptions.Config) ?? SettingsFile.SystemFile);
        SettingsPlace place = new(path);
        SettingsDocument before = SettingsDocument.OpenToCorrect(path), after = before.Copy();
        change(after);
        IReadOnlyList<string> refusals = SettingsChange.Refusals(before, after, keys);
        if (refusals.Count > 0)
        {
            throw new UserErrorException(string.Join(Environment.NewLine, refusals.Append($"{path} stays as it is: nothing is written. "
                + "One command may set what belongs together (config set KEY VALUE KEY VALUE); 'dooragent config unset KEY' takes a key out.")));
        }

        if (before.ToString() == after.ToString())
        {
            Console.WriteLine($"{path} says so already; nothing is written.");
            return 0;
        }

        bool wasThere = place.Write(after.ToString());
        Console.WriteLine(wasThere ? $"Written: {path}; what was there before is in {place.Backup}." : $"Written: {path}.");
        if (before.HadComments)
            Console.WriteLine($"Its comments are gone, and only {place.Backup} has them: copy it, since the next change replaces it.");
        SayWhatHolds(path, after);
        return 0;
    }

    private static void SayWhatHolds(string path, SettingsDocument after)
    {
        IReadOnlyList<string> missing = StartCheck.RefusalsOf(after);
        if (missing.Count > 0)
        {
            Console.Error.WriteLine($"No door starts with {path} yet:");
            foreach (string refusal in missing)
                Console.Error.WriteLine(refusal);
            return;
        }

        foreach (string warning in StartCheck.WarningsOfSettings(new Running.DoorSettings(after.Read())))
            Console.WriteLine($"WARNING: {warning}.");
        Console.WriteLine("A door that runs takes it up at its next start: 'sudo systemctl restart dooragent'.");
    }
}
