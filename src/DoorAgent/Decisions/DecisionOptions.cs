using DoorAgent.Hardware.Settings;
using DoorAgent.Schedules;

namespace DoorAgent.Decisions;

/// <summary>The settings of the access policy (behaviour.md, section 2).</summary>
internal sealed class DecisionOptions : ICheckedOptions
{
    private const string PinOff = "off";
    private const string PinRequired = "required";

    public static string Section => "Decisions";

    [Setting("What a person must present. badge-or-face and badge-only require `IKnowBadgesCanBeCopied`.")]
    [OneOf(AccessModes.BadgeAndFace, AccessModes.FaceOnly, AccessModes.BadgeOrFace, AccessModes.BadgeOnly)]
    public string Mode { get; set; } = AccessModes.BadgeAndFace;

    [Setting("Must be true for a mode in which a badge alone opens.")]
    public bool IKnowBadgesCanBeCopied { get; set; }

    [Setting("Accepts a real door that a face alone opens without the liveness networks or without a turn of the head.")]
    public bool IKnowPicturesOpenThisDoor { get; set; }

    [Setting("Whether the badge's owner types their PIN and #, after the badge and before the face."), OneOf(PinOff, PinRequired)]
    public string Pin { get; set; } = PinOff;

    [Setting("How long it may take from the badge to the end of the PIN."), Range("5 s", "60 s")]
    public TimeSpan PinTimeout { get; set; } = TimeSpan.FromSeconds(15);

    [Setting("The longest time between two keys of one entry; after a longer pause the earlier keys are discarded."), Range("1 s", "30 s")]
    public TimeSpan KeyTimeout { get; set; } = TimeSpan.FromSeconds(5);

    [Setting("How long it may take from the badge to the denial."), Range("2 s", "60 s")]
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromSeconds(10);

    [Setting("How long an attempt without a badge may take to its denial."), Range("2 s", "60 s")]
    public TimeSpan IdentificationTimeout { get; set; } = TimeSpan.FromSeconds(5);

    [Setting("How many of the last `FrameWindow` usable frames must match."), Range(1, 10)]
    public int FramesToAgree { get; set; } = 3;

    [Setting("How many usable frames are kept for `FramesToAgree`.", IsAdvanced = true), Range(1, 20)]
    public int FrameWindow { get; set; } = 5;

    [Setting("The least time between the first and the last agreeing frame.", IsAdvanced = true), Range("0 s", "3 s")]
    public TimeSpan MinSpan { get; set; } = TimeSpan.FromMilliseconds(300);

    [Setting("The least time between two usable frames; faster ones are skipped.", IsAdvanced = true), Range("0 s", "2 s")]
    public TimeSpan MinFrameInterval { get; set; } = TimeSpan.FromMilliseconds(150);

    [Setting("The longest time between two usable frames of one face.", IsAdvanced = true), Range("300 ms", "10 s")]
    public TimeSpan MaxGap { get; set; } = TimeSpan.FromSeconds(1);

    [Setting("How many comparisons an attempt may take.", IsAdvanced = true), Range(3, 100)]
    public int MaxUsableFrames { get; set; } = 15;

    [Setting("The greatest age of a frame that is used.", IsAdvanced = true), Range("100 ms", "2 s")]
    public TimeSpan MaxFrameAge { get; set; } = TimeSpan.FromMilliseconds(500);

    [Setting("Identification: the time without a face after which it is armed again."), Range("0 s", "60 s")]
    public TimeSpan RearmWithoutFace { get; set; } = TimeSpan.FromSeconds(2);

    [Setting("Identification: how long after a denial it is armed again, with or without a face."), Range("0 s", "60 s")]
    public TimeSpan RearmAfterDenial { get; set; } = TimeSpan.FromSeconds(10);

    [Setting("A badge that is read again this soon after its last read is the same read."), Range("0 s", "10 s")]
    public TimeSpan RepeatedRead { get; set; } = TimeSpan.FromSeconds(2);

    [Setting("How many failures of a person within `LockoutWindow` lock that person out."), Range(1, 10)]
    public int LockoutFailures { get; set; } = 3;

    [Setting("How long a failure of a person counts towards `LockoutFailures`."), Range("1 min", "60 min")]
    public TimeSpan LockoutWindow { get; set; } = TimeSpan.FromMinutes(10);

    [Setting("The longest wait of a person who is locked out. The first wait is 30 s, each further one twice as long.")]
    [Range("1 min", "60 min")]
    public TimeSpan LockoutCap { get; set; } = TimeSpan.FromMinutes(15);

    [Setting("The hours in which everybody is let in only together with a second person; people marked with 'people two-person' need one at any "
        + "time.", Form = "a name in section Schedules, or always"), Unset("never")]
    public string? TwoPersonHours { get; set; }

    [Setting("How soon after a person the second of two, or a host's visitor, must follow."), Range("5 s", "60 s")]
    public TimeSpan TogetherWithin { get; set; } = TimeSpan.FromSeconds(15);

    [Setting("How long a person who was let in is denied as `Passback`, so that nobody passes the badge back to another person. 0 s: never.")]
    [Range("0 s", "60 min")]
    public TimeSpan AntiPassback { get; set; }

    [Setting("What happens when a person who is inside wants to enter again. soft: the person is let in, with an alarm; hard: denied as "
        + "`Passback` until seen at the exit reader. Both need `Badges:ExitReader`.")]
    public PassbackMode Passback { get; set; }

    [Setting("Where the door is: schedules and dates are read in its local time. The system's zone must be one that .NET reads (a name or "
        + "file in TZ, no rule) wherever hours or dates are in force.", Form = "an IANA name such as Europe/Berlin")]
    [Unset("the system's")]
    public string? TimeZone { get; set; }

    /// <summary>Returns the door's checked time zone; the clock's zone where none is configured.</summary>
    public TimeZoneInfo ZoneBy(TimeProvider time) => Zone ?? time.LocalTimeZone;

    /// <summary>Returns why the time zone of the hours is unknown; null where it is known. A clock other than the system's has its own
    /// zone.</summary>
    public string? ZoneProblemBy(TimeProvider time) => TimeZone is null && time == TimeProvider.System ? SystemZone.Here.Problem : null;

    /// <summary>The checked mode.</summary>
    public AccessMode AccessMode => AccessModes.Find(Mode) ?? AccessMode.BadgeAndFace;

    /// <summary>Whether the owner of a badge must type the PIN.</summary>
    public bool NeedsPin => Pin == PinRequired;

    public void Check(OptionErrors errors)
    {
        errors.Require(!AccessMode.OpensForBadgeAlone() || IKnowBadgesCanBeCopied, nameof(Mode), Mode,
            "badge-and-face or face-only; where a badge alone opens, anybody who copies one comes in: set "
            + $"{Section}:{nameof(IKnowBadgesCanBeCopied)} to true if that is accepted");
        errors.Require(!NeedsPin || AccessMode != AccessMode.FaceOnly, nameof(Pin), Pin,
            $"{PinOff} in the mode {Mode}: a PIN is asked for after a badge");
        if (TimeZone is not null && Zone is null)
            errors.Refuse(nameof(TimeZone), TimeZone, TimeZones.Unknown(TimeZone));
        if (errors.Messages.Count == 0)
            PossibleAgreement.Check(this, errors);
    }

    private TimeZoneInfo? Zone => TimeZone is null ? null : TimeZones.Find(TimeZone);
}
