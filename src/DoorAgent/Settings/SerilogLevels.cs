using System.Text.RegularExpressions;
using Serilog.Events;

namespace DoorAgent.Settings;

/// <summary>The levels that section Serilog sets, and the switches that name some of them.</summary>
/// <param name="errors">Where what is wrong goes.</param>
/// <param name="switches">The switches that were declared, with their $.</param>
internal sealed partial class SerilogLevels(SerilogErrors errors, IReadOnlySet<string> switches)
{
    private static readonly string[] Keys = ["Default", "Override", "ControlledBy"];

    /// <summary>The names that LevelSwitches declares.</summary>
    public static IEnumerable<string> Declared(IConfigurationSection levelSwitches) =>
        levelSwitches.GetChildren().Select(one => one.Key.StartsWith('$') ? one.Key : $"${one.Key}");

    /// <summary>LevelSwitches: names of the operator's own, with the level that each begins with.</summary>
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

    /// <summary>MinimumLevel: a level, or a section with one for everything and others for what some sources say.</summary>
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

    /// <summary>A level by its name or number.</summary>
    public void CheckLevel(IConfigurationSection at)
    {
        if (!IsLevel(at.Value))
            errors.Unknown(at, "level", Enum.GetNames<LogEventLevel>());
    }

    /// <summary>A switch that LevelSwitches declares.</summary>
    public void CheckSwitch(IConfigurationSection at)
    {
        if (!switches.Contains(at.Value!))
            errors.Wrong(at, $"LevelSwitches declares no such switch.{DidYouMean.Hint(at.Value!, [.. switches])}");
    }

    // A source is a name of somebody's code: any will do, and those with a colon are sections of a section.
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
