using System.Text;
using CsCheck;
using DoorAgent.Hardware.Badges;

namespace DoorAgent.Hardware.Tests.Badges;

public sealed class TextLinesTests
{
    [Theory]
    [InlineData("0012345678\r\n", "0012345678")]
    [InlineData("04a1b2c3\n", "04A1B2C3")]
    [InlineData("\u0002123456\r\n\u0003", "123456")]
    [InlineData("1\r2\n\n\r3\u0003", "1 2 3")]
    [InlineData(" \t0012345678 \r\n", "0012345678")]
    [InlineData("\u0002 123,04567 \u0003\r\n", "123,04567")]
    [InlineData("h10301:1:5\n", "H10301:1:5")]
    [InlineData("  \r\n \t\n", "")]
    public void ALineEndsWithReturnLineFeedOrEndOfText(string text, string lines) =>
        Assert.Equal(lines, string.Join(' ', Lines(text).Select(line => line.Text)));

    [Theory]
    [InlineData("1\0\n")]
    [InlineData("12\u007F\n")]
    [InlineData("\u00FF\u00FE\n")]
    public void AnUnprintableCharacterMakesTheLineGarbage(string text)
    {
        TextLine line = Assert.Single(Lines(text));
        Assert.Equal(("", ReadFault.Garbage, text.Length - 1), (line.Text, line.Fault, line.Length));
    }

    [Fact]
    public void TheLongestLineIsAccepted() => Assert.Equal(
        TextLines.MaxLength, Assert.Single(Lines(new string('1', TextLines.MaxLength) + "\n")).Text.Length);

    [Fact]
    public void AnOverlongLineIsReportedAtOnceAndItsRestIsNotANumber()
    {
        Assert.Equal(ReadFault.Garbage, Assert.Single(Lines(new string('1', TextLines.MaxLength + 1))).Fault);
        Assert.Equal([(ReadFault.Garbage, ""), (ReadFault.Garbage, ""), (ReadFault.None, "22")],
            Lines(new string('1', TextLines.MaxLength + 10) + "\n22\n").Select(line => (line.Fault, line.Text)));
    }

    [Fact]
    public void AStartOfTextInTheMiddleEndsTheLineBefore() =>
        Assert.Equal([(ReadFault.Unfinished, ""), (ReadFault.None, "34")], Lines("12\u000234\n").Select(line => (line.Fault, line.Text)));

    [Fact]
    public void AnInterruptedLineIsUnfinishedAndANewLineFollows()
    {
        TextLines lines = new();
        Assert.Null(lines.Interrupt());
        lines.Append((byte)'1');
        Assert.True(lines.IsBegun);
        Assert.Equal(new TextLine("", ReadFault.Unfinished, 1), lines.Interrupt());
        Assert.False(lines.IsBegun);
        lines.Append((byte)'2');
        Assert.Equal("2", lines.Append((byte)'\n')!.Value.Text);
    }

    [Fact]
    public void TheRestOfAnOverlongLineEndsAfterAPause()
    {
        TextLines lines = new();
        for (int i = 0; i <= TextLines.MaxLength; i++)
            lines.Append((byte)'1');
        Assert.True(lines.IsBegun);
        Assert.Null(lines.Interrupt());
        lines.Append((byte)'2');
        Assert.Equal("2", lines.Append((byte)'\n')!.Value.Text);
    }

    [Fact]
    public void NoiseBeforeALineLeavesTheLineWholeOrIsAFault() => Gen.Byte.Array[0, 200].Sample(noise =>
    {
        TextLines lines = new();
        foreach (byte one in noise)
            Assert.True(lines.Append(one) is not { Fault: ReadFault.None } line || IsNumber(line.Text));
        lines.Append((byte)'\n');
        Assert.Equal([new TextLine("0012345678", ReadFault.None, 10)],
            "0012345678\n"u8.ToArray().Select(one => lines.Append(one)).OfType<TextLine>());
    });

    private static bool IsNumber(string text) => text.Length is > 0 and <= TextLines.MaxLength && text == text.Trim()
        && text.All(one => one is '\t' or (>= ' ' and <= '~' and not (>= 'a' and <= 'z')));

    private static List<TextLine> Lines(string text)
    {
        TextLines lines = new();
        return [.. Encoding.Latin1.GetBytes(text).Select(one => lines.Append(one)).OfType<TextLine>()];
    }
}
