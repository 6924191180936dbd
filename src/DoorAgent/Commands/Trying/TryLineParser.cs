using System.Globalization;
using DoorAgent.Hardware.Badges;
using DoorAgent.Simulation;

namespace DoorAgent.Commands.Trying;

/// <summary>Parses lines to actions where there is no terminal: a key, or words of a scenario. Pure.</summary>
internal static class TryLineParser
{
    private static readonly string[] Kinds = ["stand", "wait", "quit", "help", "?", .. ConsoleStep.Kinds];

    private const double LongestWait = 600;
    private const string Nobody = "nobody";
    private const char Question = '?';

    private static readonly ConsoleStep[] StandSteps =
        [new("stand nora", "she stands in front of the camera; also 'stand stranger' and other names in the picture"),
            new("stand nobody", "nobody stands there")];

    /// <summary>Returns the action of a line; null for an empty line or a comment.</summary>
    public static TryAction? Read(TryState state, string text)
    {
        try
        {
            ScenarioLine line = new(text, []);
            if (line.IsEmpty)
                return null;
            // After 'b' the rest of the number comes as one line.
            if (state.Typed is not null && Badge.TryRead(text) is { } badge)
                return new TryAction.Step(new PresentBadge(badge, PresentBadge.DefaultGap));
            return text.Trim() is [var key] && key != Question ? TryKeys.Read(state, key) : Read(state, line);
        }
        catch (ScenarioSyntaxException refused)
        {
            return new TryAction.Refused(string.Create(CultureInfo.InvariantCulture, $"Column {refused.Column}: {refused.Message}"));
        }
    }

    /// <summary>Returns what can be typed, one line each.</summary>
    public static string Help(TryState state, IEnumerable<ConsoleStep> steps) => string.Join(Environment.NewLine,
    [
        "What can be typed, besides the keys in the picture:",
        .. state.Camera is null ? StandSteps : [],
        .. steps,
        new ConsoleStep("wait 3", "three seconds pass"),
        new ConsoleStep("help", "this list"),
        new ConsoleStep("quit", "leave"),
    ]);

    private static TryAction Read(TryState state, ScenarioLine line) => line.Choice("a command", Kinds) switch
    {
        "stand" => Stand(state, line),
        "wait" => Ended(line, new TryAction.Wait(line.Seconds("a time", 0, LongestWait))),
        "quit" => Ended(line, new TryAction.Leave()),
        "help" or "?" => Ended(line, new TryAction.Help()),
        string kind => Ended(line, new TryAction.Step(StepSyntax.Read(kind, line))),
    };

    private static TryAction Stand(TryState state, ScenarioLine line)
    {
        string name = line.Choice("a person who can stand there", [.. state.People.Select(person => person.Name), Nobody]);
        if (state.Camera is not null)
            return new TryAction.Refused("Nobody can be placed in front of a real camera.");
        return Ended(line, new TryAction.Stand(state.People.FirstOrDefault(person => person.Name == name)));
    }

    private static TryAction Ended(ScenarioLine line, TryAction action)
    {
        line.End();
        return action;
    }
}
