using System.Globalization;
using DoorAgent.Hardware.Settings;

namespace DoorAgent.Liveness;

/// <summary>How the door tells a person from a picture of a person.</summary>
internal sealed class LivenessOptions : ICheckedOptions
{
    /// <summary>The modes: networks and cues, cues alone, or no check.</summary>
    public const string On = "on", Cues = "cues", Off = "off";

    /// <summary>The named degrees of <see cref="Strictness"/>.</summary>
    public const string Normal = "normal", Strict = "strict";

    /// <summary>When a turn of the head is asked for, besides <see cref="Off"/>.</summary>
    public const string FaceOnly = "face-only", Always = "always", Doubt = "doubt";

    /// <summary>The range of a <see cref="Strictness"/> that is a number.</summary>
    public const double MinThreshold = -2, MaxThreshold = 8;

    private const double StrictThreshold = 2, DoubtWidth = 2;

    public static string Section => "Liveness";

    [Setting("What judges whether a face is a person or a picture: networks and cues, the cues alone, or nothing."), OneOf(On, Cues, Off)]
    public string Mode { get; set; } = On;

    [Setting("The least score of a live face: normal is 0, strict is 2; `padreport` measures what a number costs.",
        Form = "normal, strict, or a number from -2 to 8")]
    public string Strictness { get; set; } = Normal;

    [Setting("The least width of a face whose liveness is judged, in pixels; a smaller face is TooSmall."), Range(20, 400)]
    public int MinFaceWidth { get; set; } = 110;

    [Setting("Whether straight edges around the face, as of a sheet or a phone, deny.")]
    public bool EdgesCue { get; set; } = true;

    [Setting("Whether surroundings that move with the face, as a held picture's do, deny.")]
    public bool MotionCue { get; set; } = true;

    [Setting("When a turn of the head is asked for: never, wherever no badge was shown, always, or when the score is less than 2 above the "
        + "threshold.")]
    [OneOf(Off, FaceOnly, Always, Doubt)]
    public string Challenge { get; set; } = FaceOnly;

    /// <summary>Whether faces are checked at all.</summary>
    public bool IsOn => Mode != Off;

    /// <summary>Whether the networks are used where they are at hand.</summary>
    public bool UsesNetworks => Mode == On;

    /// <summary>Whether two challenges are asked for in an attempt instead of one.</summary>
    public bool IsStrict => Strictness == Strict;

    /// <summary>Whether a turn of the head can ever be asked for.</summary>
    public bool MayChallenge => IsOn && Challenge != Off;

    /// <summary>Whether a turn of the head is asked for after a live verdict. A verdict without a score is in doubt.</summary>
    /// <param name="verdict">The verdict.</param>
    /// <param name="hasBadge">Whether the person showed a badge.</param>
    public bool AsksFor(LivenessVerdict verdict, bool hasBadge) => Challenge switch
    {
        Always => true,
        FaceOnly => !hasBadge,
        // The condition is negated so that NaN is in doubt.
        Doubt => !(verdict.Score - verdict.Threshold > DoubtWidth),
        _ => false,
    };

    /// <summary>The least score of a live face.</summary>
    public double Threshold => Strictness switch { Normal => 0, Strict => StrictThreshold, _ => Number ?? 0 };

    private double? Number =>
        double.TryParse(Strictness, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : null;

    public void Check(OptionErrors errors) => errors.Require(
        Strictness is Normal or Strict || Number is >= MinThreshold and <= MaxThreshold, nameof(Strictness), Strictness,
        "normal, strict, or a number from -2 to 8");
}
