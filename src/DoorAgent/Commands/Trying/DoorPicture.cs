using DoorAgent.Simulation;

namespace DoorAgent.Commands.Trying;

/// <summary>The door leaf and the reader beside it.</summary>
internal static class DoorPicture
{
    public const int Width = 34;

    private static readonly string[] Closed =
    [
        "    ┌───────────────┐",
        "    │ ┌───────────┐ │",
        "    │ │           │ │",
        "    │ │           │ │",
        "    │ │           │ │",
        "    │ │         # │ │",
        "    │ │           │ │",
        "    │ │           │ │",
        "  ──┴─┴───────────┴─┴──",
    ];

    private static readonly string[] Open =
    [
        "    ┌───────────────┐",
        "    │ ┌╲──────────┐ │",
        "    │ │ ╲         │ │",
        "    │ │ │░░░░░░░░░│ │",
        "    │ │ │░░░░░░░░░│ │",
        "    │ │#│░░░░░░░░░│ │",
        "    │ │ │░░░░░░░░░│ │",
        "    │ │ ╱         │ │",
        "  ──┴─┴╱──────────┴─┴──",
    ];

    /// <summary>The picture, nine lines.</summary>
    public static IReadOnlyList<DrawnLine> Of(TryState state)
    {
        string[] leaf = state.IsOn(DoorPart.Leaf) ? Open : Closed;
        DrawnLine[] reader = Reader(state);
        return [.. leaf.Select((row, i) => Leaf(row, state.IsOn(DoorPart.Relay)).Beside(24, i is >= 1 and <= 6 ? reader[i - 1] : DrawnLine.Empty))];
    }

    /// <summary>The handle is full while the door is locked, and hollow while it can be pushed open.</summary>
    private static DrawnLine Leaf(string row, bool isUnlocked)
    {
        int handle = row.IndexOf('#', StringComparison.Ordinal);
        return handle < 0
            ? DrawnLine.Of((Tone.Plain, row))
            : DrawnLine.Of((Tone.Plain, row[..handle]), isUnlocked ? (Tone.Good, "○") : (Tone.Bad, "●"), (Tone.Plain, row[(handle + 1)..]));
    }

    private static DrawnLine[] Reader(TryState state)
    {
        bool isBlind = state.IsUnplugged || state.IsDark;
        return
        [
            DrawnLine.Of((Tone.Dim, "╭─────╮")),
            DrawnLine.Of((Tone.Dim, "│ "), isBlind ? (Tone.Bad, "(x)") : (state.IsLooking ? Tone.Good : Tone.Plain, "(o)"), (Tone.Dim, " │")),
            DrawnLine.Of((Tone.Dim, "│     │")),
            DrawnLine.Of((Tone.Dim, "│ "), Lamp(state, DoorPart.Green, Tone.Good), (Tone.Plain, " "), Lamp(state, DoorPart.Red, Tone.Bad), (Tone.Dim, " │"),
                (Tone.Warning, state.IsOn(DoorPart.Buzzer) ? " ♪" : "")),
            DrawnLine.Of((Tone.Dim, "│     │")),
            DrawnLine.Of((Tone.Dim, "╰─────╯")),
        ];
    }

    private static (Tone Tone, string Text) Lamp(TryState state, DoorPart part, Tone lit) => state.IsOn(part) ? (lit, "●") : (Tone.Dim, "·");
}
