using DoorAgent.Running;

namespace DoorAgent.Simulation;

/// <summary>Checks what a scenario sets; each error names the line that sets it.</summary>
internal static class ScenarioSettings
{
    /// <summary>The settings, with those of the simulated door's wiring.</summary>
    /// <exception cref="UserErrorException">Keys are unknown, or values are of a wrong form or out of range.</exception>
    public static DoorSettings Checked(IReadOnlyCollection<Setting> settings)
    {
        DoorSettings door = SimulatedSettings.With(settings);
        IEnumerable<string> errors = door.Errors.Select(error => $"{LineOf(error, settings)}: {error}");
        return door.Errors.Count == 0 ? door : throw new UserErrorException(string.Join('\n', errors));
    }

    /// <summary>Does what the settings allow; an error that they cause names the line.</summary>
    /// <exception cref="UserErrorException">It cannot be done.</exception>
    public static T Do<T>(IReadOnlyCollection<Setting> settings, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (UserErrorException refused) when (settings.Any(setting => Names(refused.Message, setting)))
        {
            throw LineOf(refused.Message, settings).Refusal(refused.Message, refused);
        }
    }

    private static bool Names(string error, Setting setting) =>
        error.Contains(setting.Key, StringComparison.OrdinalIgnoreCase) || error.Contains($"'{setting.Value}'", StringComparison.Ordinal);

    /// <summary>The last line that sets a key or value which the error names, else one of the same section, else the last of all.</summary>
    private static SourceLine LineOf(string error, IReadOnlyCollection<Setting> settings) =>
        (settings.LastOrDefault(setting => Names(error, setting))
            ?? settings.LastOrDefault(setting => error.StartsWith($"{setting.Key.Split(':')[0]}:", StringComparison.OrdinalIgnoreCase))
            ?? settings.LastOrDefault())?.Line ?? default;
}
