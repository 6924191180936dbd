using DoorAgent.Simulation;

namespace DoorAgent.Commands.Trying;

/// <summary>A line of a picture, in pieces from left to right.</summary>
internal sealed record DrawnLine(ValueList<(Tone Tone, string Text)> Pieces)
{
    public static readonly DrawnLine Empty = new([]);

    public static DrawnLine Of(params (Tone Tone, string Text)[] pieces) => new([.. pieces]);

    public int Length => Pieces.Sum(piece => piece.Text.Length);

    /// <summary>This one, filled up with spaces to a width, and then another.</summary>
    public DrawnLine Beside(int width, DrawnLine other) => new([.. Pieces, (Tone.Plain, new string(' ', Math.Max(0, width - Length))), .. other.Pieces]);

    /// <summary>Without its tones.</summary>
    public override string ToString() => string.Concat(Pieces.Select(piece => piece.Text)).TrimEnd();
}
