namespace DoorAgent.Commands.Guide;

/// <summary>A part of a page, such as a paragraph or a table.</summary>
internal abstract record PageBlock
{
    /// <summary>A heading; level 1 is the page's title.</summary>
    internal sealed record Heading(int Level, string Text) : PageBlock;

    /// <summary>Text that is wrapped to the terminal's width.</summary>
    internal sealed record Paragraph(string Text) : PageBlock;

    /// <summary>An item of a list.</summary>
    /// <param name="Marker">A dash, or the item's number.</param>
    /// <param name="Text">The item's text, on one line.</param>
    internal sealed record Item(string Marker, string Text) : PageBlock;

    /// <summary>Lines that are shown unchanged.</summary>
    internal sealed record Code(IReadOnlyList<string> Lines) : PageBlock;

    /// <summary>A table; the first row is the header.</summary>
    internal sealed record Table(IReadOnlyList<string[]> Rows) : PageBlock;
}
