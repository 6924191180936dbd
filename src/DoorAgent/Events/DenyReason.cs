using System.Collections.Frozen;
using DoorAgent.Faces;

namespace DoorAgent.Events;

/// <summary>The reason why a door stayed locked; the log, the journal and the simulation use the same word.</summary>
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
    FleetStale,
    LockedOut,
    Passback,
    Lockdown,
    SecondPersonMissing,
    EscortMissing,
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

/// <summary>Maps a reason why no frame could be compared to the reason why the door stayed locked, and back.</summary>
internal static class DenyReasons
{
    private static readonly FrozenDictionary<UnusableReason, DenyReason> Denials = new Dictionary<UnusableReason, DenyReason>
    {
        [UnusableReason.NoFace] = DenyReason.NoFace,
        [UnusableReason.SeveralFaces] = DenyReason.SeveralFaces,
        [UnusableReason.TooDark] = DenyReason.TooDark,
        [UnusableReason.Blurred] = DenyReason.Blurred,
        [UnusableReason.TooSmall] = DenyReason.TooSmall,
        [UnusableReason.NotUpright] = DenyReason.NotUpright,
        [UnusableReason.OutOfProportion] = DenyReason.OutOfProportion,
        [UnusableReason.FaceTurned] = DenyReason.FaceTurned,
        [UnusableReason.FaceCovered] = DenyReason.FaceCovered,
        [UnusableReason.UnlikeAFace] = DenyReason.UnlikeAFace,
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<DenyReason, UnusableReason> Problems =
        Denials.ToFrozenDictionary(row => row.Value, row => row.Key);

    /// <summary>Returns the reason to deny an attempt whose frames could not be compared.</summary>
    /// <exception cref="KeyNotFoundException">The reason is None, or has no row.</exception>
    public static DenyReason ToDenyReason(this UnusableReason reason) => Denials[reason];

    /// <summary>Returns the problem of the frames that a reason to deny names; null when the reason is not about frames.</summary>
    public static UnusableReason? ToUnusableReason(this DenyReason reason) =>
        Problems.TryGetValue(reason, out UnusableReason problem) ? problem : null;
}
