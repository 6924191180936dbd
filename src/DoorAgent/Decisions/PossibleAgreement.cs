using DoorAgent.Hardware.Settings;

namespace DoorAgent.Decisions;

/// <summary>Refuses settings under which no face could ever open the door: compares every timeout with the time that the frames
/// need.</summary>
internal static class PossibleAgreement
{
    private const string Nobody = "nobody would ever be let in";

    /// <summary>Reports each pair of values that contradict each other.</summary>
    /// <param name="options">Values within their ranges.</param>
    /// <param name="errors">Collects the errors.</param>
    public static void Check(DecisionOptions options, OptionErrors errors)
    {
        CheckNumbers(options, errors);
        CheckGaps(options, errors);
        if (options.AccessMode == AccessMode.BadgeAndFace)
            CheckTime(options, errors, (nameof(options.AttemptTimeout), options.AttemptTimeout));
        if (options.AccessMode.Identifies())
            CheckTime(options, errors, (nameof(options.IdentificationTimeout), options.IdentificationTimeout));
    }

    private static void CheckNumbers(DecisionOptions options, OptionErrors errors)
    {
        (string Key, object Value) wanted = (nameof(options.FramesToAgree), options.FramesToAgree);
        if (options.FramesToAgree > options.FrameWindow)
            errors.Clash(wanted, (nameof(options.FrameWindow), options.FrameWindow), $"more frames must match than are kept, and {Nobody}",
                $"Set {nameof(options.FrameWindow)} to {options.FramesToAgree} or more.");
        if (options.FramesToAgree > options.MaxUsableFrames)
            errors.Clash(wanted, (nameof(options.MaxUsableFrames), options.MaxUsableFrames),
                $"more frames must match than an attempt compares, and {Nobody}",
                    $"Set {nameof(options.MaxUsableFrames)} to {options.FramesToAgree} or more.");
    }

    private static void CheckGaps(DecisionOptions options, OptionErrors errors)
    {
        (string Key, object Value) interval = (nameof(options.MinFrameInterval), options.MinFrameInterval);
        // No two frames come exactly at the interval: the next one is always a little later.
        if (options.MinFrameInterval >= options.MaxGap && (options.FramesToAgree > 1 || options.AccessMode.Identifies()))
            errors.Clash(interval, (nameof(options.MaxGap), options.MaxGap), $"no two frames would count as one face, and {Nobody}",
                $"Set {nameof(options.MaxGap)} to more than {SettingText.Of(options.MinFrameInterval)}.");
        int kept = Math.Min(options.FrameWindow, options.MaxUsableFrames);
        if ((kept - 1) * options.MinFrameInterval < options.MinSpan)
            errors.Clash((nameof(options.MinSpan), options.MinSpan), interval,
                $"the {kept} frames kept of a fast camera span {SettingText.Of((kept - 1) * options.MinFrameInterval)} at most, "
                    + $"and {Nobody}",
                $"Set {nameof(options.MinSpan)} to that or less, "
                    + $"or {nameof(options.FrameWindow)} ({options.FrameWindow}) or {interval.Key} to more.");
        TimeSpan longest = FrameRule.FaceIsGoneAfter / 2;
        if (options.AccessMode.Identifies() && options.MinFrameInterval > longest)
            errors.Clash(interval, (nameof(options.Mode), options.Mode),
                $"where a face alone opens, every face would count as gone between two frames, and {Nobody} by it",
                    $"Set {interval.Key} to {SettingText.Of(longest)} or less.");
    }

    /// <summary>Checks that the frames that must agree, at the least interval, come before the attempt ends.</summary>
    private static void CheckTime(DecisionOptions options, OptionErrors errors, (string Key, TimeSpan Value) timeout)
    {
        if (options.MinSpan >= timeout.Value)
        {
            errors.Clash((nameof(options.MinSpan), options.MinSpan), timeout,
                $"an attempt would end before its frames can span this time, and {Nobody}",
                $"Set {timeout.Key} to more than {SettingText.Of(options.MinSpan)}, or "
                + $"{nameof(options.MinSpan)} to less than {SettingText.Of(timeout.Value)}.");
            return;
        }

        TimeSpan interval = options.MinFrameInterval;
        int gaps = Math.Max(options.FramesToAgree - 1, interval > TimeSpan.Zero ? (int)Math.Ceiling(options.MinSpan / interval) : 0);
        if (gaps * interval >= timeout.Value)
            errors.Clash((nameof(options.MinFrameInterval), interval), timeout,
                $"the {gaps + 1} frames that must agree span {SettingText.Of(gaps * interval)}, an attempt would end before, and {Nobody}",
                $"Set {timeout.Key} to more than that, or {nameof(options.MinFrameInterval)} to less.");
    }
}
