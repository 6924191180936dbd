using DoorAgent.Settings;

namespace DoorAgent.Operating;

/// <summary>A finding of the doctor.</summary>
/// <param name="Check">The check that made it.</param>
/// <param name="Level">ok, warning or fault.</param>
/// <param name="What">What was found.</param>
/// <param name="Next">What to do; null for nothing.</param>
internal sealed record CheckFinding(string Check, string Level, string What, string? Next);

/// <summary>The findings of the doctor.</summary>
/// <param name="Result">The worst level.</param>
/// <param name="Findings">In the order of the checks.</param>
internal sealed record CheckReport(string Result, IReadOnlyList<CheckFinding> Findings);

/// <summary>A setting with the value that applies; a secret value is not shown.</summary>
/// <param name="Key">Section:Key.</param>
/// <param name="Value">The value in the form that people write.</param>
/// <param name="Origin">The file, "environment", "command line" or "default".</param>
/// <param name="Meaning">What the setting means; empty for a key that the operator named.</param>
internal sealed record ShownSetting(string Key, string Value, string Origin, string Meaning)
{
    private const string Hidden = "(not shown)";

    private static readonly string[] Secrets = 
        ["password", "secret", "token", "passphrase", "seed", "pin", "apikey", "credential", "authorization", "connectionstring"];

    /// <summary>Returns a setting without a secret value. Secrets are files and credentials; this catches what somebody wrote into the
    /// configuration all the same.</summary>
    public static ShownSetting Of(EffectiveSetting setting)
    {
        SettingDescription? known = SettingDescription.All.FirstOrDefault(
            one => one.Key.Equals(setting.Key, StringComparison.OrdinalIgnoreCase));
        // The program's own keys have words and names of files, such as off or required, and no secrets.
        bool isSecret = known is null && Secrets.Any(word => setting.Key.Contains(word, StringComparison.OrdinalIgnoreCase));
        return new ShownSetting(setting.Key, isSecret ? Hidden : setting.Value, setting.Origin, known?.Meaning ?? "");
    }
}
