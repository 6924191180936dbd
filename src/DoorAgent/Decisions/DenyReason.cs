namespace DoorAgent.Decisions;

/// <summary>Why a door stayed locked: the same word in the log, the record and the simulation.</summary>
internal enum DenyReason
{
    FaceNotMatched,
    NotRecognised,
    SpoofSuspected,
    UnknownBadge,
    BadgeBlocked,
    PersonDisabled,
    OutsideValidity,
    OutsideSchedule,
    ClockNotSet,
    LockedOut,
    SeveralFaces,
    TooDark,
    Blurred,
    TooSmall,
    FaceTurned,
    NoFace,
    CameraFault,
    NoLongerEnrolled,
    WrongPin,
    PinNotEntered,
    NoPin,
    Superseded,
    Abandoned,
    AuditFailed,
    GalleryMissing,
    RelayFault,
    Stopping,
    Fault,
}
