using CsCheck;
using DoorAgent.Settings;

namespace DoorAgent.Tests.Settings;

public sealed class DidYouMeanTests
{
    [Theory]
    [InlineData("badge", "badge", 0)]
    [InlineData("BADGE", "badge", 0)]
    [InlineData("bagde", "badge", 1)]
    [InlineData("bade", "badge", 1)]
    [InlineData("", "end", 3)]
    [InlineData("door", "relay", 5)]
    public void CountsEdits(string from, string to, int edits) => Assert.Equal(edits, DidYouMean.Edits(from, to));

    [Fact]
    public void EditsAreTheSameBothWaysAndNeverMoreThanTheLongerWord() =>
        Gen.Select(Gen.String[Gen.Char["abc"], 0, 6], Gen.String[Gen.Char["abc"], 0, 6]).Sample((one, other) =>
            DidYouMean.Edits(one, other) == DidYouMean.Edits(other, one) && DidYouMean.Edits(one, other) <= Math.Max(one.Length, other.Length));

    [Fact]
    public void AWordOfAnyLengthIsComparedAtOnceAndNearToNothing()
    {
        string endless = new('a', 10_000_000);
        Assert.Equal(endless.Length, DidYouMean.Edits(endless, "badge"));
        Assert.Equal(" Known here: badge.", DidYouMean.Hint(endless, ["badge"]));
    }

    [Fact]
    public void NamesTheNearestWordOrAllWhenNoneIsNear()
    {
        Assert.Equal(" Did you mean glitch?", DidYouMean.Hint("glich", ["badge", "glitch"]));
        Assert.Equal(" Known here: badge, glitch.", DidYouMean.Hint("microwave", ["badge", "glitch"]));
        Assert.Equal("", DidYouMean.Hint("x", []));
    }
}
