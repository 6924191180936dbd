using DoorAgent.Hardware.Settings;

namespace DoorAgent.Settings;

/// <summary>Checks every key and value of a layer before options are bound: an unknown key or unreadable value stops the start.</summary>
internal static class SettingsCheck
{
    /// <summary>The most errors that are listed: nobody reads more, and finding the nearest key for each costs time.</summary>
    private const int MostErrors = 20;

    /// <summary>Checks a layer against the settings of this program and rewrites its values to the form that binding wants.</summary>
    /// <returns>One message for each unknown key and each value of a wrong form.</returns>
    public static IReadOnlyList<string> Normalise(SettingsLayer layer) => Normalise(layer, KnownKeys.All);

    /// <summary>Checks a layer against any list of settings.</summary>
    public static IReadOnlyList<string> Normalise(SettingsLayer layer, IReadOnlyList<KnownKey> known)
    {
        List<string> errors = [];
        foreach ((string key, string? value) in layer.Values.OrderBy(pair => pair.Key, StringComparer.OrdinalIgnoreCase).ToList())
        {
            if (value is null || IsSerilogs(key) || NormaliseOne(layer, key, value, known) is not { } error)
                continue;
            errors.Add(error);
            if (errors.Count == MostErrors)
            {
                errors.Add($"There may be more; these are the first {MostErrors}.");
                break;
            }
        }

        return errors;
    }

    /// <summary>Rewrites one value to the form that binding wants.</summary>
    /// <returns>The error, or null.</returns>
    private static string? NormaliseOne(SettingsLayer layer, string key, string value, IReadOnlyList<KnownKey> known)
    {
        if (key.Length > SettingsJson.LongestName)
            return $"Unknown setting {SettingText.Shortened(key)} ({layer}): no key has that many characters.";
        if (IsEmptyList(key, value, known))
            return null;
        if (KnownKeys.Find(known, key) is not { } setting)
            return $"Unknown setting {key} ({layer}).{Hint(key, known)}";
        if (!SettingForm.TryNormalise(setting.Type, value, out string? normalised))
            return $"{key} is '{SettingText.Shortened(value)}' ({layer}); it must be {SettingForm.Describe(setting.Type)}.";
        layer.Set(key, normalised);
        return null;
    }

    private static bool IsSerilogs(string key) => key.Split(':', 2)[0].Equals(KnownKeys.SerilogSection, StringComparison.OrdinalIgnoreCase);

    // The JSON reader gives "Formats": [] as the key with an empty value.
    private static bool IsEmptyList(string key, string value, IReadOnlyList<KnownKey> known) =>
        value.Length == 0 && KnownKeys.Find(known, $"{key}:0") is not null;

    // A key is near when the whole key is near, or when its last word is: people leave the section out. A name that the operator
    // chooses is near to every name.
    private static string Hint(string key, IReadOnlyList<KnownKey> known)
    {
        if (known.Count == 0)
            return "";
        if (known.Select(candidate => Shape(key, candidate.Pattern)).FirstOrDefault(shape => shape is not null) is { } shape)
            return shape;
        string[] words = key.Split(':', 2);
        if (DidYouMean.Edits(words[0], KnownKeys.SerilogSection) <= 2)
            return $" Did you mean {KnownKeys.SerilogSection}{(words.Length > 1 ? $":{SettingText.Shortened(words[1])}" : "")}?";
        (string nearest, int edits) = known.Select(candidate => (Pattern: Filled(candidate.Pattern, key), Edits(key, candidate.Pattern)))
            .OrderBy(candidate => candidate.Item2).ThenBy(candidate => candidate.Pattern, StringComparer.Ordinal).First();
        return DidYouMean.IsNear(key, edits)
            ? $" Did you mean {nearest}?"
            : $" Sections: {string.Join(", ", SectionsOf(known))}.";
    }

    /// <summary>A hint for a key that is right but has a value where a list or section belongs, or the reverse; else null.</summary>
    private static string? Shape(string key, string pattern) =>
        key.StartsWith($"{pattern}:", StringComparison.OrdinalIgnoreCase) ? $" {pattern} takes one value, and no list or section."
        : pattern.Equals($"{key}:*", StringComparison.OrdinalIgnoreCase) ? $" {pattern[..^2]} is a list: [ ... ]."
        : pattern.StartsWith($"{key}:", StringComparison.OrdinalIgnoreCase) ? $" It is a section: {{ ... }}."
        : null;

    private static IEnumerable<string> SectionsOf(IReadOnlyList<KnownKey> known) =>
        known.Select(key => key.Pattern.Split(':')[0]).Append(KnownKeys.SerilogSection).Distinct().Order(StringComparer.Ordinal);

    private static string Filled(string pattern, string key) =>
        pattern.EndsWith(":*", StringComparison.Ordinal) && pattern.Split(':').Length == key.Split(':').Length
            ? $"{pattern[..^1]}{key.Split(':')[^1]}" : pattern;

    private static int Edits(string key, string pattern) => pattern.EndsWith('*')
        ? DidYouMean.Edits(key, Filled(pattern, key))
        : Math.Min(DidYouMean.Edits(key, pattern), 1 + DidYouMean.Edits(key.Split(':')[^1], pattern.Split(':')[^1]));
}
