using DoorAgent.Doors;
using DoorAgent.Events;
using DoorAgent.Hardware.Doors;

namespace DoorAgent.Simulation;

/// <summary>Reads and writes expectations. The words for reasons, kinds, states and patterns are the names of the enumerations'
/// values.</summary>
internal static class ExpectationSyntax
{
    private const double LongestWait = 86_400;

    private static readonly string[] Kinds = ["granted", "denied", "event", "state", "relay", "lights", "nothing"];

    /// <summary>Reads a line after the word <c>expect</c>.</summary>
    /// <exception cref="ScenarioSyntaxException">The text is not an expectation.</exception>
    public static Expectation Read(ScenarioLine line) => line.Choice("an expectation", Kinds) switch
    {
        "granted" => new ExpectGranted(line.Person(), Window(line)),
        "denied" => Denied(line),
        "event" => new ExpectEvent(line.Choice<DoorEventKind>("a kind of event"), Window(line)),
        "state" => new ExpectState(line.Choice<DoorPhase>("a state of the door"), Window(line)),
        "relay" => Relay(line),
        "lights" => new ExpectLights(line.Choice<LightPattern>("a pattern of the lights"), Window(line)),
        _ => Nothing(line),
    };

    /// <summary>Formats an expectation as the text after <c>expect</c>.</summary>
    public static string Write(Expectation expectation)
    {
        string text = expectation switch
        {
            ExpectGranted granted => $"granted {ScenarioWords.Write(granted.Who)}",
            ExpectDenied { Who: null } denied => $"denied {denied.Reason}",
            ExpectDenied denied => $"denied {denied.Reason} {ScenarioWords.Write(denied.Who)}",
            ExpectEvent happens => $"event {happens.Kind}",
            ExpectState state => $"state {state.State}",
            ExpectRelay relay => relay.IsOn ? "relay on" : "relay off",
            ExpectRelayOnFor relay => $"relay on for {ScenarioNumber.Seconds(relay.Duration)}",
            ExpectLights lights => $"lights {lights.Pattern}",
            ExpectNothing nothing => $"nothing for {ScenarioNumber.Seconds(nothing.Window)}",
            _ => throw new ArgumentOutOfRangeException(nameof(expectation)),
        };
        return expectation is ExpectNothing || expectation.Window == Expectation.DefaultWindow
            ? text
            : $"{text} within {ScenarioNumber.Seconds(expectation.Window)}";
    }

    private static ExpectDenied Denied(ScenarioLine line)
    {
        DenyReason reason = line.Choice<DenyReason>("a reason to deny");
        string? who = line.Peek() is { } word && (word.IsQuoted || word.Text != "within") ? line.Person() : null;
        return new ExpectDenied(reason, who, Window(line));
    }

    private static Expectation Relay(ScenarioLine line)
    {
        bool isOn = line.Choice("a state of the relay", ["on", "off"]) == "on";
        if (!isOn || !line.Skip("for"))
            return new ExpectRelay(isOn, Window(line, isOn ? ["for"] : []));
        TimeSpan duration = line.Seconds("how long, in seconds", 0.001, LongestWait);
        return new ExpectRelayOnFor(duration, Window(line));
    }

    private static ExpectNothing Nothing(ScenarioLine line)
    {
        line.Need("for");
        return new ExpectNothing(line.Seconds("how long, in seconds", 0.001, LongestWait));
    }

    private static TimeSpan Window(ScenarioLine line, params IReadOnlyCollection<string> others)
    {
        TimeSpan window = line.Skip("within") ? line.Seconds("the seconds from the step", 0, LongestWait) : Expectation.DefaultWindow;
        line.End([.. others, "within"]);
        return window;
    }
}
