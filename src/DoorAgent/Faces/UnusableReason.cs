namespace DoorAgent.Faces;

/// <summary>Why a frame or picture cannot be compared.</summary>
internal enum UnusableReason
{
    /// <summary>It can be.</summary>
    None,
    NoFace,
    SeveralFaces,
    TooDark,
    Blurred,
    TooSmall,
    NotUpright,

    /// <summary>Squeezed or stretched.</summary>
    OutOfProportion,
    FaceTurned,

    /// <summary>A mask, a scarf, a hand.</summary>
    FaceCovered,

    /// <summary>A negative, a drawing, or another picture of which the calibration knows nothing.</summary>
    UnlikeAFace,
}
