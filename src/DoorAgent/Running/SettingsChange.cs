using DoorAgent.Settings;

namespace DoorAgent.Running;

/// <summary>A change of the configuration file, judged before it is written.</summary>
internal static class SettingsChange
{
    /// <summary>
    /// Why a change is not written: a start would refuse the file with it. Where a start refused the file before, it need not be whole
    /// now; but what was changed must be sound in itself, and nothing about it be refused that was not before.
    /// </summary>
    /// <param name="before">The file as it is.</param>
    /// <param name="after">The file as it would be.</param>
    /// <param name="keys">What was changed, Section:Key.</param>
    /// <returns>Sentences with what to do; empty when it may be written.</returns>
    public static IReadOnlyList<string> Refusals(SettingsDocument before, SettingsDocument after, IReadOnlyCollection<string> keys)
    {
        IReadOnlyList<string> were = StartCheck.RefusalsOf(before), are = StartCheck.RefusalsOf(after);
        // Beside what cannot be read nobody can judge a value.
        if (were.Count == 0 || (keys.Any(after.Has) && !after.TryRead(out _, out _)))
            return are;
        return [.. are.Where(refusal => keys.Any(key => BeginsWith(refusal, key) || (!were.Contains(refusal) && Names(refusal, key))))];
    }

    /// <summary>What a refusal is about stands at its beginning.</summary>
    private static bool BeginsWith(string refusal, string key) => refusal.StartsWith($"{key} ", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a sentence has a key as a word: Hardware:Relay is not in Hardware:RelayActiveLow.</summary>
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
