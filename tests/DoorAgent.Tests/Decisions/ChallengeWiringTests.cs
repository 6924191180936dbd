using DoorAgent.Decisions;
using DoorAgent.Hardware;
using DoorAgent.Liveness;

namespace DoorAgent.Tests.Decisions;

public sealed class ChallengeWiringTests
{
    [Theory]
    [InlineData("face-only", "face-only", true)]
    [InlineData("face-only", "badge-or-face", true)]
    [InlineData("face-only", "badge-and-face", false)]
    [InlineData("face-only", "badge-only", false)]
    [InlineData("always", "badge-and-face", true)]
    [InlineData("doubt", "badge-and-face", true)]
    [InlineData("always", "badge-only", false)]
    [InlineData("off", "face-only", false)]
    public void ATurnIsAskedForWhereSettingAndModeSaySo(string challenge, string mode, bool asks)
    {
        DecisionOptions decisions = new() { Mode = mode };

        Assert.Equal(asks, ChallengeWiring.Asks(decisions, new LivenessOptions { Challenge = challenge }));
        Assert.False(ChallengeWiring.Asks(decisions, new LivenessOptions { Challenge = challenge, Mode = LivenessOptions.Off }));
        LivenessOptions liveness = new() { Challenge = challenge };
        Assert.Equal(asks, ChallengeWiring.RefusalOf(decisions, liveness, new HardwareOptions()) is not null);
    }

    [Fact]
    public void LightsOrADisplayCanShowTheDirectionAndABuzzerCannot()
    {
        Assert.Null(Refusal(new HardwareOptions { Green = 5 }));
        Assert.Null(Refusal(new HardwareOptions { LeftLight = 5, RightLight = 6 }));
        Assert.Null(Refusal(new HardwareOptions { Display = "ssd1306@/dev/i2c-1" }));
        Assert.NotNull(Refusal(new HardwareOptions { Red = 5, Buzzer = 6, Display = "none" }));
    }

    [Fact]
    public void TheRefusalSaysWhatToWire()
    {
        string? refusal = Refusal(new HardwareOptions());

        Assert.Contains("Hardware:LeftLight, Hardware:RightLight", refusal, StringComparison.Ordinal);
        Assert.Contains("Hardware:Green", refusal, StringComparison.Ordinal);
        Assert.Contains("Hardware:Display", refusal, StringComparison.Ordinal);
    }

    private static string? Refusal(HardwareOptions hardware) =>
        ChallengeWiring.RefusalOf(new DecisionOptions { Mode = "face-only" }, new LivenessOptions(), hardware);
}
