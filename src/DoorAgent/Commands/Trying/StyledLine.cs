using DoorAgent.Simulation;

namespace DoorAgent.Commands.Trying;

/// <summary>Meaning of a piece of text; a terminal shows each in a colour.</summary>
internal enum TextStyle
{
    Plain,

    /// <summary>Less important text.</summary>
    Dim,
    Good,
    Bad,
    Warning,

    /// <summary>A key that can be pressed.</summary>
    Key,
}

/// <summary>A line of text in styled pieces from left to right.</summary>
internal sealed record StyledLine(ValueList<(TextStyle Style, string Text)> Pieces)
{
    public static readonly StyledLine Empty = new([]);

    public static StyledLine Of(params (TextStyle Style, string Text)[] pieces) => new([.. pieces]);

    public int Length => Pieces.Sum(piece => piece.Text.Length);

    /// <summary>Returns this line, padded with spaces to a width, followed by another.</summary>
    public StyledLine Beside(int width, StyledLine other) =>
        new([.. Pieces, (TextStyle.Plain, new string(' ', Math.Max(0, width - Length))), .. other.Pieces]);

    /// <summary>Returns the line, cut at a width.</summary>
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

    /// <summary>Returns the text without styles.</summary>
    public override string ToString() => string.Concat(Pieces.Select(piece => piece.Text)).TrimEnd();
}
