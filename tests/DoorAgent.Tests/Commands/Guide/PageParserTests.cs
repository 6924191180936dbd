using DoorAgent.Commands.Guide;

namespace DoorAgent.Tests.Commands.Guide;

public sealed class PageParserTests
{
    [Fact]
    public void ABarWithABackslashIsTextOfItsCell()
    {
        PageBlock.Table table = Assert.IsType<PageBlock.Table>(Assert.Single(PageParser.Parse("| a | b |\n|---|---|\n| `on\\|off` | 1 |\n")));
        Assert.Equal(["`on|off`", "1"], table.Rows[^1]);
    }

    [Fact]
    public void LinesOfAParagraphAreJoined() =>
        Assert.Equal([new PageBlock.Heading(1, "Title"), new PageBlock.Paragraph("one two"), new PageBlock.Paragraph("three")],
            PageParser.Parse("# Title\none\ntwo\n\nthree\n"));

    [Fact]
    public void AListItemContinuesUntilTheNextItem() => Assert.Equal(
        [new PageBlock.Item("-", "one goes on"), new PageBlock.Item("-", "two"), new PageBlock.Item("10.", "ten")],
        PageParser.Parse("- one\n  goes on\n- two\n\n10. ten"));

    [Theory]
    [InlineData("    one\n\n      two\n\ntext")]
    [InlineData("```door\none\n\n  two\n```\ntext")]
    [InlineData("```\none\n\n  two\n```")]
    [InlineData("```\none\n\n  two")]
    public void CodeKeepsItsSpaces(string markdown) =>
        Assert.Equal(["one", "", "  two"], Assert.IsType<PageBlock.Code>(PageParser.Parse(markdown)[0]).Lines);

    [Fact]
    public void ATableHasItsRowsWithoutTheSeparator()
    {
        PageBlock.Table table = Assert.IsType<PageBlock.Table>(Assert.Single(PageParser.Parse("| a | b |\n|---|---:|\n| 1 | |\n")));
        Assert.Equal<string[]>([["a", "b"], ["1", ""]], table.Rows);
    }

    [Fact]
    public void CommentsAndPicturesAreLeftOut() =>
        Assert.Equal([new PageBlock.Paragraph("text")], PageParser.Parse("<!-- a -->\n![b](c.svg)\n\ntext\n"));

    [Theory]
    [InlineData("", 0)]
    [InlineData("\n\n   \n", 0)]
    [InlineData("\t|", 1)]
    [InlineData("#no heading", 1)]
    [InlineData("- ", 1)]
    public void TheShortestTextsAreParsed(string markdown, int blocks) => Assert.Equal(blocks, PageParser.Parse(markdown).Count);

    [Theory]
    [InlineData("plain [brackets]", "plain [[brackets]]")]
    [InlineData("`a[0]` and **b `c`**", "[cyan]a[[0]][/] and [bold]b [cyan]c[/][/]")]
    [InlineData("*so* 2 * 3 * 4", "[italic]so[/] 2 * 3 * 4")]
    [InlineData("see [people](people.md#names)", "see people [grey](help people)[/]")]
    [InlineData("see [wiring](../README.md#pins)", "see wiring [grey](help installing)[/]")]
    [InlineData("see [a](../../README.md)", "see a")]
    public void TextGetsTerminalMarkup(string text, string markup) => Assert.Equal(markup, PageText.Markup(text));
}
