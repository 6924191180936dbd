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

    /// <summary>As much of it as a width has room for.</summary>
    public DrawnLine Cut(int width)
    {
        List<(Tone Tone, string Text)> pieces = [];
        foreach ((Tone tone, string text) in Pieces)
        {
            pieces.Add((tone, text.Length <= width ? text : text[..width]));
            width -= pieces[^1].Text.Length;
        }

        return new DrawnLine([.. pieces]);
    }

    /// <summary>Without its tones.</summary>
    public override string ToString() => string.Concat(Pieces.Select(piece => piece.Text)).TrimEnd();
}
