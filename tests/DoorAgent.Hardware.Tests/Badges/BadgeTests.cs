using DoorAgent.Hardware.Badges;

namespace DoorAgent.Hardware.Tests.Badges;

public sealed class BadgeTests
{
    [Theory]
    [InlineData("H10301:123:4567", "H10301 ...67")]
    [InlineData("H10302::123456789", "H10302 ...89")]
    [InlineData("H10301:12:7", "H10301 ...7")]
    [InlineData("H10302::7", "H10302 ...7")]
    [InlineData("UID:62B43423", "UID ...23")]
    public void ABadgePrintsOnlyItsFormatAndLastDigits(string number, string hint)
    {
        Badge badge = Badge.Parse(number);
        Assert.Equal(number, badge.Number);
        Assert.Equal(hint, badge.Hint);
        Assert.Equal(hint, $"{badge}");
    }

    [Theory]
    [InlineData("")]
    [InlineData("4567")]
    [InlineData("H10301:0123:4567")]
    [InlineData("H10301:123:04567")]
    [InlineData("H10301:123:4567 ")]
    [InlineData("H10301:-1:4567")]
    [InlineData("UID:62b43423")]
    [InlineData("UID:62B4342")]
    [InlineData("UID:1:2")]
    public void AnInvalidNumberIsRefusedWithTheForm(string text)
    {
        Assert.Null(Badge.TryParse(text));
        Assert.Contains("H10301:123:4567", Assert.Throws<FormatException>(() => Badge.Parse(text)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(" h10301:1:5 ", "H10301:1:5")]
    [InlineData("c1K35S:1:5", "C1k35s:1:5")]
    [InlineData("uid:62b43423", "UID:62B43423")]
    [InlineData("Custom:1:5", "Custom:1:5")]
    [InlineData("h10301:01:5", null)]
    [InlineData("123,04567", null)]
    public void PeopleMayWriteANumberInEitherCaseWithSurroundingBlanks(string text, string? number) =>
        Assert.Equal(number, Badge.TryRead(text)?.Number);

    [Fact]
    public void TheFormatIsPartOfTheNumber() => Assert.NotEqual(Badge.Parse("H10301:1:1"), Badge.Parse("H10306:1:1"));
}
