using DoorAgent.Settings;

namespace DoorAgent.Running;

/// <summary>Checks a change of the configuration file before the file is written.</summary>
internal static class SettingsChange
{
    /// <summary>
    /// Returns why a change must not be written: a start would refuse the changed file. If a start would also refuse the file
    /// without the change, other errors may remain, but the changed keys must be valid and must not cause further errors.
    /// </summary>
    /// <param name="before">The present file.</param>
    /// <param name="after">The changed file.</param>
    /// <param name="keys">The changed keys, Section:Key.</param>
    /// <returns>Error messages with the next step; empty when the change may be written.</returns>
    public static IReadOnlyList<string> Refusals(SettingsDocument before, SettingsDocument after, IReadOnlyCollection<string> keys)
    {
        IReadOnlyList<string> were = StartCheck.RefusalsOf(before), are = StartCheck.RefusalsOf(after);
        // Values of an unreadable file cannot be checked.
        if (were.Count == 0 || (keys.Any(after.Has) && !after.TryRead(out _, out _)))
            return are;
        return [.. are.Where(refusal => keys.Any(key => BeginsWith(refusal, key) || (!were.Contains(refusal) && Names(refusal, key))))];
    }

    /// <summary>An error message begins with the key that it is about.</summary>
    private static bool BeginsWith(string refusal, string key) => refusal.StartsWith($"{key} ", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a message contains a key as a whole word: Hardware:Relay is not in Hardware:RelayActiveLow.</summary>
    private static bool Names(string refusal, string key)
    {
        for (int at = Next(refusal, key, 0); at >= 0; at = Next(refusal, key, at + 1))
        {
            int end = at + key.Length;
            if (!IsInWord(refusal, end) && !(end < refusal.Length && refusal[end] == ':' && IsInWord(refusal, end + 1)))
                return true;
        }

        return false;
    }

    private static bool IsInWord(string refusal, int at) => at < refusal.Length && char.IsLetterOrDigit(refusal[at]);

    private static int Next(string refusal, string key, int from) => refusal.IndexOf(key, from, StringComparison.OrdinalIgnoreCase);
}
