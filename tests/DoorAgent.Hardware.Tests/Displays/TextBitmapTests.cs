using DoorAgent.Hardware.Displays;

namespace DoorAgent.Hardware.Tests.Displays;

public sealed class TextBitmapTests
{
    [Fact]
    public void ALetterIsDrawnUprightAndTwiceAsLargeInTheMiddle() => Assert.Equal(
        """
        ########..
        ########..
        ##......##
        ##......##
        ##......##
        ##......##
        ########..
        ########..
        ##........
        ##........
        ##........
        ##........
        ##........
        ##........
        """, Drawn("P", left: 58, top: 24, width: 10, height: 14));

    [Fact]
    public void ALetterWithAMarkHasTheMarkAboveIt() => Assert.Equal(
        """
        ..##..##..
        ..##..##..
        ..######..
        ..######..
        ##......##
        ##......##
        """, Drawn("Ä", left: 58, top: 24, width: 10, height: 6));

    [Theory]
    [InlineData("Look at the camera", 16)]
    [InlineData("Bitte in die Kamera schauen", 8)]
    public void ATextThatDoesNotFitLargeIsSmall(string text, int cell)
    {
        byte[] points = TextBitmap.Draw(text, 128, 32);
        Assert.Contains(points, byteOfPage => byteOfPage != 0);
        int rows = TextLayout.Rows(text, 128 / (cell * 6 / 8)).Count;
        int lit = Enumerable.Range(0, 32).Count(y => Enumerable.Range(0, 128).Any(x => IsSet(points, x, y)));
        Assert.InRange(lit, rows * cell / 2, rows * cell);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    public void AnEmptyTextIsDark(string text) => Assert.All(TextBitmap.Draw(text, 128, 64), points => Assert.Equal(0, points));

    [Fact]
    public void AnyTextStaysOnTheDisplay()
    {
        for (int length = 1; length < 400; length += 7)
            TextBitmap.Draw(new string('W', length) + " Éa " + new string('ß', length / 3) + "\u0416\uD83D\uDE00\uD83D\uFFFE", 128, 32);
    }

    [Theory]
    [InlineData("Ein Fuß", true)]
    [InlineData("Škoda Łódź œuvre", true)]
    [InlineData("Дверь", false)]
    [InlineData("a\nb", false)]
    [InlineData("\uD83D\uDE00", false)]
    public void ADisplayShowsLatinLettersOnly(string text, bool can) => Assert.Equal(can, DisplayLetters.CanShow(text));

    [Theory]
    [InlineData("Look at the camera", 10, "Look at|the camera")]
    [InlineData("Konstantinopolitanisch", 10, "Konstantin|opolitanis|ch")]
    [InlineData("  a   b ", 10, "a b")]
    [InlineData("", 10, "")]
    public void TextIsBrokenAtItsBlanks(string text, int columns, string rows) =>
        Assert.Equal(rows, string.Join('|', TextLayout.Rows(text, columns)));

    private static string Drawn(string text, int left, int top, int width, int height)
    {
        byte[] points = TextBitmap.Draw(text, 128, 64);
        return string.Join(Environment.NewLine, Enumerable.Range(top, height).Select(y =>
            string.Concat(Enumerable.Range(left, width).Select(x => IsSet(points, x, y) ? '#' : '.'))));
    }

    private static bool IsSet(byte[] points, int x, int y) => (points[(y / 8 * 128) + x] >> (y % 8) & 1) != 0;
}
