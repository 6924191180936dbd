using System.Globalization;
using DoorAgent.Hardware.Badges;
using DoorAgent.Simulation;

namespace DoorAgent.Commands.Trying;

/// <summary>Lines to actions, where there is no keyboard to press: a key, a name of the cast, or the words of a scenario. Pure.</summary>
internal static class TryWords
{
    private static readonly string[] Kinds = ["stand", "wait", "quit", "help", "?", .. ConsoleStep.Kinds];

    private const double LongestWait = 600;
    private const string Nobody = "nobody";
    private const char Question = '?';

    private static readonly ConsoleStep[] Standing =
        [new("stand nora", "she stands before the camera; 'stand stranger' and others of the picture too"), new("stand nobody", "and nobody does")];

    /// <summary>What a line means; null for an empty one or a comment.</summary>
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

    /// <summary>What can be typed, a line each.</summary>
    public static string Help(TryState state, IEnumerable<ConsoleStep> steps) => string.Join(Environment.NewLine,
    [
        "What can be typed, beside the keys that the picture names:",
        .. state.Camera is null ? Standing : [],
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
        string name = line.Choice("somebody who can stand there", [.. state.Cast.Select(actor => actor.Name), Nobody]);
        if (state.Camera is not null)
            return new TryAction.Refused("Whoever is before the camera is there: nobody can be put before a real one.");
        return Ended(line, new TryAction.Stand(state.Cast.FirstOrDefault(actor => actor.Name == name)));
    }

    private static TryAction Ended(ScenarioLine line, TryAction action)
    {
        line.End();
        return action;
    }
}
