using DoorAgent.Hardware.Badges;
using DoorAgent.Simulation;

namespace DoorAgent.Commands.Trying;

/// <summary>Keys to actions, and what the keys are. Pure.</summary>
internal static class TryKeys
{
    private const char Escape = '\u001b';
    private const int LongestBadge = 40;
    private const int LongestName = 16;

    /// <summary>What a key means now.</summary>
    public static TryAction Read(TryState state, char key)
    {
        if (state.Typed is { } typed)
            return ReadTyped(typed, key);
        if (state.Cast.FirstOrDefault(actor => actor.Key == key) is { } owner)
            return new TryAction.Step(new PresentBadge(owner.Badge, PresentBadge.DefaultGap));
        bool isPlayed = state.Camera is null;
        return char.ToLowerInvariant(key) switch
        {
            'o' => new TryAction.Step(new MoveDoor(!state.IsOn(DoorPart.Leaf))),
            'e' => new TryAction.Step(new PressExit(PressExit.Default)),
            'b' => new TryAction.Type(""),
            'q' or Escape or '\u0003' => new TryAction.Leave(),
            '0' when isPlayed => new TryAction.Stand(null),
            >= '1' and <= '9' when isPlayed && Standing(state, key - '1') is { } who => new TryAction.Stand(who),
            'l' when isPlayed => new TryAction.SwitchLight(),
            'c' when isPlayed => new TryAction.PullCable(),
            _ => new TryAction.Refused($"'{(char.IsControl(key) ? '?' : key)}' does nothing. The keys stand above."),
        };
    }

    /// <summary>The keys, for below the picture.</summary>
    public static IEnumerable<DrawnLine> Help(TryState state)
    {
        if (state.Camera is null)
            yield return Keys("camera", [.. state.Cast.Select((actor, i) => ((char)('1' + i), actor.Name)), ('0', "nobody"), ('l', "light"), ('c', "cable")]);
        yield return Keys("badge", [.. state.Cast.Select(actor => (actor.Key, actor.Name)), ('b', "type one")]);
        yield return Keys("door", [('o', state.IsOn(DoorPart.Leaf) ? "close it" : "open it"), ('e', "exit button"), ('q', "leave")]);
    }

    private static Actor? Standing(TryState state, int index) => index < state.Cast.Length ? state.Cast[index] : null;

    private static DrawnLine Keys(string name, (char Key, string Means)[] keys) => new(
    [
        (Tone.Dim, $"  {name,-8}"),
        .. keys.SelectMany(key => new[] { (Tone.Key, $" [{key.Key}]"), (Tone.Plain, $" {(key.Means.Length > LongestName ? key.Means[..LongestName] : key.Means)} ") }),
    ]);

    private static TryAction ReadTyped(string typed, char key) => key switch
    {
        Escape => new TryAction.Type(null),
        '\r' or '\n' when typed.Length == 0 => new TryAction.Type(null),
        '\r' or '\n' => Badge.TryRead(typed) is { } badge
            ? new TryAction.Step(new PresentBadge(badge, PresentBadge.DefaultGap))
            : new TryAction.Refused($"'{typed}' is no badge number; it is FORMAT:FACILITY:CARD, such as H10301:123:4567."),
        '\b' or '\u007f' => new TryAction.Type(typed.Length == 0 ? null : typed[..^1]),
        '\u0003' => new TryAction.Leave(),
        _ when char.IsControl(key) || typed.Length == LongestBadge => new TryAction.Type(typed),
        _ => new TryAction.Type(typed + key),
    };
}
