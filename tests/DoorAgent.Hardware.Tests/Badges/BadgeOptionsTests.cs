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

    private static IReadOnlyList<string> Errors(BadgeOptions options)
    {
        OptionErrors errors = new(BadgeOptions.Section);
        options.Check(errors);
        return errors.Messages;
    }
}
