using System.Collections.Frozen;
using DoorAgent.Events;
using Serilog.Events;
using static DoorAgent.Events.DoorEventKind;

namespace DoorAgent.Auditing;

/// <summary>The one table of log lines: each kind of event with its id, level, words and remedy.</summary>
internal static class EventLines
{
    private const string Detail = "[: {Detail}]";
    private const string Who = "[: {Person}][ with {Badge}]";
    private const string More = "[, {Detail}]";
    private const string Comparison = "[, distance {Distance:0.000} below {Threshold:0.000}][ ({Encoder})]";

    private static readonly FrozenDictionary<DoorEventKind, EventLine> Lines = new Dictionary<DoorEventKind, EventLine>
    {
        [Started] = Day(100, "Started" + Detail, "The agent is ready; the door is locked."),
        [Stopping] = Day(101, "Stopping" + Detail, "The agent ends; the door is locked."),
        [Fault] = Alarm(102, "Fault, the door stays locked" + Detail, "Something that must not happen happened; nobody is let in on it.",
            "Keep /var/log/dooragent (without systemd: logs/ of the data directory) and report it; under systemd the agent starts again by itself."),
        [DoorEventKind.Warning] = Look(103, "Warning" + Detail, "This door is weaker than a door should be; said at the start and once a day.",
            "The line says what to change."),
        [EndedWithoutStopping] = Look(104, "The run before ended without stopping" + Detail,
            "No stop is on record: the power was cut, or the agent was killed. The line says whether the door was unlocked then.",
            "Look whether the door is locked and closed, and why it ended ('dooragent log', 'journalctl -u dooragent'); 'dooragent status' shows it until 'dooragent acknowledge'."),
        [ClockJumped] = Look(105, "The clock was set" + Detail, "The wall clock was set by more than ten seconds; records are in the order of their numbers, whatever their times say.",
            "After a start without a battery clock that is how it goes. Else: 'timedatectl' shows who sets it."),

        [AttemptOpened] = Day(200, "Looking[ for {Person}][ with {Badge}]" + More,
            "An attempt began: a badge was read, or a face was seen."),
        [Granted] = Day(201, "Granted" + Who + Comparison + "[. {Detail}]", "This person may enter."),
        [Denied] = Look(202,
            "Denied {Reason}[, {Person}][ with {Badge}]: {Why}[, distance {Distance:0.000}, must be below {Threshold:0.000}]"
            + "[ ({Encoder})][ ({Detail})][. {Remedy}]",
            "The door stays locked, for the reason named.", "By the reason: the line says it, and 'dooragent log --explain REASON'."),
        [BadgeNotUsed] = Day(203, "Badge not used[: {Badge}], this door goes by faces only" + Detail,
            "A badge was read in face-only mode.",
            "Look into the camera; Decisions:Mode is where badges are turned on."),
        [LockoutStarted] = Look(204, "Locked out" + Who + More, "Too many failures; no attempt is answered for a while.",
            "Wait, it ends by itself; 'dooragent log --denied' shows whose attempts they were."),
        [AttemptAbandoned] = new(205, LogEventLevel.Debug, "Attempt abandoned[: {Why}]",
            "Somebody looked into the camera and went on.", ""),

        [DoorEventKind.BadgeAwaited] = Day(209, "An operator waits for a new badge" + Detail,
            "Somebody with the rights on this unit enrols with '--badge next': the next badge of nobody is taken, not denied."),
        [BadgeTaken] = Day(210, "Badge taken for an enrolment[: {Badge}]" + Detail,
            "An operator waited for a new badge ('--badge next'), and this one was read."),
        [CameraLent] = Day(211, "An operator takes pictures with the camera" + Detail,
            "Somebody with the rights on this unit enrols with '--camera door': for a while they see what the camera sees. The door goes on working."),
        [PinAwaited] = Day(220, "Waiting for the PIN[ of {Person}][ with {Badge}]" + More, "A badge was read, and its PIN is to be typed, with # at its end."),
        [KeysNotUsed] = Day(221, "Keys not used" + Detail, "Somebody typed on the keypad while nothing was asked for, or a number that is nobody's badge (a PIN before its badge?). No digit of it is kept."),
        [Duress] = Alarm(222, "DURESS" + Who + More, "The duress PIN was typed: somebody forces this person. The door went on as with the right PIN and shows nothing.",
            "Do not ask at the door. Do what you have agreed on for this case."),

        [RelayOn] = Day(300, "Relay on" + Detail, "The lock is released."),
        [RelayOff] = Day(301, "Relay off" + Detail, "The lock is locked again."),
        [GrantedDoorOpen] = Day(302, "Granted, door open" + Who + More,
            "Somebody was granted while the door stood open: it was not unlocked."),
        [AccessTaken] = Day(303, "Access taken" + Who + More, "The door was opened after the grant."),
        [AccessNotTaken] = Day(304, "Granted, not taken" + Who + More, "The door was not opened in the access time.",
            "If people pull in vain: does the lock let go? Doors:AccessTime is how long; look at Doors:Relock and at the contact."),
        [RequestToExit] = Day(305, "Exit button" + Detail, "The exit button was pressed; an opening is not an alarm for a while. With Doors:ExitUnlocks the door unlocks even where this could not be recorded: nobody is locked in."),
        [ExitTaken] = Day(306, "Exit" + Detail, "The door was opened after the exit button."),
        [DoorForced] = Alarm(307, "DOOR FORCED" + Detail, "The door opened without a grant or the exit button.",
            "Look at the door. If somebody only went out: is the exit button wired (Hardware:Exit), is Doors:Shunt long enough? Is the contact loose?"),
        [HeldOpenWarning] = Look(308, "Door open too long" + Detail, "The door should be closed by now.",
            "Close the door; Doors:WarnAfter says when this comes."),
        [HeldOpen] = Alarm(309, "DOOR HELD OPEN" + Detail,
            "The door was not closed.",
            "Close the door. Is something in the way, the closer weak, or the contact loose? Doors:AlarmAfter says when this comes."),
        [Restored] = Day(310, "Restored" + Detail, "The door is closed again and the alarm is over."),
        [DoorClosed] = Day(311, "Door closed" + Detail, "The door was closed."),
        [DoorOpenAtStart] = Look(312, "Door open at start" + Detail,
            "The door stood open when the agent started.",
            "Close the door; if it is closed, look at the contact and at Hardware:ContactOpenIsLow."),
        [UnlockCutShort] = Look(313, "Unlock cut short" + Detail, "The agent ended while the door was unlocked; it is locked.",
            "Present the badge again when it runs; the lines before say who ended it."),

        [OperatorUnlock] = Day(314, "Unlock ordered by an operator" + Detail, "Somebody with the rights on this unit said 'dooragent unlock'; whether it was done, the next line says."),
        [OperatorLock] = Day(315, "Lock ordered by an operator" + Detail, "Somebody with the rights on this unit said 'dooragent lock'."),
        [Acknowledged] = Day(316, "Acknowledged by an operator" + Detail, "Somebody with the rights on this unit has looked, and said 'dooragent acknowledge'."),

        [ReaderFault] = Look(400, "Badge not read" + Detail, "What came from the reader is no badge.",
            "Present the badge again. If it stays: is its format in Badges:Formats (or Badges:TextFormat), are D0 and D1 exchanged (Hardware:D0, Hardware:D1)?"),
        [LineNoise] = Alarm(401, "LINE NOISE at the reader" + Detail, "Many signals that are no badge; until it is over, further ones are only counted.",
            "Look at the reader's cable: shield, ground, length, distance to the lock's cable. It may also be tampering."),
        [RelayFault] = Alarm(402, "RELAY FAULT, nobody is let in" + Detail,
            "The relay could not be switched.",
            "Look at the relay's wires and at Hardware:Relay; does another program hold the line?"),
        [RelayRestored] = Day(403, "Relay works again" + Detail, "The relay can be switched again."),
        [DoorEventKind.CameraFault] = Alarm(404, "CAMERA FAULT" + Detail,
            "No usable picture comes from the camera.", "Look at its cable and lens and at Hardware:Camera; 'dooragent camera list' shows what is there and who uses it."),
        [CameraRestored] = Day(405, "Camera works again" + Detail, "Pictures come again."),
        [CameraSlow] = Look(410, "Camera too slow" + Detail,
            "The camera gives so few pictures that no face can be compared often enough.",
            "More light makes it faster; on a shared USB hub give it a port of its own; 'dooragent doctor' measures it. The rules are Decisions:MaxGap, FramesToAgree and the timeouts."),
        [LineRestored] = Day(406, "Reader quiet again" + Detail, "The noise on the reader's lines is over."),
        [ReaderOffline] = Alarm(407, "READER OFFLINE" + Detail,
            "The badge reader is not there, or an OSDP reader is not in its secure channel: nothing is read until it is back.",
            "Look at the reader, its plug and Badges:Device. Is the agent's user in group input (USB) or dialout (serial)? 'dooragent status' says whether it is back."),
        [ReaderRestored] = Day(408, "Reader is back" + Detail, "The badge reader is there again."),

        [DisplayOffline] = Look(411, "Display offline" + Detail, "The display at the door does not answer; the door works without it.",
            "Look at the display's wires and at Hardware:Display; 'i2cdetect -y 1' shows the addresses that answer on bus 1. Is the agent's user in group i2c?"),
        [DisplayRestored] = Day(412, "Display is back" + Detail, "The display at the door answers again."),

        [GalleryLoaded] = Day(500, "Gallery loaded" + Detail, "The people who may enter were read."),
        [GalleryRefused] = Alarm(501, "GALLERY REFUSED" + Detail,
            "The gallery file cannot be used: the last good one is kept, or nobody is let in where there was none.",
            "'dooragent people list' says whether the file can be used again."),
        [ScheduleUnknown] = Look(505, "Schedule not configured" + Detail, "Somebody has a schedule that no setting names: they are refused at any time.",
            "Add it to section Schedules, or give them another with 'dooragent people schedule NAME SCHEDULE'."),
        [StorageSlow] = Alarm(502, "Storage slow" + Detail,
            "Writing the journal took long.", "A card that becomes slow is wearing out: replace it in time."),
        [StorageFailed] = Alarm(503, "JOURNAL NOT WRITTEN" + Detail,
            "A record could not be written; by Auditing:OnFailure nobody is let in meanwhile.",
            "'df -h' and 'dmesg': free the disk, or fix what made it read-only."),
        [LogFailed] = Alarm(506, "LOG NOT WRITTEN" + Detail, "The log's files cannot be written; the door works on, and its journal tells what happens.",
            "'df -h' and 'ls -ld' of that directory: make it writable for the agent's user; the log goes on by itself."),
        [LogRestored] = Day(507, "Log works again" + Detail, "The log's files are written again."),
        [StorageRestored] = Day(504, "Journal works again" + Detail, "Records are written again."),
    }.ToFrozenDictionary();

    /// <summary>All lines, in the order of their ids.</summary>
    public static IEnumerable<KeyValuePair<DoorEventKind, EventLine>> All => Lines.OrderBy(line => line.Value.Id);

    public static EventLine Of(DoorEventKind kind) => Lines[kind];

    /// <summary>The line of an event; of a kind that this dooragent does not know the plain one, which has no id.</summary>
    public static EventLine Of(DoorEvent e) => e.Kind is { } kind ? Of(kind) : OfNewer;

    private static readonly EventLine OfNewer = new(0, LogEventLevel.Information, "{Kind}" + Detail, "A newer dooragent recorded it.", "");

    private static EventLine Day(int id, string template, string meaning, string remedy = "") =>
        new(id, LogEventLevel.Information, template, meaning, remedy);

    private static EventLine Look(int id, string template, string meaning, string remedy) =>
        new(id, LogEventLevel.Warning, template, meaning, remedy);

    // An alarm's line itself says the first thing to do; the page says the rest.
    private static EventLine Alarm(int id, string template, string meaning, string remedy) =>
        new(id, LogEventLevel.Error, template + "[. {Remedy}]", meaning, remedy);
}
