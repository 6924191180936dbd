using DoorAgent.Running;

namespace DoorAgent.Simulation;

/// <summary>Checks the settings of a scenario; each error names the line that causes it.</summary>
internal static class ScenarioSettings
{
    /// <summary>Returns the scenario's settings together with the wiring of the simulated door.</summary>
    /// <exception cref="UserErrorException">A key is unknown, or a value is invalid or out of range.</exception>
    public static DoorSettings Checked(IReadOnlyCollection<Setting> settings)
    {
        DoorSettings door = SimulatedSettings.With(settings);
        IEnumerable<string> errors = door.Errors.Select(error => $"{LineOf(error, settings)}: {error}");
        return door.Errors.Count == 0 ? door : throw new UserErrorException(string.Join('\n', errors));
    }

    /// <summary>Runs an action that depends on the settings; an error that a setting causes names its line.</summary>
    /// <exception cref="UserErrorException">The action failed.</exception>
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

    /// <summary>Returns the last line with a key or value that the error names, else the last line of that section, else the last
    /// line.</summary>
    private static SourceLine LineOf(string error, IReadOnlyCollection<Setting> settings) =>
        (settings.LastOrDefault(setting => Names(error, setting))
            ?? settings.LastOrDefault(setting => error.StartsWith($"{setting.Key.Split(':')[0]}:", StringComparison.OrdinalIgnoreCase))
            ?? settings.LastOrDefault())?.Line ?? default;
}
