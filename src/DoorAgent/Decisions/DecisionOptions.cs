using DoorAgent.Hardware.Settings;
using DoorAgent.Schedules;

namespace DoorAgent.Decisions;

/// <summary>How an attempt is decided (behaviour.md, section 2).</summary>
internal sealed class DecisionOptions : ICheckedOptions
{
    private const string PinOff = "off";
    private const string PinRequired = "required";

    public static string Section => "Decisions";

    /// <value>badge-and-face (default), face-only; badge-or-face and badge-only only with <see cref="IKnowBadgesCanBeCopied"/>.</value>
    public string Mode { get; set; } = "badge-and-face";

    /// <value>Must be true for a mode in which a badge alone opens; default false.</value>
    public bool IKnowBadgesCanBeCopied { get; set; }

    /// <value>off (default), or required: after the badge, and before the face, the badge's owner types their PIN and #.</value>
    public string Pin { get; set; } = PinOff;

    /// <value>From the badge to the end of the PIN; 5 to 60 s, default 15 s.</value>
    public TimeSpan PinTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <value>Longest time between two keys of one entry, what came before is forgotten; 1 to 30 s, default 5 s.</value>
    public TimeSpan KeyTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <value>From the badge to the denial; 2 to 60 s, default 10 s.</value>
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <value>The same for an attempt without a badge; 2 to 60 s, default 5 s.</value>
    public TimeSpan IdentificationTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <value>How many of the last <see cref="FrameWindow"/> usable frames must match; 1 to 10, default 3.</value>
    public int FramesToAgree { get; set; } = 3;

    /// <value>1 to 20 usable frames, default 5.</value>
    public int FrameWindow { get; set; } = 5;

    /// <value>Least time between the first and the last agreeing frame; 0 to 3 s, default 300 ms.</value>
    public TimeSpan MinSpan { get; set; } = TimeSpan.FromMilliseconds(300);

    /// <value>Least time between two usable frames, faster ones are not looked at; 0 to 2 s, default 150 ms.</value>
    public TimeSpan MinFrameInterval { get; set; } = TimeSpan.FromMilliseconds(150);

    /// <value>Longest time between two usable frames of one face; 0.3 to 10 s, default 1 s.</value>
    public TimeSpan MaxGap { get; set; } = TimeSpan.FromSeconds(1);

    /// <value>Comparisons an attempt may take; 3 to 100, default 15.</value>
    public int MaxUsableFrames { get; set; } = 15;

    /// <value>How old a frame may be when it is taken up; 100 to 2,000 ms, default 500 ms.</value>
    public TimeSpan MaxFrameAge { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <value>Identification: no face for this long arms it again; 0 to 60 s, default 2 s.</value>
    public TimeSpan RearmWithoutFace { get; set; } = TimeSpan.FromSeconds(2);

    /// <value>Identification: this long after a denial it is armed again, face or not; 0 to 60 s, default 10 s.</value>
    public TimeSpan RearmAfterDenial { get; set; } = TimeSpan.FromSeconds(10);

    /// <value>A badge read again this soon after its last read is the same read; 0 to 10 s, default 2 s.</value>
    public TimeSpan RepeatedRead { get; set; } = TimeSpan.FromSeconds(2);

    /// <value>Longest wait of a locked-out person; 1 to 60 min, default 15 min.</value>
    public TimeSpan LockoutCap { get; set; } = TimeSpan.FromMinutes(15);

    /// <value>Where the door is, an IANA name such as Europe/Berlin: schedules and dates are read in its local time. Default the system's.</value>
    [Unset("the system's")]
    public string? TimeZone { get; set; }

    /// <summary>The door's zone, once it has been checked; the clock's own where none is named.</summary>
    public TimeZoneInfo ZoneBy(TimeProvider time) => Zone ?? time.LocalTimeZone;

    /// <summary>Why nobody knows in which zone hours are to be read; null where it is known. A clock of its own has a zone of its own.</summary>
    public string? ZoneProblemBy(TimeProvider time) => TimeZone is null && time == TimeProvider.System ? SystemZone.Here.Problem : null;

    /// <summary>The mode, once it has been checked.</summary>
    public AccessMode AccessMode => AccessModes.Find(Mode) ?? AccessMode.BadgeAndFace;

    /// <summary>Whether a badge is followed by its owner's PIN.</summary>
    public bool NeedsPin => Pin == PinRequired;

    public void Check(OptionErrors errors)
    {
        errors.Require(AccessModes.Find(Mode) is not null, nameof(Mode), Mode, AccessModes.Words);
        errors.Require(!AccessMode.OpensForBadgeAlone() || IKnowBadgesCanBeCopied, nameof(Mode), Mode,
            "badge-and-face or face-only; where a badge alone opens, whoever copies one comes in: set "
            + $"{Section}:{nameof(IKnowBadgesCanBeCopied)} to true if that is accepted");
        errors.Require(Pin is PinOff or PinRequired, nameof(Pin), Pin, $"{PinOff}, {PinRequired}");
        errors.Require(!NeedsPin || AccessMode != AccessMode.FaceOnly, nameof(Pin), Pin, $"{PinOff} in the mode {Mode}: a PIN is asked for after a badge");
        errors.Range(nameof(PinTimeout), PinTimeout, Seconds(5), Seconds(60));
        errors.Range(nameof(KeyTimeout), KeyTimeout, Seconds(1), Seconds(30));
        errors.Range(nameof(AttemptTimeout), AttemptTimeout, Seconds(2), Seconds(60));
        errors.Range(nameof(IdentificationTimeout), IdentificationTimeout, Seconds(2), Seconds(60));
        errors.Range(nameof(FramesToAgree), FramesToAgree, 1, 10);
        errors.Range(nameof(FrameWindow), FrameWindow, 1, 20);
        errors.Range(nameof(MinSpan), MinSpan, TimeSpan.Zero, Seconds(3));
        errors.Range(nameof(MinFrameInterval), MinFrameInterval, TimeSpan.Zero, Seconds(2));
        errors.Range(nameof(MaxGap), MaxGap, Seconds(0.3), Seconds(10));
        errors.Range(nameof(MaxUsableFrames), MaxUsableFrames, 3, 100);
        errors.Range(nameof(MaxFrameAge), MaxFrameAge, Seconds(0.1), Seconds(2));
        errors.Range(nameof(RearmWithoutFace), RearmWithoutFace, TimeSpan.Zero, Seconds(60));
        errors.Range(nameof(RearmAfterDenial), RearmAfterDenial, TimeSpan.Zero, Seconds(60));
        errors.Range(nameof(RepeatedRead), RepeatedRead, TimeSpan.Zero, Seconds(10));
        errors.Range(nameof(LockoutCap), LockoutCap, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(60));
        if (TimeZone is not null && Zone is null)
            errors.Refuse(nameof(TimeZone), TimeZone, TimeZones.Unknown(TimeZone));
        if (errors.Messages.Count == 0)
            PossibleAgreement.Check(this, errors);
    }

    private TimeZoneInfo? Zone => TimeZone is null ? null : TimeZones.Find(TimeZone);

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);
}
