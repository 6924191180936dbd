using DoorAgent.Hardware.Badges;
using DoorAgent.Simulation;

namespace DoorAgent.Commands.Trying;

/// <summary>Translates keys to actions, and describes the keys. Pure.</summary>
internal static class TryKeys
{
    private const char Escape = '\u001b';
    private const int LongestBadge = 40;
    private const int LongestName = 16;

    /// <summary>Returns the action of a key in the current state.</summary>
    public static TryAction Read(TryState state, char key)
    {
        if (state.Typed is { } typed)
            return ReadTyped(typed, key);
        if (state.People.FirstOrDefault(person => person.Key == key) is { } owner)
            return new TryAction.Step(new PresentBadge(owner.Badge, PresentBadge.DefaultGap));
        bool isPlayed = state.Camera is null;
        return char.ToLowerInvariant(key) switch
        {
            'o' => new TryAction.Step(new MoveDoor(!state.IsOn(DoorPart.Leaf))),
            'e' => new TryAction.Step(new PressExit(PressExit.Default)),
            'b' => new TryAction.Type(""),
            'q' or Escape or '\u0003' => new TryAction.Leave(),
            '0' when isPlayed => new TryAction.Stand(null),
            >= '1' and <= '9' when isPlayed && PersonAt(state, key - '1') is { } who => new TryAction.Stand(who),
            'l' when isPlayed => new TryAction.SwitchLight(),
            'c' when isPlayed => new TryAction.PullCable(),
            _ => new TryAction.Refused($"'{(char.IsControl(key) ? '?' : key)}' does nothing. The keys are listed above."),
        };
    }

    /// <summary>Returns the lines that describe the keys, for below the picture.</summary>
    public static IEnumerable<StyledLine> Help(TryState state)
    {
        if (state.Camera is null)
            yield return Keys("camera",
                [.. state.People.Select((person, i) => ((char)('1' + i), person.Name)), ('0', "nobody"), ('l', "light"), ('c', "cable")]);
        yield return Keys("badge", [.. state.People.Select(person => (person.Key, person.Name)), ('b', "type one")]);
        yield return Keys("door", [('o', state.IsOn(DoorPart.Leaf) ? "close it" : "open it"), ('e', "exit button"), ('q', "leave")]);
    }

    private static TrialPerson? PersonAt(TryState state, int index) => index < state.People.Length ? state.People[index] : null;

    private static StyledLine Keys(string name, (char Key, string Means)[] keys) => new(
    [
        (TextStyle.Dim, $"  {name,-8}"),
        .. keys.SelectMany(key => new[] { (TextStyle.Key, $" [{key.Key}]"),
        (TextStyle.Plain, $" {(key.Means.Length > LongestName ? key.Means[..LongestName] : key.Means)} ") }),
    ]);

    private static TryAction ReadTyped(string typed, char key) => key switch
    {
        Escape => new TryAction.Type(null),
        '\r' or '\n' when typed.Length == 0 => new TryAction.Type(null),
        '\r' or '\n' => Badge.TryRead(typed) is { } badge
            ? new TryAction.Step(new PresentBadge(badge, PresentBadge.DefaultGap))
            : new TryAction.Refused($"'{typed}' is not a badge number; the form is FORMAT:FACILITY:CARD, such as H10301:123:4567."),
        '\b' or '\u007f' => new TryAction.Type(typed.Length == 0 ? null : typed[..^1]),
        '\u0003' => new TryAction.Leave(),
        _ when char.IsControl(key) || typed.Length == LongestBadge => new TryAction.Type(typed),
        _ => new TryAction.Type(typed + key),
    };
}
