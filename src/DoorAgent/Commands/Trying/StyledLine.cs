using DoorAgent.Simulation;

namespace DoorAgent.Commands.Trying;

/// <summary>How a piece of the picture is meant; a terminal gives it a colour.</summary>
internal enum TextStyle
{
    Plain,

    /// <summary>Stands back.</summary>
    Dim,
    Good,
    Bad,
    Warning,

    /// <summary>A key that can be pressed.</summary>
    Key,
}

/// <summary>A line of a picture, in pieces from left to right.</summary>
internal sealed record StyledLine(ValueList<(TextStyle Style, string Text)> Pieces)
{
    public static readonly StyledLine Empty = new([]);

    public static StyledLine Of(params (TextStyle Style, string Text)[] pieces) => new([.. pieces]);

    public int Length => Pieces.Sum(piece => piece.Text.Length);

    /// <summary>This one, filled up with spaces to a width, and then another.</summary>
    public StyledLine Beside(int width, StyledLine other) => new([.. Pieces, (TextStyle.Plain, new string(' ', Math.Max(0, width - Length))), .. other.Pieces]);

    /// <summary>As much of it as a width has room for.</summary>
    public StyledLine Cut(int width)
    {
        List<(TextStyle Style, string Text)> pieces = [];
        foreach ((TextStyle style, string text) in Pieces)
        {
            pieces.Add((style, text.Length <= width ? text : text[..width]));
            width -= pieces[^1].Text.Length;
        }

        return new StyledLine([.. pieces]);
    }

    /// <summary>Without its tones.</summary>
    public override string ToString() => string.Concat(Pieces.Select(piece => piece.Text)).TrimEnd();
}
