using System.Globalization;
using DoorAgent.Modes;

namespace DoorAgent.Simulation;

/// <summary>Reads and writes the steps that change the door's mode: <c>mode lockdown</c>, <c>mode unlocked 10m</c>.</summary>
internal static class ModeSyntax
{
    private static readonly string[] Modes = [.. Enum.GetValues<DoorMode>().Select(WordOf)];

    /// <exception cref="ScenarioSyntaxException">The text is not a mode.</exception>
    public static ChangeMode Read(ScenarioLine line)
    {
        DoorMode mode = Enum.Parse<DoorMode>(line.Choice("a mode", Modes), ignoreCase: true);
        return new ChangeMode(mode, mode == DoorMode.Unlocked ? Length(line) : TimeSpan.Zero);
    }

    public static string Write(ChangeMode change) => change.Mode == DoorMode.Unlocked
        ? string.Create(CultureInfo.InvariantCulture, $"mode {WordOf(change.Mode)} {change.For.TotalMinutes:0}m") : $"mode {WordOf(change.Mode)}";

    private static TimeSpan Length(ScenarioLine line)
    {
        Word word = line.Take("how long the door is held unlocked, such as 10m");
        int most = (int)ModeRule.LongestUnlock.TotalMinutes;
        return word.Text.EndsWith('m')
            && int.TryParse(word.Text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out int minutes) && minutes >= 1 && minutes <= most
            ? TimeSpan.FromMinutes(minutes)
            : throw new ScenarioSyntaxException(word.Column, $"'{word.Text}' is not a time: 1m to {most}m is required.");
    }

    private static string WordOf(DoorMode mode) => ScenarioWords.Lower(mode.ToString());
}
