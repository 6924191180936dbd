using System.Collections.Frozen;
using DoorAgent.Events;
using Serilog.Events;
using static DoorAgent.Events.DoorEventKind;

namespace DoorAgent.Auditing;

/// <summary>The table of log lines: the id, level, text and remedy of each kind of event.</summary>
internal static class EventLines
{
    private const string Detail = "[: {Detail}]";
    private const string Who = "[: {Person}][ with {Badge}]";
    private const string More = "[, {Detail}]";
    private const string Comparison = "[, distance {Distance:0.000} below {Threshold:0.000}][ ({Encoder})]";

    private static readonly FrozenDictionary<DoorEventKind, EventLine> Lines = new Dictionary<DoorEventKind, EventLine>
    {
        [Started] = Normal(100, "Started" + Detail, "The agent is ready; the door is locked."),
        [Stopping] = Normal(101, "Stopping" + Detail, "The agent ends; the door is locked."),
        [Fault] = Alarm(102, "Fault, the door stays locked" + Detail,
            "A part of the agent failed; nobody is let in because of the failure.",
            "Keep /var/log/dooragent (without systemd: logs/ of the data directory) and report the fault; "
                + "under systemd the agent starts again by itself."),
        [DoorEventKind.Warning] = Check(103, "Warning" + Detail, "This door is less secure than it should be, or a part of the agent needs "
            + "a check; lasting warnings are repeated at each start and once a day.",
            "The line says what to change."),
        [EndedWithoutStopping] = Check(104, "The run before ended without stopping" + Detail,
            "No stop is on record: the power was cut, or the agent was killed. The line says whether the door was unlocked then.",
            "Check that the door is locked and closed, and why the agent ended ('dooragent log', 'journalctl -u dooragent'); 'dooragent "
                + "status' shows this until 'dooragent acknowledge'."),
        [ClockJumped] = Check(105, "The clock was set" + Detail, "The wall clock was set by more than ten seconds; records stay in the "
            + "order of their numbers, regardless of their times.",
            "This is normal after a start without a battery clock. Otherwise 'timedatectl' shows what sets the clock."),

        [AttemptOpened] = Normal(200, "Looking[ for {Person}][ with {Badge}]" + More,
            "An attempt began: a badge was read, or a face was seen."),
        [Granted] = Normal(201, "Granted" + Who + Comparison + "[. {Detail}]", "This person may enter."),
        [Denied] = Check(202,
            "Denied {Reason}[, {Person}][ with {Badge}]: {Why}[, distance {Distance:0.000}, "
            + "must be below {Threshold:0.000}][ ({Encoder})][ ({Detail})][. {Remedy}][. Why: dooragent explain --event {Explained}]",
            "The door stays locked for the named reason.", "This depends on the reason: "
                + "the line says what to do, and 'dooragent log --explain REASON'. 'dooragent explain --event N', which the line names, shows "
                + "the attempt."),
        [BadgeNotUsed] = Normal(203, "Badge not used[: {Badge}], this door goes by faces only" + Detail,
            "A badge was read in face-only mode.",
            "Look into the camera; Decisions:Mode turns badges on."),
        [LockoutStarted] = Check(204, "Locked out" + Who + More, "There were too many failures; attempts are not answered for a while.",
            "Wait, the lockout ends by itself; 'dooragent log --denied' shows whose attempts failed."),
        [AttemptAbandoned] = new(205, LogEventLevel.Debug, "Attempt abandoned[: {Why}]",
            "A person looked into the camera and went away.", ""),

        [SecondPersonAwaited] = Normal(213, "Waiting for a second person" + Who + Comparison + More,
            "This person passed every other rule, and needs a second person (Decisions:TwoPersonHours, or 'people two-person'): the door "
                + "stays locked until another one passes within Decisions:TogetherWithin."),
        [ExitGranted] = Normal(214, "Way out" + Who + "[. It would not open the way in: {Reason}]" + More,
            "A known badge was read at the exit reader, and the door unlocks: it locks nobody in. An alarm where the badge is blocked or lost.",
            "Where the badge is blocked or lost: who was inside with it? 'dooragent badges list' shows whose it was."),
        [PassbackSuspected] = Alarm(215, "PASSBACK SUSPECTED" + Who + More,
            "A person entered who is inside already: left unseen, or passed the badge back. With Decisions:Passback soft, or while the exit "
                + "reader is offline, the person is let in.",
            "Compare with 'dooragent log --person NAME': did somebody leave without showing the badge at the exit reader?"),
        [PassbackForgiven] = Normal(216, "An operator forgot where somebody is[: {Person}]" + More,
            "A user with the rights on this unit ran 'dooragent people forgive': the next entry is not a passback."),

        [TurnAsked] = Normal(206, "Asked to turn the head[ to the {Detail}][: {Person}][ with {Badge}]",
            "The door asks for a movement that a picture cannot make: turn the head to this side and back within 4 s."),
        [DoorEventKind.BadgeAwaited] = Normal(209, "An operator waits for a new badge" + Detail,
            "A user with the rights on this unit enrols a person with '--badge next': "
                + "the next unknown badge is taken for the enrolment, not denied."),
        [BadgeTaken] = Normal(210, "Badge taken for an enrolment[: {Badge}]" + Detail,
            "An operator waited for a new badge ('--badge next'), and this one was read."),
        [CameraLent] = Normal(211, "An operator takes pictures with the camera" + Detail,
            "A user with the rights on this unit enrols a person with '--camera door' and sees the camera's pictures "
                + "for a while. The door goes on working."),
        [GalleryChanged] = Normal(212, "An operator changes the gallery[: {Person}]" + More,
            "A user with the rights on this unit, or somebody at the page, enrolled, changed, erased or removed a person, or changed the state "
                + "of a badge, through the running door. The record is written before the change."),
        [DoorEventKind.PageAccess] = Normal(217, "The page" + Detail,
            "Root made a code for the page ('dooragent page'), a browser was paired with it, or wrong tries closed it. What somebody does at "
                + "the page is recorded with the words page and the role.",
            "'dooragent page off' closes the page, and a restart of the door ends every session."),
        [PinAwaited] = Normal(220, "Waiting for the PIN[ of {Person}][ with {Badge}]" + More,
            "A badge was read; its PIN must be typed, followed by #."),
        [KeysNotUsed] = Normal(221, "Keys not used" + Detail, "Keys were pressed while none was expected, or a number was typed that is "
            + "not a known badge (a PIN before its badge?). No digit is kept."),
        [Duress] = Alarm(222, "DURESS" + Who + More,
            "The duress PIN was typed: this person is being forced. The door goes on as with the right PIN and shows nothing.",
            "Do not ask at the door. Do what was agreed for this case."),

        [RelayOn] = Normal(300, "Relay on" + Detail, "The lock is released."),
        [RelayOff] = Normal(301, "Relay off" + Detail, "The lock is locked again."),
        [GrantedDoorOpen] = Normal(302, "Granted, door open" + Who + More,
            "Access was granted while the door was open; the relay was not switched."),
        [AccessTaken] = Normal(303, "Access taken" + Who + More, "The door was opened after the grant."),
        [AccessNotTaken] = Normal(304, "Granted, not taken" + Who + More, "The door was not opened in the access time.",
            "If people pull in vain: does the lock release? Doors:AccessTime is the time; check Doors:Relock and the contact."),
        [ExitNotTaken] = Normal(321, "Way out, not taken" + Who + More,
            "A badge was read at the exit reader, and the door was not opened in the access time."),
        [RequestToExit] = Normal(305, "Exit button" + Detail, "The exit button was pressed; an opening is not an alarm for a while. With "
            + "Doors:ExitUnlocks the door unlocks even when this could not be recorded, so that nobody is locked in."),
        [ExitTaken] = Normal(306, "Exit" + Who + Detail, "The door was opened after the exit button, or after a badge at the exit "
            + "reader."),
        [DoorForced] = Alarm(307, "DOOR FORCED" + Detail, "The door opened without a grant or the exit button.",
            "Check the door. If a person only went out: is the exit button wired (Hardware:Exit), "
                + "is Doors:Shunt long enough? Is the contact loose?"),
        [HeldOpenWarning] = Check(308, "Door open too long" + Detail, "The door should be closed by now.",
            "Close the door; Doors:WarnAfter sets the time."),
        [HeldOpen] = Alarm(309, "DOOR HELD OPEN" + Detail,
            "The door stayed open for too long.",
            "Close the door. Is something in the way, the closer weak, or the contact loose? Doors:AlarmAfter sets the time."),
        [Restored] = Normal(310, "Restored" + Detail, "The door is closed again and the alarm is over."),
        [DoorClosed] = Normal(311, "Door closed" + Detail, "The door was closed."),
        [DoorOpenAtStart] = Check(312, "Door open at start" + Detail,
            "The door stood open when the agent started.",
            "Close the door; if the door is closed, check the contact and Hardware:ContactOpenIsLow."),
        [UnlockCutShort] = Check(313, "Unlock cut short" + Detail, "The agent ended while the door was unlocked; the door is locked again.",
            "Present the badge again when the agent runs; the lines before say why it ended."),

        [OperatorUnlock] = Normal(314, "Unlock ordered by an operator" + Detail, "A user with the rights on this unit ran 'dooragent "
            + "unlock', or gave this order by the page or by MQTT; the next line says whether the door was unlocked."),
        [OperatorLock] = Normal(315, "Lock ordered by an operator" + Detail,
            "A user with the rights on this unit ran 'dooragent lock', or gave this order by the page or by MQTT."),
        [Acknowledged] = Normal(316, "Acknowledged by an operator" + Detail,
            "A user with the rights on this unit ran 'dooragent acknowledge'."),
        [HeldUnlocked] = Check(317, "Held unlocked" + Detail, "The door stays unlocked, by Doors:UnlockHours or because an operator ordered "
            + "that ('dooragent mode unlocked'); the line says until when.",
            "Nothing, if that is meant. 'dooragent mode normal' ends it."),
        [HoldEnded] = Normal(318, "No longer held unlocked" + Detail, "The relay is off, and each entry is decided again."),
        [LockdownStarted] = Alarm(319, "LOCKDOWN" + Detail,
            "Nobody is let in but people who are marked for it; the way out works. A restart does not end a lockdown.",
            "'dooragent mode normal' ends the lockdown."),
        [LockdownEnded] = Normal(320, "Lockdown ended" + Detail, "Each entry is decided again."),
        [FleetLockdownStarted] = Alarm(322, "LOCKDOWN BY THE FLEET" + Detail,
            "The fleet's office ordered a lockdown of the group: nobody is let in but people who are marked for it; the way out works. The "
                + "lockdown ends at the time in the line, or when the office ends it; a restart does not end it.",
            "Ask the office. At the door only root ends the lockdown before ('sudo dooragent mode normal --even-fleet')."),
        [FleetLockdownEnded] = Normal(323, "Lockdown by the fleet ended" + Detail,
            "Each entry is decided again, where the door has no lockdown of its own. Nothing is unlocked."),
        [FleetLockdownOverridden] = Alarm(324, "LOCKDOWN BY THE FLEET OVERRIDDEN" + Detail,
            "Root ended the lockdown of the group at this door, although the office has not ('dooragent mode normal --even-fleet').",
            "Find out who did that and why; 'dooragent mode lockdown' locks the door down again."),

        [ReaderFault] = Check(400, "Badge not read" + Detail, "The reader's signal is not a badge.",
            "Present the badge again. If this stays: is its format in Badges:Formats (or Badges:TextFormat), "
                + "are D0 and D1 exchanged (Hardware:D0, Hardware:D1)?"),
        [LineNoise] = Alarm(401, "LINE NOISE at the reader" + Detail,
            "Many signals that are not a badge; until the noise ends, further ones are only counted.",
            "Check the reader's cable: shield, ground, length, distance to the lock's cable. It may also be tampering."),
        [RelayFault] = Alarm(402, "RELAY FAULT, nobody is let in" + Detail,
            "The relay could not be switched.",
            "Check the relay's wires and Hardware:Relay; does another program hold the line?"),
        [RelayRestored] = Normal(403, "Relay works again" + Detail, "The relay can be switched again."),
        [DoorEventKind.CameraFault] = Alarm(404, "CAMERA FAULT" + Detail,
            "No usable picture comes from the camera.", "Check the camera's cable and lens and Hardware:Camera; 'dooragent camera list' "
                + "shows the cameras and which programs use them."),
        [CameraRestored] = Normal(405, "Camera works again" + Detail, "Pictures come again."),
        [CameraFallback] = Alarm(413, "A BADGE AND ITS PIN OPEN" + Detail,
            "The camera is lost or silent, and Doors:OnCameraFault is badge-and-pin: no face is looked at until the camera is back.",
            "Bring the camera back: check its cable and Hardware:Camera."),
        [CameraFallbackEnded] = Normal(414, "Faces are required again" + Detail, "A badge and its PIN are no longer enough."),
        [CameraSlow] = Check(410, "Camera too slow" + Detail,
            "The camera delivers too few pictures to compare a face often enough.",
            "More light makes the camera faster; on a shared USB hub give it a separate port; 'dooragent doctor' measures the rate. The "
                + "rules are Decisions:MaxGap, FramesToAgree and the timeouts."),
        [LineRestored] = Normal(406, "Reader quiet again" + Detail, "The noise on the reader's lines is over."),
        [ReaderOffline] = Alarm(407, "READER OFFLINE" + Detail,
            "The badge reader is not connected, or an OSDP reader is not in its secure channel: no badge is read until the reader is back.",
            "Check the reader, its plug and Badges:Device. Is the agent's user in group input (USB) or dialout (serial)? 'dooragent "
                + "status' says whether the reader is back."),
        [ReaderRestored] = Normal(408, "Reader is back" + Detail, "The badge reader is connected again."),

        [ExitLineNoise] = Alarm(415, "LINE NOISE at the exit reader" + Detail,
            "Many signals of the exit reader that are not a badge; until the noise ends, further ones are only counted.",
            "Check the exit reader's cable: shield, ground, length, distance to the lock's cable. It may also be tampering."),
        [ExitLineRestored] = Normal(416, "Exit reader quiet again" + Detail, "The noise on the exit reader's lines is over."),
        [ExitReaderOffline] = Alarm(417, "EXIT READER OFFLINE" + Detail,
            "The exit reader is not connected: nobody is seen leaving, and Decisions:Passback hard lets in who may have left, with an alarm.",
            "Check the exit reader, its plug and Badges:ExitDevice; 'dooragent status' says whether it is back."),
        [ExitReaderRestored] = Normal(418, "Exit reader is back" + Detail, "The exit reader is connected again."),

        [DisplayOffline] = Check(411, "Display offline" + Detail, "The display at the door does not answer; the door works without it.",
            "Check the display's wires and Hardware:Display; 'i2cdetect -y 1' shows the addresses that answer on "
                + "bus 1. Is the agent's user in group i2c?"),
        [DisplayRestored] = Normal(412, "Display is back" + Detail, "The display at the door answers again."),

        [GalleryLoaded] = Normal(500, "Gallery loaded" + Detail, "The people who may enter were read."),
        [GalleryRefused] = Alarm(501, "GALLERY REFUSED" + Detail,
            "The gallery file cannot be used: the last good gallery is kept, or nobody is let in when there was none.",
            "'dooragent people list' says whether the file can be used again."),
        [GalleryRolledBack] = Alarm(509, "OLDER GALLERY REFUSED" + Detail,
            "The gallery file is older than the newest one that this door has used, or another one: the gallery in use is kept, or nobody is "
                + "let in when there was none.",
            "Find out who replaced the file; put the newest one back, or accept this one with 'sudo dooragent people accept-older'."),
        [GalleryAccepted] = Check(510, "Older gallery accepted" + Detail,
            "Root accepted a gallery that is older than the newest one that this door has used ('dooragent people accept-older').",
            "Was it a backup that was restored on purpose? People who were removed since may be in it."),
        [JournalRolledBack] = Alarm(511, "OLDER JOURNAL" + Detail,
            "The journal lacks records that the anchor says were written: the file was cut off, replaced or set aside. The door goes on.",
            "Find out who changed the file ('dooragent log verify'); if it was set aside on purpose, 'sudo dooragent anchor update "
                + "--accept-journal'."),
        [ScheduleUnknown] = Check(505, "Schedule not configured" + Detail,
            "A person has a schedule that is not configured, and is refused at any time.",
            "Add it to section Schedules, or give the person another one with 'dooragent people schedule NAME SCHEDULE'."),
        [StorageSlow] = Alarm(502, "Storage slow" + Detail,
            "Writing the journal took long.", "A card that becomes slow is wearing out: replace the card in time."),
        [StorageFailed] = Alarm(503, "JOURNAL NOT WRITTEN" + Detail,
            "A record could not be written; with Auditing:OnFailure=deny nobody is let in until records are written again.",
            "'df -h' and 'dmesg': free the disk, or fix what made it read-only."),
        [LogFailed] = Alarm(506, "LOG NOT WRITTEN" + Detail,
            "The log's files cannot be written; the door goes on working, and the journal keeps the events.",
            "'df -h' and 'ls -ld' of that directory: make it writable for the agent's user; the log goes on by itself."),
        [LogRestored] = Normal(507, "Log works again" + Detail, "The log's files are written again."),
        [PersonErased] = Normal(508, "Erased" + Who + More,
            "An operator erased a person ('dooragent people erase'): the records keep the person's number, and no name."),
        [JournalAltered] = Alarm(520, "JOURNAL ALTERED" + Detail,
            "Records are changed or missing, or another program wrote some: somebody without the door's key was at the journal's file.",
            "'dooragent log verify' names the records. Find out who may write the file, and compare with an export or an archive."),
        [RecordsRemoved] = Normal(521, "Old records removed" + Detail,
            "The door removed old records, as Auditing:KeepFor and Auditing:KeepMB say; 'dooragent log verify' proves that it was the door."),
        [StorageRestored] = Normal(504, "Journal works again" + Detail, "Records are written again."),

        [FleetApplied] = Normal(530, "Fleet applied" + Detail,
            "A delivery of the fleet added, changed or removed people; 'dooragent people list' shows who is of the fleet."),
        [FleetRefused] = Alarm(531, "RECORDS OF THE FLEET REFUSED" + Detail,
            "Records that the hub delivered were refused, and the rest was applied: they were damaged, older, not signed by the fleet's office, "
                + "or do not fit this door. The same refusal is recorded once a day.",
            "'dooragent fleet status' at the office says why; 'dooragent fleet repair' sends again what the hub has wrong."),
        [FleetFault] = Alarm(532, "FLEET FAULT" + Detail,
            "What the door has of its fleet is incomplete or older than what the office published: the door goes on with what it has.",
            "'dooragent link status' says whether the hub is reached; 'dooragent fleet repair' at the office sends what the hub lacks."),
        [FleetRestored] = Normal(533, "Fleet in order again" + Detail, "The door has exactly what the office published."),
        [FleetStale] = Alarm(534, "FLEET STALE" + Detail,
            "For longer than the office allows, nothing says that the people of the fleet are still the right ones. In a strict group the "
                + "people of the fleet are refused until there is contact; in other groups the door goes on with them. Local people are let in.",
            "'dooragent link status' says why the hub is not reached; check the network and the clock ('timedatectl')."),
        [FleetFresh] = Normal(535, "Fleet fresh again" + Detail, "The door has contact to its fleet again."),
    }.ToFrozenDictionary();

    /// <summary>All lines, in the order of their ids.</summary>
    public static IEnumerable<KeyValuePair<DoorEventKind, EventLine>> All => Lines.OrderBy(line => line.Value.Id);

    public static EventLine Of(DoorEventKind kind) => Lines[kind];

    /// <summary>Returns the line of an event; for a kind that this dooragent does not know, a plain line without an id.</summary>
    public static EventLine Of(DoorEvent e) => e.Kind is { } kind ? Of(kind) : OfNewer;

    private static readonly EventLine OfNewer = new(0, LogEventLevel.Information, "{Kind}" + Detail,
        "A newer dooragent recorded this event.", "");

    private static EventLine Normal(int id, string template, string meaning, string remedy = "") =>
        new(id, LogEventLevel.Information, template, meaning, remedy);

    private static EventLine Check(int id, string template, string meaning, string remedy) =>
        new(id, LogEventLevel.Warning, template, meaning, remedy);

    // The line of an alarm contains the first step; the page of events has the rest.
    private static EventLine Alarm(int id, string template, string meaning, string remedy) =>
        new(id, LogEventLevel.Error, template + "[. {Remedy}]", meaning, remedy);
}

/// <summary>The log line of a kind of event.</summary>
/// <param name="Id">Event id: 1xx agent, 2xx decisions, 3xx door, 4xx devices, 5xx data. Never reused.</param>
/// <param name="Level">Error for an alarm, Warning for what needs a check, Information for normal operation.</param>
/// <param name="Template">Message template; a part in [brackets] is left out when one of its fields is unknown.</param>
/// <param name="Meaning">What the event means, for the page of events.</param>
/// <param name="Remedy">What to do; empty when nothing has to be done.</param>
internal sealed record EventLine(int Id, LogEventLevel Level, string Template, string Meaning, string Remedy)
{
    /// <summary>The first sentence of <see cref="Remedy"/>, for the end of a log line.</summary>
    public string FirstStep => Remedy.Split(Stops, 2, StringSplitOptions.None)[0].TrimEnd('.');

    private static readonly string[] Stops = [". ", "; ", "? "];
}
