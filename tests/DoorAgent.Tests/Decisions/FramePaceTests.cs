using DoorAgent.Decisions;
using DoorAgent.Liveness;

namespace DoorAgent.Tests.Decisions;

public sealed class FramePaceTests
{
    [Theory]
    [InlineData(0, false)]
    [InlineData(0.9, false)]
    [InlineData(1, false)]
    [InlineData(1.01, true)]
    [InlineData(5, true)]
    [InlineData(60, true)]
    public void MoreThanOneFrameASecondIsNeededByDefault(double rate, bool suffices) =>
        Assert.Equal(suffices, FramePace.Suffices(rate, new DecisionOptions()));

    [Fact]
    public void TheTimeOfAnAttemptNeedsFramesToo()
    {
        DecisionOptions options = new() { FramesToAgree = 5, AttemptTimeout = TimeSpan.FromSeconds(2) };
        Assert.False(FramePace.Suffices(2.4, options));
        Assert.True(FramePace.Suffices(2.6, options));
        Assert.Contains("more than 2.5 are needed", FramePace.Words(2.4, options), StringComparison.Ordinal);
    }

    /// <summary>Of frames every 0.6 s the rules take every second one, and 1.2 s are too far apart.</summary>
    [Fact]
    public void AFrameThatComesTooSoonIsLeftOut()
    {
        DecisionOptions options = new() { MinFrameInterval = TimeSpan.FromSeconds(0.9) };
        Assert.False(FramePace.Suffices(1 / 0.6, options));
        Assert.True(FramePace.Suffices(1 / 0.46, options));
    }

    [Fact]
    public void TheIntervalOfFramesMustNotLetAFaceCountAsGone()
    {
        DecisionOptions options = new() { MaxGap = TimeSpan.FromSeconds(3) };
        Assert.True(FramePace.Suffices(0.9, options));
        options.Mode = "face-only";
        Assert.False(FramePace.Suffices(0.9, options));
    }

    /// <summary>Two frames of one turn are at most half a second apart.</summary>
    [Theory]
    [InlineData("face-only", "face-only", 2, false)]
    [InlineData("face-only", "face-only", 2.1, true)]
    [InlineData("face-only", "off", 1.5, true)]
    [InlineData("badge-and-face", "face-only", 1.5, true)]
    [InlineData("badge-and-face", "always", 1.5, false)]
    public void ATurnOfTheHeadNeedsMoreThanTwoFramesASecond(string mode, string challenge, double rate, bool suffices)
    {
        DecisionOptions options = new() { Mode = mode };
        LivenessOptions liveness = new() { Challenge = challenge };
        Assert.Equal(suffices, FramePace.Suffices(rate, options, liveness));
        Assert.Contains(challenge == "off" || (mode, challenge) == ("badge-and-face", "face-only") ? "more than 1.0" : "more than 2.0",
            FramePace.Words(rate, options, liveness), StringComparison.Ordinal);
    }

    [Fact]
    public void TheIntervalOfComparedFramesIsNotThatOfATurn() => Assert.True(FramePace.Suffices(5,
        new DecisionOptions { Mode = "face-only", MinFrameInterval = TimeSpan.FromSeconds(0.6) }, new LivenessOptions()));

    [Fact]
    public void WithoutFacesNoCameraIsTooSlow() =>
        Assert.True(FramePace.Suffices(0, new DecisionOptions { Mode = "badge-only", IKnowBadgesCanBeCopied = true }));
}
