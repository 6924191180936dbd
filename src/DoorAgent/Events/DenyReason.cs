using DoorAgent.Decisions;

namespace DoorAgent.Events;

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
    TooFewPictures,
    SeveralFaces,
    TooDark,
    Blurred,
    TooSmall,
    NotUpright,
    OutOfProportion,
    FaceTurned,
    FaceCovered,
    UnlikeAFace,
    NoFace,
    CameraFault,
    NoLongerEnrolled,
    EncoderChanged,
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
