using DoorAgent.Decisions;
using DoorAgent.Liveness;
using DoorAgent.Operating;
using DoorAgent.Settings;
using DoorAgent.Storage;

namespace DoorAgent.Running;

/// <summary>A setting that an upgrade writes, so that a door of an earlier version still starts.</summary>
/// <param name="Key">Section:Key.</param>
/// <param name="Value">The value.</param>
/// <param name="Reason">Why, as a sentence.</param>
internal sealed record UpgradedSetting(string Key, string Value, string Reason);

/// <summary>Finds what must be written into the configuration file of an earlier version.</summary>
internal static class SettingsUpgrade
{
    private const string Challenge = "Liveness:" + nameof(LivenessOptions.Challenge);
    private const string Accepted = "Decisions:" + nameof(DecisionOptions.IKnowPicturesOpenThisDoor);

    /// <summary>Returns the settings without which a start would refuse the file for its liveness; a setting that the file has
    /// stays.</summary>
    /// <param name="file">A file that is valid otherwise; it is not changed.</param>
    /// <param name="places">Where the networks are.</param>
    public static IReadOnlyList<UpgradedSetting> Of(SettingsDocument file, Places places)
    {
        List<UpgradedSetting> upgraded = [];
        SettingsDocument after = file.Copy();
        if (Summary(after, places).CannotShowTurn)
            Add(Challenge, LivenessOptions.Off, "Nothing at this door can show people to which side they turn their head.");
        if (Summary(after, places).IsRefusedForPictures)
            Add(Accepted, "true", "A face alone opens this door, and a start requires more against pictures than the door has.");
        return upgraded;

        void Add(string key, string value, string reason)
        {
            if (file.Has(key))
                return;
            after.Set(key, value);
            upgraded.Add(new UpgradedSetting(key, value, reason));
        }
    }

    private static LivenessSummary Summary(SettingsDocument file, Places places) =>
        StartCheck.LivenessOf(new DoorSettings(file.Read()), places);
}
