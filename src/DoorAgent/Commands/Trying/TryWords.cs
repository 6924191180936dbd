using System.Globalization;
using DoorAgent.Simulation;

namespace DoorAgent.Commands.Trying;

/// <summary>Lines to actions, where there is no keyboard to press: a key, a name of the cast, or the words of a scenario. Pure.</summary>
internal static class TryWords
{
    public const string Help = "A line is a key as named above, or: stand NAME, stand nobody, badge FORMAT:FACILITY:CARD, door open, door close, exit press, wait SECONDS, quit.";

    private const double LongestWait = 600;
    private const string Nobody = "nobody";

    /// <summary>What a line means; null for an empty one or a comment.</summary>
    public static TryAction? Read(TryState state, string text)
    {
        try
        {
            ScenarioLine line = new(text, []);
            if (line.IsEmpty)
                return null;
            if (line.Skip("stand"))
                return Stand(state, line);
            if (line.Skip("wait"))
                return Ended(line, new TryAction.Wait(line.Seconds("a time", 0, LongestWait)));
            if (line.Skip("quit"))
                return Ended(line, new TryAction.Leave());
            return text.Trim() is [var key] ? TryKeys.Read(state, key) : Ended(line, new TryAction.Step(StepSyntax.Read(line)));
        }
        catch (ScenarioSyntaxException refused)
        {
            return new TryAction.Refused(string.Create(CultureInfo.InvariantCulture, $"Column {refused.Column}: {refused.Message}"));
        }
    }

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
