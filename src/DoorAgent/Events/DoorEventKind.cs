namespace DoorAgent.Events;

/// <summary>The kinds of events at a door. The kind determines the log's template and event id, the record and the line of the
/// simulation.</summary>
internal enum DoorEventKind
{
    // The agent.
    Started,
    Stopping,
    Fault,
    Warning,

    /// <summary>The previous run ended without stopping, by a power cut or a kill; raised at the next start.</summary>
    EndedWithoutStopping,

    /// <summary>The wall clock was set by more than an adjustment.</summary>
    ClockJumped,

    // Decisions.
    AttemptOpened,

    /// <summary>A person was asked to turn the head; the detail is the direction.</summary>
    TurnAsked,
    Granted,
    Denied,

    /// <summary>A person passed every other rule and waits for a second one; the door stays locked.</summary>
    SecondPersonAwaited,

    /// <summary>An identification ended because its face left or the door opened; for debugging only.</summary>
    AttemptAbandoned,
    BadgeNotUsed,

    BadgeAwaited,

    /// <summary>An unknown badge was read while an operator waited for one.</summary>
    BadgeTaken,

    /// <summary>An operator takes pictures of a person with the door's camera.</summary>
    CameraLent,

    /// <summary>An operator changes a person or a badge through the daemon.</summary>
    GalleryChanged,

    /// <summary>A code for the page was made, used or closed.</summary>
    PageAccess,
    LockoutStarted,
    PinAwaited,
    KeysNotUsed,

    /// <summary>The duress PIN was typed: a silent alarm that nothing at the door shows.</summary>
    Duress,

    /// <summary>A known badge was read at the exit reader: the door unlocks for the way out.</summary>
    ExitGranted,

    /// <summary>A person who is inside entered again, and was let in because the door only watches.</summary>
    PassbackSuspected,

    /// <summary>An operator forgot on which side of the door one person is, or everybody.</summary>
    PassbackForgiven,

    // The door.
    RelayOn,
    RelayOff,
    GrantedDoorOpen,
    AccessTaken,
    AccessNotTaken,

    /// <summary>The door was not opened after a badge at the exit reader.</summary>
    ExitNotTaken,
    RequestToExit,
    ExitTaken,
    DoorForced,
    HeldOpenWarning,
    HeldOpen,
    Restored,
    DoorClosed,
    DoorOpenAtStart,
    UnlockCutShort,
    OperatorUnlock,
    OperatorLock,

    /// <summary>An operator acknowledged what the status showed.</summary>
    Acknowledged,

    /// <summary>The door is held unlocked, by its hours or by an operator for a time.</summary>
    HeldUnlocked,

    /// <summary>The door is no longer held unlocked.</summary>
    HoldEnded,

    /// <summary>A lockdown began, or continues after a restart.</summary>
    LockdownStarted,
    LockdownEnded,

    // The fleet's lockdown has kinds of its own: it begins and ends beside the door's.
    /// <summary>The fleet's office ordered a lockdown of the group, or the lockdown continues after a restart.</summary>
    FleetLockdownStarted,
    FleetLockdownEnded,

    /// <summary>Root ended the group's lockdown at this door, although the office has not.</summary>
    FleetLockdownOverridden,

    // Devices.
    ReaderFault,
    LineNoise,
    LineRestored,

    /// <summary>The reader is disconnected, or can no longer be trusted.</summary>
    ReaderOffline,
    ReaderRestored,

    // The exit reader has kinds of its own: an alarm of one reader must not end with the other's.
    ExitLineNoise,
    ExitLineRestored,
    ExitReaderOffline,
    ExitReaderRestored,
    RelayFault,
    RelayRestored,
    CameraFault,
    CameraRestored,

    /// <summary>A badge and its PIN open while the camera is lost or silent.</summary>
    CameraFallback,
    CameraFallbackEnded,

    /// <summary>The camera gives fewer frames than the rules need.</summary>
    CameraSlow,

    /// <summary>The display at the door does not answer; the door works without it.</summary>
    DisplayOffline,
    DisplayRestored,

    // Data.
    GalleryLoaded,
    GalleryRefused,

    /// <summary>The gallery is older than the newest one that this door has used.</summary>
    GalleryRolledBack,

    /// <summary>Root accepted a gallery that is older than the newest one in use.</summary>
    GalleryAccepted,

    /// <summary>The journal is older than the anchor says, or another one.</summary>
    JournalRolledBack,
    ScheduleUnknown,
    StorageSlow,
    StorageFailed,
    StorageRestored,

    /// <summary>The technicians' log cannot be written; the journal is another file.</summary>
    LogFailed,
    LogRestored,

    /// <summary>An operator erased a person: records keep the number, and no name.</summary>
    PersonErased,

    /// <summary>The journal does not continue as the door wrote it.</summary>
    JournalAltered,

    /// <summary>The door removed old records, as its settings say.</summary>
    RecordsRemoved,

    // The fleet.
    /// <summary>A delivery of the fleet changed people of the gallery.</summary>
    FleetApplied,

    /// <summary>Records of the fleet were refused; the rest of the delivery was applied.</summary>
    FleetRefused,

    /// <summary>What the door has of its fleet is not what the office says, or is older.</summary>
    FleetFault,
    FleetRestored,

    /// <summary>The door has had no contact to its fleet for longer than the office allows.</summary>
    FleetStale,
    FleetFresh,
}
