namespace DoorAgent.Decisions;

/// <summary>The condition under which a face alone may start another attempt.</summary>
internal enum Rearm
{
    IsArmed,
    AfterDenial,
    AfterGrant,

    /// <summary>After the first of two people passed: another face may follow soon.</summary>
    AfterFirstOfTwo,
}

/// <summary>Whether a person stands in front of the camera, for identification. Pure; times are those of the captures.</summary>
internal sealed record Presence
{
    /// <summary>Number of consecutive usable frames that start an identification.</summary>
    public const int FramesToOpen = 3;

    public static Presence Nobody { get; } = new();

    /// <summary>Number of consecutive usable frames.</summary>
    public int InARow { get; init; }

    public TimeSpan LastFace { get; init; } = TimeSpan.MinValue;

    public TimeSpan LastUsable { get; init; } = TimeSpan.MinValue;

    public Rearm Rearm { get; init; }

    /// <summary>Time at which the last attempt ended.</summary>
    public TimeSpan RearmSince { get; init; } = TimeSpan.MinValue;

    /// <summary>Whether no face was present for long enough since <see cref="RearmSince"/>.</summary>
    private bool WasGone { get; init; }

    public Presence With(UsableFrame frame, DecisionOptions options) => (this with
    {
        InARow = Since(LastUsable, frame.CapturedAt) <= options.MaxGap ? InARow + 1 : 1,
        LastUsable = frame.CapturedAt,
    }).WithFaceAt(frame.CapturedAt, options);

    public Presence With(UnusableFrame frame, DecisionOptions options)
    {
        Presence next = InARow == 0 ? this : this with { InARow = 0 };
        return frame is { HasFace: true } && frame.CapturedAt > LastFace ? next.WithFaceAt(frame.CapturedAt, options) : next;
    }

    /// <summary>Whether a face may start an attempt now.</summary>
    public bool IsArmed(TimeSpan now, bool isDoorOpen, DecisionOptions options) => Rearm switch
    {
        Rearm.AfterDenial => WasGone || Since(RearmSince, now) >= options.RearmAfterDenial,
        Rearm.AfterGrant => WasGone && !isDoorOpen,
        Rearm.AfterFirstOfTwo => WasGone || Since(RearmSince, now) >= options.RearmWithoutFace,
        _ => true,
    };

    public Presence After(Rearm rearm, TimeSpan now) =>
        this with { Rearm = rearm, RearmSince = now, InARow = 0, WasGone = false };

    private Presence WithFaceAt(TimeSpan at, DecisionOptions options)
    {
        TimeSpan lastSign = LastFace > RearmSince ? LastFace : RearmSince;
        return this with { LastFace = at, WasGone = WasGone || Since(lastSign, at) >= options.RearmWithoutFace };
    }

    /// <summary>Returns the elapsed time; <see cref="TimeSpan.MinValue"/> is never and does not overflow.</summary>
    private static TimeSpan Since(TimeSpan then, TimeSpan now) => then == TimeSpan.MinValue ? TimeSpan.MaxValue : now - then;
}
