namespace DoorAgent.Events;

/// <summary>Everything that can happen at a door. The log's template and event id, the record and the simulation follow from it.</summary>
internal enum DoorEventKind
{
    // The agent.
    Started,
    Stopping,
    Fault,
    Warning,

    /// <summary>Said at a start: the run before broke off, by a power cut or a kill.</summary>
    EndedWithoutStopping,

    /// <summary>The wall clock was set, by more than an adjustment.</summary>
    ClockJumped,

    // Decisions.
    AttemptOpened,
    Granted,
    Denied,

    /// <summary>An identification that ended because its face left or the door opened; for debugging only.</summary>
    AttemptAbandoned,
    BadgeNotUsed,

    BadgeAwaited,

    /// <summary>A badge of nobody was read while an operator waited for one.</summary>
    BadgeTaken,

    /// <summary>An operator takes pictures of somebody with the door's camera.</summary>
    CameraLent,
    LockoutStarted,
    PinAwaited,
    KeysNotUsed,

    /// <summary>The silent alarm: the duress PIN was typed. Nothing at the door shows it.</summary>
    Duress,

    // The door.
    RelayOn,
    RelayOff,
    GrantedDoorOpen,
    AccessTaken,
    AccessNotTaken,
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

    /// <summary>An operator has looked at what the status showed.</summary>
    Acknowledged,

    // Devices.
    ReaderFault,
    LineNoise,
    LineRestored,

    /// <summary>The reader itself is gone, or cannot be trusted any more.</summary>
    ReaderOffline,
    ReaderRestored,
    RelayFault,
    RelayRestored,
    CameraFault,
    CameraRestored,

    /// <summary>The camera gives fewer frames than the rules need.</summary>
    CameraSlow,

    /// <summary>The display at the door does not answer; the door works without it.</summary>
    DisplayOffline,
    DisplayRestored,

    // Data.
    GalleryLoaded,
    GalleryRefused,
    ScheduleUnknown,
    StorageSlow,
    StorageFailed,
    StorageRestored,

    /// <summary>The technicians' log cannot be written; the journal is another file.</summary>
    LogFailed,
    LogRestored,
}
