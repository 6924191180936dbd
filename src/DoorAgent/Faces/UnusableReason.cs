namespace DoorAgent.Faces;

/// <summary>The reason why the face of a frame or picture cannot be compared.</summary>
internal enum UnusableReason
{
    /// <summary>The face can be compared.</summary>
    None,
    NoFace,
    SeveralFaces,
    TooDark,
    Blurred,
    TooSmall,
    NotUpright,

    /// <summary>The face is squeezed or stretched.</summary>
    OutOfProportion,
    FaceTurned,

    /// <summary>A mask, a scarf or a hand covers the face.</summary>
    FaceCovered,

    /// <summary>The face is a negative, a drawing, or otherwise unlike the faces of the calibration.</summary>
    UnlikeAFace,
}
