using System.CommandLine;
using DoorAgent.Running;
using DoorAgent.Settings;

namespace DoorAgent.Commands.Setup;

/// <summary>Creates dooragent config upgrade, with which a door of an earlier version still starts.</summary>
internal static class ConfigUpgradeCommand
{
    internal static Command Create()
    {
        Command upgrade = new("upgrade", """
            Changes the configuration file of an earlier version, so that its door still starts.

            The package runs this command when it replaces a version below 0.2.0. Only what a start would refuse now is written:
            Liveness:Challenge off where no light and no display can show a turn of the head, and
            Decisions:IKnowPicturesOpenThisDoor where a face alone opens without the liveness networks or without that turn. Each
            is a warning at every start and once a day, which says how the door gets the stronger check. Settings that the file
            has stay as they are; the file is written as by 'config set', and a second run changes nothing.
            """);
        upgrade.SetAction(Upgrade);
        return upgrade;
    }

    private static int Upgrade(ParseResult result)
    {
        string path = Path.GetFullPath(result.GetValue(CommonOptions.Config) ?? SettingsFile.SystemFile);
        if (!File.Exists(path))
        {
            Console.WriteLine($"There is no file {path}, so nothing is changed.");
            return 0;
        }

        SettingsDocument file = SettingsDocument.OpenToCorrect(path);
        if (!file.TryRead(out LoadedSettings? read, out _) || new DoorSettings(read) is not { Errors.Count: 0 } settings)
        {
            Console.WriteLine($"No door starts with {path} anyway, so the file is unchanged: 'dooragent config check' says why.");
            return 0;
        }

        IReadOnlyList<UpgradedSetting> upgraded = SettingsUpgrade.Of(file, ConfigFileChange.PlacesOf(result, settings));
        foreach (UpgradedSetting one in upgraded)
            Console.WriteLine($"{one.Reason} So that the door still starts, {one.Key} is set to {one.Value}.");
        if (StartCheck.LivenessOf(settings, null).TrustsFaces && settings.Faces.MinFaceWidth < settings.Liveness.MinFaceWidth
            && settings.Liveness.IsOn)
        {
            Console.WriteLine($"Faces narrower than {settings.Liveness.MinFaceWidth} pixels are refused as TooSmall now "
                + "(Liveness:MinFaceWidth): people may have to come closer than before. 'dooragent camera snap FILE' says how wide a "
                + "face is.");
        }

        if (upgraded.Count == 0)
        {
            Console.WriteLine($"{path} needs no change.");
            return 0;
        }

        return ConfigFileChange.Change(result, [.. upgraded.Select(one => one.Key)], document =>
        {
            foreach (UpgradedSetting one in upgraded)
                document.Set(one.Key, one.Value);
        });
    }
}
