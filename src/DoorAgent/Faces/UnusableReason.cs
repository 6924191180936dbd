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
    FaceTurned,
}
