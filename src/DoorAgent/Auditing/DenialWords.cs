using DoorAgent.Events;
using DoorAgent.Faces;

using static DoorAgent.Events.DenyReason;

namespace DoorAgent.Auditing;

/// <summary>The text of each reason to deny: why, and what a technician can do: a command, a setting or a thing to check.</summary>
internal static class DenialWords
{
    public static (string Why, string Remedy) Of(DenyReason reason) =>
        reason.ToUnusableReason()?.Text() is { } text ? (text.Denial, text.Remedy) : OfOther(reason);

    private static (string Why, string Remedy) OfOther(DenyReason reason) => reason switch
    {
        FaceNotMatched => ("the face is not that of the badge's owner",
            "If it was the owner: add pictures with 'dooragent people pictures NAME --images DIR'"),
        NotRecognised => ("nobody enrolled looks like this clearly enough",
            "If it was somebody enrolled: add pictures with 'dooragent people pictures NAME --images DIR'"),
        SpoofSuspected => ("the face seems to be a picture or a screen",
            "If it was a person: light from the front on the face, no window or lamp behind it; turn the head as the door asks, and back"),
        UnknownBadge => ("the badge belongs to nobody", "Give it to somebody with 'dooragent badges add NAME BADGE'"),
        BadgeBlocked => ("the badge is blocked or lost: somebody uses a card that was reported",
            "Ask for the card; 'dooragent badges list' shows whose it was"),
        PersonDisabled => ("the person is disabled", "'dooragent people enable NAME' lets them in again"),
        OutsideValidity => ("the person is not valid yet, or no longer valid",
            "'dooragent people until NAME DATE' and 'people from NAME DATE' change the dates"),
        OutsideSchedule => ("it is outside the person's hours", "'dooragent people schedule NAME SCHEDULE' gives them other hours"),
        ClockNotSet => ("the clock is not set, so hours and dates cannot be judged",
            "'timedatectl' shows why: give it a network for the time, or fit a battery clock"),
        LockedOut => ("there were too many failures before",
            "Wait, the lockout ends by itself; 'dooragent log --denied --person NAME' shows the attempts. "
            + "Decisions:LockoutFailures within Decisions:LockoutWindow start the wait, Decisions:LockoutCap is the longest"),
        DenyReason.FleetStale => ("the person is of the fleet, and the door has had no contact to the fleet for longer than its strict group allows",
            "'dooragent link status' says why the hub is not reached, 'dooragent status' since when; check the network and the clock"),
        Passback => ("the person is inside already, so that the badge may have been passed back to another person",
            "If the person did leave: 'dooragent people forgive NAME'. Decisions:AntiPassback is the time after an entry; with "
            + "Decisions:Passback hard everybody shows the badge at the exit reader when they leave"),
        Lockdown => ("the door is in lockdown", "'dooragent mode' shows since when and by whom; 'dooragent mode normal' ends "
            + "the lockdown, and the fleet's office one of the fleet"),
        SecondPersonMissing => ("no second person came in time",
            "Two people, one after the other: 'dooragent people two-person NAME off' takes the mark away, Decisions:TwoPersonHours names the "
                + "hours in which everybody needs a second person, Decisions:TogetherWithin is the time"),
        EscortMissing => ("a visitor comes only after a host",
            "The host goes first, and the visitor follows within Decisions:TogetherWithin; 'dooragent people escort NAME --host HOST' "
                + "names the hosts"),
        TooFewPictures => ("every picture matched, but too few came in time, or too far apart",
            "Stay before the camera until the light is green; if it stays: 'dooragent doctor' says how many pictures "
                + "the camera gives (more light makes it faster)"),
        DenyReason.CameraFault => ("the camera gives no pictures", "Check the camera's cable and lens, and Hardware:Camera; 'dooragent log "
            + "--kind CameraFault' says what was wrong"),
        NoLongerEnrolled => ("the person or badge was removed during the attempt",
            "If that was a mistake: 'dooragent people list' and 'dooragent badges list' show what is left; add the missing one again"),
        DenyReason.EncoderChanged => ("the gallery changed to another encoder or rule of comparison during the attempt", "Present the badge again"),
        WrongPin => ("the PIN was wrong", "If they forgot it: 'dooragent people pin NAME' sets a new one"),
        PinNotEntered => ("no PIN was typed in time", "Type the PIN and end with #; Decisions:PinTimeout says how long the door waits"),
        NoPin => ("this door asks for a PIN, and the person has none", "'dooragent people pin NAME' sets one"),
        Superseded => ("another badge was presented", "One badge, then one face; the attempt of the other badge goes on by itself"),
        Abandoned => ("the person went away", "Nothing, unless they wanted in: stay before the camera until the light is green"),
        AuditFailed => ("the decision could not be recorded",
            "'df -h' and 'dmesg': free the disk, or fix what made it read-only (Auditing:OnFailure)"),
        GalleryMissing => ("there is no gallery", "'dooragent people add NAME --images DIR' begins one"),
        DenyReason.RelayFault => ("the relay cannot be switched",
            "Check the relay's line and Hardware:Relay; 'dooragent log --kind RelayFault' says what was wrong"),
        DenyReason.Stopping => ("the agent is stopping", "Present the badge again when it runs; 'dooragent status' says whether it does"),
        DenyReason.Fault => ("something failed inside", "Keep /var/log/dooragent (without systemd: logs/ of the data directory) and report "
            + "the fault; 'dooragent log --kind Fault' says what failed"),
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "This reason has no text."),
    };
}
