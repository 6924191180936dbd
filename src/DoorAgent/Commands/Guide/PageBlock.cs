namespace DoorAgent.Commands.Guide;

/// <summary>A part of a page that is shown in one way.</summary>
internal abstract record PageBlock
{
    /// <summary>A heading; level 1 is the page's title.</summary>
    internal sealed record Heading(int Level, string Text) : PageBlock;

    /// <summary>Text that is wrapped.</summary>
    internal sealed record Paragraph(string Text) : PageBlock;

    /// <summary>An entry of a list.</summary>
    /// <param name="Marker">A dash, or its number.</param>
    /// <param name="Text">Its text, on one line.</param>
    internal sealed record Item(string Marker, string Text) : PageBlock;

    /// <summary>Lines that are shown as they stand.</summary>
    internal sealed record Code(IReadOnlyList<string> Lines) : PageBlock;

    /// <summary>A table; the first row is its head.</summary>
    internal sealed record Table(IReadOnlyList<string[]> Rows) : PageBlock;
}
