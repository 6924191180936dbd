using System.Globalization;

namespace DoorAgent.Simulation;

/// <summary>Reads and writes what happens to the fleet of a scenario: <c>fleet join</c>, <c>fleet publish NAME</c>, <c>fleet lockdown 2h</c>,
/// <c>fleet away</c>.</summary>
internal static class FleetSyntax
{
    private const int MostHours = 31 * 24;

    private static readonly string[] Changes = [.. Enum.GetNames<FleetChange>().Select(ScenarioWords.Lower)];

    /// <exception cref="ScenarioSyntaxException">The text is not something that happens to a fleet.</exception>
    public static ChangeFleet Read(ScenarioLine line)
    {
        FleetChange change = Enum.Parse<FleetChange>(line.Choice("what happens to the fleet", Changes), ignoreCase: true);
        return new ChangeFleet(change, NeedsName(change) ? line.Person() : "", NeedsHours(change) ? Hours(line) : 0);
    }

    public static string Write(ChangeFleet change)
    {
        string word = ScenarioWords.Lower($"{change.Change}");
        return NeedsName(change.Change) ? $"fleet {word} {ScenarioWords.Write(change.Name)}"
            : NeedsHours(change.Change) ? string.Create(CultureInfo.InvariantCulture, $"fleet {word} {change.Hours}h") : $"fleet {word}";
    }

    /// <summary>Whether somebody is named.</summary>
    public static bool NeedsName(FleetChange change) => change is FleetChange.Publish or FleetChange.Remove;

    /// <summary>Whether there is a time.</summary>
    public static bool NeedsHours(FleetChange change) => change is FleetChange.Strict or FleetChange.Lockdown;

    private static int Hours(ScenarioLine line)
    {
        Word word = line.Take("a time in hours, such as 2h");
        return word.Text.EndsWith('h')
            && int.TryParse(word.Text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out int hours) && hours is >= 1 and <= MostHours
            ? hours : throw new ScenarioSyntaxException(word.Column, $"'{word.Text}' is not a time: 1h to {MostHours}h is required.");
    }
}
