using System.Text;
using CsCheck;
using DoorAgent.Hardware.Cameras;

namespace DoorAgent.Hardware.Tests.Cameras;

public sealed class ErrorTailTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("\n\n", "")]
    [InlineData("starting\nERROR: *** no cameras available ***\n\n", "ERROR: *** no cameras available ***")]
    [InlineData("#1 (15 fps)\r#2 (15 fps)\rhalf a li", "half a li")]
    [InlineData("\u001b[1;31mred\u001b[0m\n", "[1;31mred[0m")]
    public void TheLastLineWithTextIsKept(string written, string line) => Assert.Equal(line, Of(written, 3));

    [Fact]
    public void TextIsKeptTheSameInAnyPieces() => Gen.Select(Gen.String[Gen.Char["ab \n\r"], 0, 60], Gen.Int[1, 9]).Sample((text, piece) =>
        Assert.Equal(text.Split('\n', '\r').Select(line => line.Trim()).LastOrDefault(line => line.Length > 0) ?? "", Of(text, piece)));

    [Fact]
    public void AFloodOfOneLineIsCut() => Assert.Equal(ErrorTail.MaxLength, Of(new string('x', 100_000), 4096).Length);

    private static string Of(string written, int piece)
    {
        ErrorTail words = new();
        foreach (byte[] bytes in Encoding.UTF8.GetBytes(written).Chunk(piece))
            words.Add(bytes);
        words.EndLine();
        return words.Line;
    }
}
