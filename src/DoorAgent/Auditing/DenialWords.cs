using DoorAgent.Decisions;
using static DoorAgent.Decisions.DenyReason;

namespace DoorAgent.Auditing;

/// <summary>Each reason to deny in words: why, and what a technician can do about it (empty when nothing).</summary>
internal static class DenialWords
{
    public static (string Why, string Remedy) Of(DenyReason reason) => reason switch
    {
        FaceNotMatched => ("the face is not that of the badge's owner",
            "If it was the owner: add pictures with 'dooragent people pictures NAME --images DIR'"),
        NotRecognised => ("nobody enrolled looks like this clearly enough",
            "If it was somebody enrolled: add pictures with 'dooragent people pictures NAME --images DIR'"),
        SpoofSuspected => ("the face seems to be a picture or a screen", "If it was a person: better light, no light behind them"),
        UnknownBadge => ("the badge belongs to nobody", "Give it to somebody with 'dooragent badges add NAME BADGE'"),
        BadgeBlocked => ("the badge is blocked or lost: somebody uses a card that was reported",
            "Ask for the card; 'dooragent badges list' shows whose it was"),
        PersonDisabled => ("the person is disabled", "'dooragent people enable NAME' lets them in again"),
        OutsideValidity => ("the person is not, or no longer, valid today", "'dooragent people show NAME' shows the dates"),
        OutsideSchedule => ("it is outside the person's hours", "'dooragent people show NAME' shows the schedule"),
        ClockNotSet => ("the clock is not set, so hours cannot be judged", "Is there a network for the time? Fit a battery clock"),
        LockedOut => ("too many failures before", "Wait, it ends by itself"),
        SeveralFaces => ("several faces were in the picture", "One person at a time before the camera"),
        TooDark => ("the picture was too dark", "More light on the face"),
        Blurred => ("the picture was blurred", "Stand still; clean the lens; more light"),
        TooSmall => ("the face was too small", "Come closer; Faces:MinFaceWidth says how near"),
        FaceTurned => ("the face was turned away", "Look into the camera"),
        NoFace => ("no face was seen in time", "Is the camera covered, or does it look elsewhere?"),
        DenyReason.CameraFault => ("the camera gives no pictures", "Look at its cable and lens"),
        NoLongerEnrolled => ("the person or badge was removed during the attempt", ""),
        DenyReason.EncoderChanged => ("the gallery came to another encoder during the attempt", "Try again"),
        WrongPin => ("the PIN was wrong", "If they forgot it: 'dooragent people pin NAME' sets a new one"),
        PinNotEntered => ("no PIN was typed in time", "Type it and end with #; Decisions:PinTimeout says how long the door waits"),
        NoPin => ("this door asks for a PIN, and the person has none", "'dooragent people pin NAME' sets one"),
        Superseded => ("another badge was presented", ""),
        Abandoned => ("the person went away", ""),
        AuditFailed => ("the decision could not be recorded", "Free the disk, or look whether it became read-only"),
        GalleryMissing => ("there is no gallery", "'dooragent people add NAME --images DIR' begins one"),
        DenyReason.RelayFault => ("the relay cannot be switched", "Look at the relay's line"),
        DenyReason.Stopping => ("the agent is stopping", ""),
        DenyReason.Fault => ("something failed inside", "Keep the log file and report it"),
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "has no words yet"),
    };
}
