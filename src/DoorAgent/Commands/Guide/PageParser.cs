using System.Text.RegularExpressions;

namespace DoorAgent.Commands.Guide;

/// <summary>Parses the part of Markdown that the guide uses: headings, paragraphs, lists, code, tables and comments.
/// Pure.</summary>
internal static partial class PageParser
{
    private const int CodeIndent = 4;

    /// <summary>Returns the blocks of a page in order, without comments and pictures.</summary>
    public static IReadOnlyList<PageBlock> Parse(string markdown)
    {
        string[] lines = markdown.ReplaceLineEndings("\n").Split('\n');
        List<PageBlock> blocks = [];
        for (int at = 0; at < lines.Length;)
            at = Next(lines, at, blocks);
        return blocks;
    }

    /// <summary>Parses the block at a line, and returns the index of the line after the block.</summary>
    private static int Next(string[] lines, int at, List<PageBlock> blocks)
    {
        string line = lines[at];
        if (line.StartsWith("```", StringComparison.Ordinal))
        {
            int end = Array.FindIndex(lines, at + 1, other => other.StartsWith("```", StringComparison.Ordinal));
            end = end < 0 ? lines.Length : end;
            blocks.Add(new PageBlock.Code(lines[(at + 1)..end]));
            return end + 1;
        }

        if (line.StartsWith("    ", StringComparison.Ordinal))
            return Indented(lines, at, blocks);
        if (line.StartsWith('|'))
        {
            int end = EndOf(lines, at, other => !other.StartsWith('|'));
            blocks.Add(new PageBlock.Table([.. lines[at..end].Where(row => !Ruler().IsMatch(row)).Select(CellsOf)]));
            return end;
        }

        if (HeadingOf().Match(line) is { Success: true } heading)
            blocks.Add(new PageBlock.Heading(heading.Groups["level"].Length, heading.Groups["text"].Value));
        else if (line.Trim().Length > 0 && !line.StartsWith("<!--", StringComparison.Ordinal)
            && !line.StartsWith("![", StringComparison.Ordinal))
            return Text(lines, at, blocks);
        return at + 1;
    }

    private static int Indented(string[] lines, int at, List<PageBlock> blocks)
    {
        int end = EndOf(lines, at, other => other.Length > 0 && !other.StartsWith("    ", StringComparison.Ordinal));
        while (lines[end - 1].Trim().Length == 0)
            end--;
        blocks.Add(new PageBlock.Code([.. lines[at..end].Select(line => line.Length > CodeIndent ? line[CodeIndent..] : "")]));
        return end;
    }

    private static int Text(string[] lines, int at, List<PageBlock> blocks)
    {
        int end = EndOf(lines, at, other => other.Trim().Length == 0 || other[0] is '|' or '#' || ItemOf().IsMatch(other));
        Match item = ItemOf().Match(lines[at]);
        string text = string.Join(' ', lines[(at + 1)..end].Prepend(lines[at][item.Length..]).Select(line => line.Trim()));
        blocks.Add(item.Success ? new PageBlock.Item(item.Groups["marker"].Value, text) : new PageBlock.Paragraph(text));
        return end;
    }

    private static int EndOf(string[] lines, int at, Predicate<string> isBehind)
    {
        int end = Array.FindIndex(lines, at + 1, isBehind);
        return end < 0 ? lines.Length : end;
    }

    // A bar with a backslash before it is text.
    private static string[] CellsOf(string row) =>
        [.. BarBetweenCells().Split(row.Trim().Trim('|')).Select(cell => cell.Replace("\\|", "|", StringComparison.Ordinal).Trim())];

    [GeneratedRegex("^(?<level>#{1,6}) (?<text>.*)$")]
    private static partial Regex HeadingOf();

    [GeneratedRegex(@"(?<!\\)\|")]
    private static partial Regex BarBetweenCells();

    [GeneratedRegex("^(?<marker>-|[0-9]+\\.) +")]
    private static partial Regex ItemOf();

    [GeneratedRegex("^\\|[-|: ]+\\|$")]
    private static partial Regex Ruler();
}
