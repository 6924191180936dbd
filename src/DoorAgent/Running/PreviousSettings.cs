using System.Security.Cryptography;
using System.Text;
using DoorAgent.Events;
using DoorAgent.Operating;
using DoorAgent.Settings;

namespace DoorAgent.Running;

/// <summary>
/// Finds out from the journal whether the settings changed between two starts: in the configuration, in the environment or in the command
/// line of the unit, on this machine or while its disk was in another one.
/// </summary>
internal static class PreviousSettings
{
    private const int DigestBytes = 4;

    /// <summary>Digest of the settings that are not left at their defaults, as 8 hexadecimal digits. Passwords do not take part.</summary>
    public static string DigestOf(IEnumerable<EffectiveSetting> settings)
    {
        IEnumerable<string> given = settings.Where(setting => setting.Origin != EffectiveSettings.Default)
            .Select(setting => $"{setting.Key.ToUpperInvariant()}={setting.Value}\n");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(given)))[..DigestBytes]);
    }

    /// <summary>Returns an event when the settings are not those of the last start; null also when that start recorded none.</summary>
    /// <param name="started">The newest start in the journal; null when there is none.</param>
    /// <param name="digest">Digest of the settings now.</param>
    public static DoorEvent? ChangeOf(DoorEvent? started, string digest) =>
        StartupSummary.SettingsIn(started?.Detail) is { } before && before != digest
            ? new DoorEvent(DoorEventKind.Warning)
            {
                Detail = $"the settings are not those of the last start ({before} then, {digest} now): 'dooragent config show' shows them. "
                    + "If nobody changed the configuration or the unit on purpose, find out who did",
            }
            : null;
}
