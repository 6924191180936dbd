using static DoorAgent.Tests.Decisions.SomeDecisionOptions;

namespace DoorAgent.Tests.Decisions;

public sealed class PossibleAgreementTests
{
    public static TheoryData<string, string, Action<object>> Refused => new()
    {
        { "MinSpan is 3 s and Decisions:AttemptTimeout is 2 s: an attempt would end before its frames can span this time, and nobody would "
            + "ever be let in.",
            "Set AttemptTimeout to more than 3 s, or MinSpan to less than 2 s.",
                Set(options => (options.MinSpan, options.AttemptTimeout, options.FrameWindow) = (Seconds(3), Seconds(2), 20)) },
        { "MinSpan is 2.9 s and Decisions:IdentificationTimeout is 2 s:", "Set IdentificationTimeout to more than 2.9 s",
            Set(options => (options.Mode, options.MinSpan, options.IdentificationTimeout, options.FrameWindow,
                options.MaxUsableFrames) = ("face-only", Seconds(2.9), Seconds(2), 20, 50)) },
        { "MinSpan is 2 s and Decisions:AttemptTimeout is 2 s:", "more than 2 s",
            Set(options => (options.MinSpan, options.AttemptTimeout, options.FrameWindow) = (Seconds(2), Seconds(2), 20)) },
        { "MinFrameInterval is 900 ms and Decisions:AttemptTimeout is 2 s: the 4 frames that must agree span 2.7 s",
            "Set AttemptTimeout to more than that, or MinFrameInterval to less.",
            Set(options => (options.AttemptTimeout, options.MinFrameInterval, options.FramesToAgree) = (Seconds(2), Seconds(0.9), 4)) },
        { "MinFrameInterval is 1.5 s and Decisions:AttemptTimeout is 3 s: the 3 frames that must agree span 3 s", "to more than that",
            Set(options => (options.AttemptTimeout, options.MinFrameInterval, options.MinSpan, options.FramesToAgree,
                options.MaxGap) = (Seconds(3), Seconds(1.5), Seconds(2), 1, Seconds(2))) },
        { "FramesToAgree is 6 and Decisions:FrameWindow is 5:", "Set FrameWindow to 6 or more.",
            Set(options => options.FramesToAgree = 6) },
        { "FramesToAgree is 4 and Decisions:MaxUsableFrames is 3:", "Set MaxUsableFrames to 4 or more.",
            Set(options => (options.FramesToAgree, options.MaxUsableFrames) = (4, 3)) },
        { "MinSpan is 700 ms and Decisions:MinFrameInterval is 150 ms: the 5 frames kept of a fast camera span 600 ms at most",
            "FrameWindow (5)", Set(options => options.MinSpan = Seconds(0.7)) },
        { "MinSpan is 500 ms and Decisions:MinFrameInterval is 150 ms: the 4 frames", "or less",
            Set(options => (options.MinSpan, options.MaxUsableFrames) = (Seconds(0.5), 4)) },
        { "MinFrameInterval is 1.5 s and Decisions:MaxGap is 1 s:", "Set MaxGap to more than 1.5 s.",
            Set(options => options.MinFrameInterval = Seconds(1.5)) },
        { "MinFrameInterval is 1 s and Decisions:MaxGap is 1 s:", "Set MaxGap to more than 1 s.",
            Set(options => options.MinFrameInterval = Seconds(1)) },
        { "MinFrameInterval is 600 ms and Decisions:Mode is face-only:", "Set MinFrameInterval to 500 ms or less.",
            Set(options => (options.Mode, options.MinFrameInterval) = ("face-only", Seconds(0.6))) },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void TwoValuesUnderWhichNobodyCouldEnterAreNamedWithWhatToChange(string begins, string change, Action<object> set) =>
        Assert.Contains(Errors(set), error => error.StartsWith($"Decisions:{begins}", StringComparison.Ordinal)
            && error.Contains(change, StringComparison.Ordinal));

    public static TheoryData<string, Action<object>> Sound => new()
    {
        { "a time-out of the other mode does not matter", Set(options => (options.MinSpan, options.FrameWindow, options.MaxUsableFrames,
            options.IdentificationTimeout) = (Seconds(2.8), 20, 20, Seconds(2))) },
        { "nor either where a badge alone opens", Set(options =>
            (options.Mode, options.IKnowBadgesCanBeCopied, options.MinSpan, options.FrameWindow, options.MaxUsableFrames,
                options.AttemptTimeout)
                = ("badge-only", true, Seconds(2.8), 20, 20, Seconds(2))) },
        { "one frame is enough, and has no gap", Set(options => (options.FramesToAgree, options.MinSpan, options.MinFrameInterval,
            options.MaxGap) = (1, TimeSpan.Zero, Seconds(1), Seconds(1))) },
        { "just in time", Set(options => (options.MinSpan, options.FrameWindow, options.MinFrameInterval,
            options.AttemptTimeout) = (Seconds(1.8), 20, Seconds(0.2), Seconds(2))) },
        { "no least interval", Set(options => (options.MinFrameInterval, options.MinSpan) = (TimeSpan.Zero, TimeSpan.Zero)) },
        { "a window that is just long enough", Set(options => (options.FrameWindow, options.MinSpan) = (3, Seconds(0.3))) },
    };

    [Theory]
    [MemberData(nameof(Sound))]
    public void SettingsUnderWhichSomebodyCanEnterHold(string why, Action<object> set) => Assert.True(Errors(set) is [], why);
}
