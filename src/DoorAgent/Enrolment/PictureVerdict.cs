namespace DoorAgent.Enrolment;

/// <summary>What enrolment found on a picture.</summary>
internal enum PictureVerdict
{
    /// <summary>It is good and kept.</summary>
    Kept,

    /// <summary>It is good, but others are better or more different, and no more are allowed (People:MaxEncodings).</summary>
    LeftOut,
    NotAPicture,
    NoFace,
    SeveralFaces,
    TooDark,
    Blurred,
    TooSmall,
    NotUpright,
    OutOfProportion,
    FaceTurned,
    FaceCovered,
    UnlikeAFace,

    /// <summary>The same file is there already, in this set or among the person's pictures.</summary>
    Twice,

    /// <summary>It is too like one that the camera gave before: it would add nothing.</summary>
    TooLike,

    /// <summary>It is somebody else than on most of the others.</summary>
    AnotherPerson,

    /// <summary>It is so like somebody enrolled that their badge would open for it.</summary>
    LooksLike,
}
