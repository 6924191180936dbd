using System.Text.RegularExpressions;
using Serilog.Events;

namespace DoorAgent.Settings;

/// <summary>Checks the levels that section Serilog sets, and the switches that name levels.</summary>
/// <param name="errors">Collects the errors.</param>
/// <param name="switches">The declared switches, with their $.</param>
internal sealed partial class SerilogLevels(SerilogErrors errors, IReadOnlySet<string> switches)
{
    private static readonly string[] Keys = ["Default", "Override", "ControlledBy"];

    /// <summary>The names that LevelSwitches declares.</summary>
    public static IEnumerable<string> Declared(IConfigurationSection levelSwitches) =>
        levelSwitches.GetChildren().Select(one => one.Key.StartsWith('$') ? one.Key : $"${one.Key}");

    /// <summary>Checks LevelSwitches: names that the operator chooses, each with its first level.</summary>
    public void CheckSwitches(IConfigurationSection levelSwitches)
    {
        if (!errors.IsMany(levelSwitches, "a section: { \"$name\": \"Level\" }"))
            return;
        foreach (IConfigurationSection one in levelSwitches.GetChildren().Where(errors.IsOne))
        {
            if (!Name().IsMatch(one.Key))
                errors.Shape(one, "is not the name of a switch: a letter, then letters and digits, after a $.");
            else if (!string.IsNullOrEmpty(one.Value))
                CheckLevel(one);
        }
    }

    /// <summary>Checks MinimumLevel: one level, or a section with a level for everything and levels for some sources.</summary>
    public void CheckMinimum(IConfigurationSection minimum)
    {
        if (minimum.Value is not null)
            CheckLevel(minimum);
        foreach (IConfigurationSection part in minimum.GetChildren())
        {
            if (part.Key.Equals("Override", StringComparison.OrdinalIgnoreCase))
                CheckOverrides(part);
            else if (!Keys.Contains(part.Key, StringComparer.OrdinalIgnoreCase))
                errors.Unknown(part, Keys);
            else if (errors.IsOne(part) && part.Key.Equals("Default", StringComparison.OrdinalIgnoreCase))
                CheckLevel(part);
            else if (part.Value is not null)
                CheckSwitch(part);
        }
    }

    /// <summary>Checks a level, by its name or number.</summary>
    public void CheckLevel(IConfigurationSection at)
    {
        if (!IsLevel(at.Value))
            errors.Unknown(at, "level", Enum.GetNames<LogEventLevel>());
    }

    /// <summary>Checks that LevelSwitches declares a switch.</summary>
    public void CheckSwitch(IConfigurationSection at)
    {
        if (!switches.Contains(at.Value!))
            errors.Wrong(at, $"LevelSwitches declares no such switch.{DidYouMean.Hint(at.Value!, [.. switches])}");
    }

    // A source is a name of any code, so that every name is accepted; a name with a colon reads as a section of a section.
    private void CheckOverrides(IConfigurationSection overrides)
    {
        if (!errors.IsMany(overrides, "a section: { \"Source\": \"Level\" }"))
            return;
        foreach (IConfigurationSection source in overrides.GetChildren().Where(errors.IsOne))
        {
            if (source.Value is ['$', ..])
                CheckSwitch(source);
            else
                CheckLevel(source);
        }
    }

    [GeneratedRegex(@"\A\$?[A-Za-z][A-Za-z0-9]*\z")]
    private static partial Regex Name();

    private static bool IsLevel(string? word) => Enum.TryParse(word, ignoreCase: true, out LogEventLevel level) && Enum.IsDefined(level);
}
