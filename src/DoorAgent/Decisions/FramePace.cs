namespace DoorAgent.Decisions;

/// <summary>How many frames a second a camera must give, so that frames can agree at all. Pure.</summary>
internal static class FramePace
{
    /// <summary>Whether somebody can be let in with so many frames a second; always where no face is needed.</summary>
    public static bool Suffices(double rate, DecisionOptions options)
    {
        if (!options.AccessMode.Identifies() && options.AccessMode.OpensForBadgeAlone())
            return true;
        TimeSpan interval = IntervalOf(rate, options.MinFrameInterval);
        return interval < Longest(options) && FramesNeeded(interval, options) * interval < TimeoutOf(options);
    }

    /// <summary>The rate in words, with the one that is needed.</summary>
    public static string Words(double rate, DecisionOptions options) => string.Create(System.Globalization.CultureInfo.InvariantCulture,
        $"{rate:0.0} frames/s are too few to compare a face: more than {1 / Longest(options).TotalSeconds:0.0} are needed");

    /// <summary>From one frame that is looked at to the next: of those that come sooner than the least interval, the first that does not.</summary>
    private static TimeSpan IntervalOf(double rate, TimeSpan least)
    {
        if (!(rate > 0.01))
            return TimeSpan.MaxValue / 1000;
        double seconds = 1 / rate;
        return TimeSpan.FromSeconds(seconds * Math.Max(1, Math.Ceiling(least.TotalSeconds / seconds)));
    }

    /// <summary>The longest interval at which enough frames of one face come in time.</summary>
    private static TimeSpan Longest(DecisionOptions options)
    {
        TimeSpan together = options.AccessMode.Identifies() && FrameRule.FaceIsGoneAfter < options.MaxGap ? FrameRule.FaceIsGoneAfter : options.MaxGap;
        TimeSpan inTime = TimeoutOf(options) / options.FramesToAgree;
        return together < inTime ? together : inTime;
    }

    private static double FramesNeeded(TimeSpan interval, DecisionOptions options) => Math.Max(options.FramesToAgree, 1 + Math.Ceiling(options.MinSpan / interval));

    private static TimeSpan TimeoutOf(DecisionOptions options) => options.AccessMode switch
    {
        AccessMode.BadgeAndFace => options.AttemptTimeout,
        _ => options.IdentificationTimeout,
    };
}
