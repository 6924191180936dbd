using DoorAgent.Hardware.Badges;
using DoorAgent.Hardware.Settings;

namespace DoorAgent.Hardware.Tests.Badges;

public sealed class BadgeOptionsTests
{
    [Fact]
    public void WithoutASettingItReads26Bits()
    {
        BadgeOptions options = new();
        Assert.Empty(Errors(options));
        Assert.Equal("H10301", Assert.Single(options.Layouts).Name);
    }

    [Fact]
    public void TwoLayoutsOfOneLengthAreRefused() =>
        Assert.Contains("37 bits", Assert.Single(Errors(new BadgeOptions { Formats = ["H10302", "H10304"] })), StringComparison.Ordinal);

    [Fact]
    public void AnUnknownLayoutIsRefusedWithTheKnownOnes() =>
        Assert.Contains("C1k35s", Assert.Single(Errors(new BadgeOptions { Formats = ["H10310"] })), StringComparison.Ordinal);

    [Theory]
    [InlineData(24)]
    [InlineData(51)]
    public void AnEndGapOutsideItsRangeIsRefused(int milliseconds) =>
        Assert.Contains("Badges:EndGap", Assert.Single(Errors(new BadgeOptions { EndGap = TimeSpan.FromMilliseconds(milliseconds) })), StringComparison.Ordinal);

    [Theory]
    [InlineData("none")]
    [InlineData("4-bit")]
    [InlineData("8-bit")]
    public void AKeypadOfAKnownKindIsAccepted(string keypad) => Assert.Empty(Errors(new BadgeOptions { Keypad = keypad }));

    [Fact]
    public void AnotherKeypadIsRefusedWithTheKnownOnes() =>
        Assert.Contains("none, 4-bit, 8-bit", Assert.Single(Errors(new BadgeOptions { Keypad = "6-bit" })), StringComparison.Ordinal);

    [Theory]
    [InlineData("H10301:123")]
    [InlineData("H10302:")]
    public void FormatAndFacilityOfTypedBadgesAreAccepted(string prefix) =>
        Assert.Empty(Errors(new BadgeOptions { Keypad = "4-bit", TypedFormat = prefix }));

    [Theory]
    [InlineData("H10301")]
    [InlineData("H10301:123:4")]
    [InlineData("H10301:007")]
    [InlineData("UID")]
    [InlineData("UID:62")]
    [InlineData("")]
    public void WhatIsNoFormatAndFacilityIsRefused(string prefix) =>
        Assert.Contains("Badges:TypedFormat", Assert.Single(Errors(new BadgeOptions { Keypad = "4-bit", TypedFormat = prefix })), StringComparison.Ordinal);

    [Fact]
    public void WithoutAKeypadThereIsNothingToTypeOn() =>
        Assert.Contains("Badges:Keypad is none", Assert.Single(Errors(new BadgeOptions { TypedFormat = "H10301:123" })), StringComparison.Ordinal);

    private static IReadOnlyList<string> Errors(BadgeOptions options)
    {
        OptionErrors errors = new(BadgeOptions.Section);
        options.Check(errors);
        return errors.Messages;
    }
}
