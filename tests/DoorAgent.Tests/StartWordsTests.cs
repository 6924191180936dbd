using DoorAgent.Decisions;
using DoorAgent.Hardware.Badges;

namespace DoorAgent.Tests;

public sealed class StartWordsTests
{
    [Theory]
    [InlineData("badge-and-face", true, "door-encoder")]
    [InlineData("face-only", true, "door-encoder")]
    [InlineData("badge-and-face", false, "mobilefacenet")]
    public void ADoorAsItShouldBeHasNoWarning(string mode, bool isSimulated, string encoder) => Assert.Empty(Warnings(mode, isSimulated, encoder));

    [Theory]
    [InlineData("badge-only")]
    [InlineData("badge-or-face")]
    public void WhereABadgeAloneOpensItIsAWarning(string mode) =>
        Assert.StartsWith($"in mode {mode} a badge alone opens", Assert.Single(Warnings(mode, true, "door-encoder")), StringComparison.Ordinal);

    [Fact]
    public void TheBuiltInEncoderAtARealDoorIsAWarningOfItsOwn()
    {
        IEnumerable<string> warnings = Warnings("badge-only", false, "door-encoder");
        Assert.Equal(2, warnings.Count());
        Assert.Contains("dooragent models import", warnings.Last(), StringComparison.Ordinal);
    }

    private static IEnumerable<string> Warnings(string mode, bool isSimulated, string encoder) =>
        StartWords.WarningsOf(isSimulated, new DecisionOptions { Mode = mode, IKnowBadgesCanBeCopied = true }, new BadgeOptions(), encoder);
}
