using DoorAgent.Hardware.Settings;

namespace DoorAgent.Settings;

/// <summary>Looks at every key and value of a layer before anything is bound: what nobody reads, or nobody can read, stops
/// the start.</summary>
internal static class SettingsCheck
{
    /// <summary>Nobody reads more lines of errors, and finding the nearest key for each takes its time.</summary>
    private const int MostErrors = 20;

    /// <summary>Checks a layer against the settings of this program and rewrites its values to the form that binding wants.</summary>
    /// <returns>What is wrong: keys that are unknown, values of a wrong form.</returns>
    public static IReadOnlyList<string> Normalise(SettingsLayer layer) => Normalise(layer, KnownKeys.All);

    /// <summary>The same against any list of settings.</summary>
    public static IReadOnlyList<string> Normalise(SettingsLayer layer, IReadOnlyList<KnownKey> known)
    {
        List<string> errors = [];
        foreach ((string key, string? value) in layer.Values.OrderBy(pair => pair.Key, StringComparer.OrdinalIgnoreCase).ToList())
        {
            if (value is null || IsSerilogs(key) || Take(layer, key, value, known) is not { } error)
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

    /// <summary>Brings one value to the form that binding wants; what is wrong, or null.</summary>
    private static string? Take(SettingsLayer layer, string key, string value, IReadOnlyList<KnownKey> known)
    {
        if (key.Length > SettingsJson.LongestName)
            return $"Unknown setting {SettingText.Shortened(key)} ({layer}): no key is so long.";
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

    // "Formats": [] comes as the key with an empty value.
    private static bool IsEmptyList(string key, string value, IReadOnlyList<KnownKey> known) =>
        value.Length == 0 && KnownKeys.Find(known, $"{key}:0") is not null;

    // A key is near when it as a whole is near, or when its last word is: the section is what people leave out. A name of the
    // operator's own is near to any.
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
            : $" Sections: {string.Join(", ", known.Select(SectionOf).Append(KnownKeys.SerilogSection).Distinct().Order(StringComparer.Ordinal))}.";
    }

    /// <summary>The key is right and what stands there has another shape.</summary>
    private static string? Shape(string key, string pattern) =>
        key.StartsWith($"{pattern}:", StringComparison.OrdinalIgnoreCase) ? $" {pattern} takes one value, and no list or section."
        : pattern.Equals($"{key}:*", StringComparison.OrdinalIgnoreCase) ? $" {pattern[..^2]} is a list: [ ... ]."
        : pattern.StartsWith($"{key}:", StringComparison.OrdinalIgnoreCase) ? $" It is a section: {{ ... }}."
        : null;

    private static string SectionOf(KnownKey key) => key.Pattern.Split(':')[0];

    private static string Filled(string pattern, string key) =>
        pattern.EndsWith(":*", StringComparison.Ordinal) && pattern.Split(':').Length == key.Split(':').Length ? $"{pattern[..^1]}{key.Split(':')[^1]}" : pattern;

    private static int Edits(string key, string pattern) => pattern.EndsWith('*')
        ? DidYouMean.Edits(key, Filled(pattern, key))
        : Math.Min(DidYouMean.Edits(key, pattern), 1 + DidYouMean.Edits(key.Split(':')[^1], pattern.Split(':')[^1]));
}
