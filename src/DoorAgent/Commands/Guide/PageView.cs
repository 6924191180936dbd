using Spectre.Console;
using Spectre.Console.Rendering;

namespace DoorAgent.Commands.Guide;

/// <summary>Shows a page of the guide at the terminal's width, in colours where the terminal has them, else as plain text.</summary>
internal static class PageView
{
    private const int Indent = 2;
    private const int CodeIndent = 4;
    private const int ShortRow = 80;

    public static void Show(string markdown)
    {
        PageBlock? before = null;
        foreach (PageBlock block in PageParser.Parse(markdown))
        {
            if (before is not null && !(before is PageBlock.Item && block is PageBlock.Item))
                AnsiConsole.WriteLine();
            AnsiConsole.Write(Of(block));
            before = block;
        }
    }

    private static IRenderable Of(PageBlock block) => block switch
    {
        PageBlock.Heading { Level: 1 } title => new Rows(new Markup($"[bold]{PageText.Markup(title.Text)}[/]"),
            new Text(new string('=', title.Text.Length))),
        PageBlock.Heading heading => new Markup($"[bold]{PageText.Markup(heading.Text)}[/]\n"),
        PageBlock.Item item => new Indented(Columns(item), Indent),
        PageBlock.Code code => new Indented(new Rows(code.Lines.Select(line => new Text(line) { Overflow = Overflow.Fold })), CodeIndent),
        PageBlock.Table table => new Indented(TableOf(table), Indent),
        PageBlock.Paragraph paragraph => new Indented(new Markup(PageText.Markup(paragraph.Text)), Indent),
        _ => throw new ArgumentException($"A block of type {block.GetType().Name} cannot be shown.", nameof(block)),
    };

    private static Grid Columns(PageBlock.Item item)
    {
        Grid grid = new();
        grid.AddColumn(new GridColumn { Width = item.Marker.Length, NoWrap = true, Padding = new Padding(0, 0, 1, 0) });
        grid.AddColumn(new GridColumn { Padding = new Padding(0, 0, 0, 0) });
        grid.AddRow(new Text(item.Marker), new Markup(PageText.Markup(item.Text)));
        return grid;
    }

    private static Table TableOf(PageBlock.Table block)
    {
        Table table = new Table().Border(TableBorder.Rounded);
        // Where cells are wrapped, a row's end would not be seen.
        if (block.Rows.Any(row => row.Sum(cell => cell.Length) > ShortRow))
            table.ShowRowSeparators();
        string[] head = block.Rows[0];
        foreach (string name in head)
            table.AddColumn(new TableColumn(new Markup($"[bold]{PageText.Markup(name)}[/]")));
        if (head.All(name => name.Length == 0))
            table.HideHeaders();
        foreach (string[] row in block.Rows.Skip(1))
            table.AddRow(row.Select(cell => new Markup(PageText.Markup(cell))));
        return table;
    }
}
