using DoorAgent.Liveness;

namespace DoorAgent.Decisions;

/// <summary>Computes how many frames per second a camera must deliver so that enough frames can agree. Pure.</summary>
internal static class FramePace
{
    /// <summary>Whether a person can be let in at this frame rate; always true where no face is needed.</summary>
    /// <param name="rate">Frames per second.</param>
    /// <param name="options">Checked options.</param>
    /// <param name="liveness">Checked options: a head that turns is followed from frame to frame. Null where none is followed.</param>
    public static bool Suffices(double rate, DecisionOptions options, LivenessOptions? liveness = null)
    {
        if (!options.AccessMode.Identifies() && options.AccessMode.OpensForBadgeAlone())
            return true;
        if (FollowsTurns(options, liveness) && IntervalOf(rate, HeadTurn.LeastInterval) >= HeadTurn.LongestGap)
            return false;
        TimeSpan interval = IntervalOf(rate, options.MinFrameInterval);
        return interval < Longest(options) && FramesNeeded(interval, options) * interval < TimeoutOf(options);
    }

    /// <summary>Describes the rate and the required one.</summary>
    public static string Words(double rate, DecisionOptions options, LivenessOptions? liveness = null)
    {
        double needed = 1 / Longest(options).TotalSeconds;
        if (FollowsTurns(options, liveness))
            needed = Math.Max(needed, 1 / HeadTurn.LongestGap.TotalSeconds);
        return string.Create(System.Globalization.CultureInfo.InvariantCulture,
            $"{rate:0.0} frames/s are too few to compare a face: more than {needed:0.0} are needed");
    }

    private static bool FollowsTurns(DecisionOptions options, LivenessOptions? liveness) =>
        liveness is not null && ChallengeWiring.Asks(options, liveness);

    /// <summary>Returns the time between two frames that are looked at: frames that come sooner than the least interval are
    /// skipped.</summary>
    private static TimeSpan IntervalOf(double rate, TimeSpan least)
    {
        if (!(rate > 0.01))
            return TimeSpan.MaxValue / 1000;
        double seconds = 1 / rate;
        return TimeSpan.FromSeconds(seconds * Math.Max(1, Math.Ceiling(least.TotalSeconds / seconds)));
    }

    /// <summary>Returns the longest interval at which enough frames of one face come in time.</summary>
    private static TimeSpan Longest(DecisionOptions options)
    {
        TimeSpan together = options.AccessMode.Identifies() && FrameRule.FaceIsGoneAfter < options.MaxGap
            ? FrameRule.FaceIsGoneAfter : options.MaxGap;
        TimeSpan inTime = TimeoutOf(options) / options.FramesToAgree;
        return together < inTime ? together : inTime;
    }

    private static double FramesNeeded(TimeSpan interval, DecisionOptions options) =>
        Math.Max(options.FramesToAgree, 1 + Math.Ceiling(options.MinSpan / interval));

    private static TimeSpan TimeoutOf(DecisionOptions options) => options.AccessMode switch
    {
        AccessMode.BadgeAndFace => options.AttemptTimeout,
        _ => options.IdentificationTimeout,
    };
}
