using DoorAgent.Simulation;

namespace DoorAgent.Commands.Trying;

/// <summary>Draws the door leaf and the reader beside it.</summary>
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

    /// <summary>Returns the nine lines of the picture.</summary>
    public static IReadOnlyList<StyledLine> Of(TryState state)
    {
        string[] leaf = state.IsOn(DoorPart.Leaf) ? Open : Closed;
        StyledLine[] reader = Reader(state);
        return [.. leaf.Select((row, i) => Leaf(row, state.IsOn(DoorPart.Relay))
            .Beside(24, i is >= 1 and <= 6 ? reader[i - 1] : StyledLine.Empty))];
    }

    /// <summary>Draws a line of the leaf. The handle is solid while the door is locked, and hollow while the door can be pushed
    /// open.</summary>
    private static StyledLine Leaf(string row, bool isUnlocked)
    {
        int handle = row.IndexOf('#', StringComparison.Ordinal);
        return handle < 0
            ? StyledLine.Of((TextStyle.Plain, row))
            : StyledLine.Of((TextStyle.Plain, row[..handle]), isUnlocked ? (TextStyle.Good, "○")
            : (TextStyle.Bad, "●"), (TextStyle.Plain, row[(handle + 1)..]));
    }

    private static StyledLine[] Reader(TryState state)
    {
        bool isBlind = state.IsUnplugged || state.IsDark;
        return
        [
            StyledLine.Of((TextStyle.Dim, "╭─────╮")),
            StyledLine.Of((TextStyle.Dim, "│"), Lamp(state, DoorPart.LeftLight, TextStyle.Good, "◄", " "), isBlind ? (TextStyle.Bad, "(x)")
                : (state.IsLooking ? TextStyle.Good : TextStyle.Plain, "(o)"),
                Lamp(state, DoorPart.RightLight, TextStyle.Good, "►", " "), (TextStyle.Dim, "│")),
            StyledLine.Of((TextStyle.Dim, "│     │")),
            StyledLine.Of((TextStyle.Dim, "│ "), Lamp(state, DoorPart.Green, TextStyle.Good), (TextStyle.Plain, " "),
                Lamp(state, DoorPart.Red, TextStyle.Bad), (TextStyle.Dim, " │"),
                (TextStyle.Warning, state.IsOn(DoorPart.Buzzer) ? " ♪" : "")),
            StyledLine.Of((TextStyle.Dim, "│     │")),
            StyledLine.Of((TextStyle.Dim, "╰─────╯")),
        ];
    }

    private static (TextStyle Style, string Text) Lamp(
        TryState state, DoorPart part, TextStyle lit, string shown = "●", string dark = "·") =>
        state.IsOn(part) ? (lit, shown) : (TextStyle.Dim, dark);
}
