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
    public void PrintsOnlyFormatAndLastDigits(string number, string hint)
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
    public void WhatIsNoNumberIsRefusedWithTheForm(string text)
    {
        Assert.Null(Badge.TryParse(text));
        Assert.Contains("H10301:123:4567", Assert.Throws<FormatException>(() => Badge.Parse(text)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TheFormatIsPartOfTheNumber() => Assert.NotEqual(Badge.Parse("H10301:1:1"), Badge.Parse("H10306:1:1"));
}
