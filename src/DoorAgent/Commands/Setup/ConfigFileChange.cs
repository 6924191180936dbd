using System.CommandLine;
using DoorAgent.Operating;
using DoorAgent.Running;
using DoorAgent.Settings;
using DoorAgent.Storage;

namespace DoorAgent.Commands.Setup;

/// <summary>Changes the configuration file: checks the new text, writes the file completely, and keeps the old file beside it.</summary>
internal static class ConfigFileChange
{
    /// <summary>Changes the file that --config names, else the system's file.</summary>
    /// <param name="result">The parsed command line.</param>
    /// <param name="keys">The keys that are changed.</param>
    /// <param name="change">Changes the document.</param>
    /// <exception cref="UserErrorException">No door would start with the new text, or the file cannot be read or written; nothing was
    /// written.</exception>
    public static int Change(ParseResult result, IReadOnlyCollection<string> keys, Action<SettingsDocument> change)
    {
        if (result.GetResult(CommonOptions.Set) is { Implicit: false })
            throw new UserErrorException("--set applies to one command and is not written. Give the setting to write as KEY VALUE.");
        string path = Path.GetFullPath(result.GetValue(CommonOptions.Config) ?? SettingsFile.SystemFile);
        SettingsPlace place = new(path);
        SettingsDocument before = SettingsDocument.OpenToCorrect(path), after = before.Copy();
        change(after);
        IReadOnlyList<string> refusals = SettingsChange.Refusals(before, after, keys);
        // The liveness networks are checked too, but a door that lacks them already may be corrected step by step.
        if (refusals.Count == 0 && StartCheck.RefusalsOf(before).Count == 0 && LivenessRefusals(result, before).Count == 0)
            refusals = LivenessRefusals(result, after);
        if (refusals.Count > 0)
        {
            throw new UserErrorException(string.Join(Environment.NewLine, refusals.Append($"{path} is unchanged: nothing was written. "
                + $"One command may set several keys that belong together (config set KEY VALUE KEY VALUE); "
                + $"'dooragent config unset KEY' removes a key.")));
        }

        if (before.ToString() == after.ToString())
        {
            Console.WriteLine($"{path} already says so; nothing was written.");
            return 0;
        }

        bool wasThere = place.Write(after.ToString());
        Console.WriteLine(wasThere ? $"Written: {path}; the old file is in {place.Backup}." : $"Written: {path}.");
        if (before.HadComments)
            Console.WriteLine($"The comments are gone, and only {place.Backup} has them: "
                + "copy that file, since the next change replaces it.");
        ShowEffect(result, path, after);
        return 0;
    }

    /// <summary>Returns the places that the command line and the file name, with defaults for the rest.</summary>
    public static Places PlacesOf(ParseResult result, DoorSettings file) =>
        Places.Resolve(result.GetValue(CommonOptions.Data), result.GetValue(CommonOptions.Models) ?? file.Models.Directory);

    /// <summary>Returns why a door with these settings and the liveness networks at hand must not start.</summary>
    private static IReadOnlyList<string> LivenessRefusals(ParseResult result, SettingsDocument document)
    {
        DoorSettings settings = new(document.Read());
        return [.. StartCheck.LivenessOf(settings, PlacesOf(result, settings)).Refusals()];
    }

    private static void ShowEffect(ParseResult result, string path, SettingsDocument after)
    {
        if (SettingsPlace.IsOfLink(path))
        {
            Console.WriteLine("A running link uses the new settings after its next start: 'sudo systemctl restart dooragent-link'.");
            return;
        }

        IReadOnlyList<string> missing = StartCheck.RefusalsOf(after);
        if (missing.Count == 0)
        {
            DoorSettings settings = new(after.Read());
            LivenessSummary liveness = StartCheck.LivenessOf(settings, PlacesOf(result, settings));
            missing = [.. liveness.Refusals()];
            foreach (string warning in StartCheck.WarningsOfSettings(settings, liveness))
                Console.WriteLine($"WARNING: {warning}.");
        }

        if (missing.Count > 0)
        {
            Console.Error.WriteLine($"No door starts with {path} yet:");
            foreach (string refusal in missing)
                Console.Error.WriteLine(refusal);
            return;
        }

        Console.WriteLine("A running door uses the new settings after its next start: 'sudo systemctl restart dooragent'.");
    }
}
