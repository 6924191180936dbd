using CsCheck;

namespace DoorAgent.Tests;

public sealed class NearestWordTests
{
    [Theory]
    [InlineData("badge", "badge", 0)]
    [InlineData("BADGE", "badge", 0)]
    [InlineData("bagde", "badge", 1)]
    [InlineData("bade", "badge", 1)]
    [InlineData("", "end", 3)]
    [InlineData("door", "relay", 5)]
    public void CountsEdits(string from, string to, int edits) => Assert.Equal(edits, NearestWord.Edits(from, to));

    [Fact]
    public void EditsAreTheSameBothWaysAndNeverMoreThanTheLongerWord() =>
        Gen.Select(Gen.String[Gen.Char["abc"], 0, 6], Gen.String[Gen.Char["abc"], 0, 6]).Sample((one, other) =>
            NearestWord.Edits(one, other) == NearestWord.Edits(other, one) && NearestWord.Edits(one, other) <= Math.Max(one.Length, other.Length));

    [Fact]
    public void AWordOfAnyLengthIsComparedAtOnceAndNearToNothing()
    {
        string endless = new('a', 10_000_000);
        Assert.Equal(endless.Length, NearestWord.Edits(endless, "badge"));
        Assert.Equal(" Known here: badge.", NearestWord.Hint(endless, ["badge"]));
    }

    [Fact]
    public void NamesTheNearestWordOrAllWhenNoneIsNear()
    {
        Assert.Equal(" Did you mean glitch?", NearestWord.Hint("glich", ["badge", "glitch"]));
        Assert.Equal(" Known here: badge, glitch.", NearestWord.Hint("microwave", ["badge", "glitch"]));
        Assert.Equal("", NearestWord.Hint("x", []));
    }
}
