using DoorAgent.Enrolment;

namespace DoorAgent.Tests.Enrolment;

public sealed class FindingLinesTests
{
    [Fact]
    public void AFewPicturesHaveALineEachInTheirOrder() => Assert.Equal(
        ["+ 0.jpg: ok", "- 1.jpg: no face", "+ 2.jpg: ok"],
        FindingLines.Of([Kept(0), Left(1, "no face"), Kept(2)]));

    [Fact]
    public void FiveHundredPicturesBecomeAFewLinesThatNameThemAll()
    {
        PictureFinding[] findings = [.. Enumerable.Range(0, 500).Select(i => i % 100 == 50 ? Kept(i) : Left(i, "good, but left out"))];
        IReadOnlyList<string> lines = FindingLines.Of(findings);
        Assert.Equal("- 0.jpg to 49.jpg, 51.jpg to 149.jpg, 151.jpg to 249.jpg, 251.jpg to 349.jpg, 351.jpg to 449.jpg, 451.jpg to "
            + "499.jpg (495 pictures): good, but left out", lines[0]);
        Assert.Equal(["+ 50.jpg: ok", "+ 150.jpg: ok", "+ 250.jpg: ok", "+ 350.jpg: ok", "+ 450.jpg: ok"], lines.Skip(1));
    }

    [Fact]
    public void FindingsThatDifferOnlyInANumberBecomeOneLine() => Assert.Equal(
        ["- 0.jpg to 9.jpg (10 pictures): looks like nora (distance 0.300), and the others likewise"],
        FindingLines.Of([.. Enumerable.Range(0, 10).Select(i => Left(i, $"looks like nora (distance 0.30{i})"))]));

    [Fact]
    public void ScatteredPicturesAreCountedAtTheEnd()
    {
        PictureFinding[] findings = [.. Enumerable.Range(0, 1000).Select(i => Left(i, i % 2 == 0 ? "no face" : "blurred"))];
        IReadOnlyList<string> lines = FindingLines.Of(findings);
        Assert.Equal(2, lines.Count);
        Assert.All(lines, line => Assert.InRange(line.Length, 100, 500));
        Assert.Contains(", 58.jpg, and 470 more (500 pictures): no face", lines[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("new\nline.jpg", "new?line.jpg")]
    [InlineData("red\u001b[31m.jpg", "red?[31m.jpg")]
    [InlineData("gpj.\u202Eexe.jpg", "gpj.?exe.jpg")]
    [InlineData("Zo\u00EB \U0001F600.jpg", "Zo\u00EB \U0001F600.jpg")]
    [InlineData("-dash.jpg", "-dash.jpg")]
    public void ANameCannotMoveTheTerminal(string name, string shown) =>
        Assert.Equal($"{shown}: no face", Finding($"/pictures/{name}", PictureVerdict.Unusable, "no face").ToString());

    [Fact]
    public void ALongNameIsShortenedInItsMiddle() =>
        Assert.Equal($"{new string('a', 30)}...{new string('b', 16)}.jpg: ok",
            Finding($"{new string('a', 120)}{new string('b', 100)}.jpg", PictureVerdict.Kept, "ok").ToString());

    private static PictureFinding Kept(int number) => Finding($"{number}.jpg", PictureVerdict.Kept, "ok");

    private static PictureFinding Left(int number, string words) => Finding($"{number}.jpg", PictureVerdict.LeftOut, words);

    private static PictureFinding Finding(string file, PictureVerdict verdict, string words) => new(file, verdict, words);
}
