namespace DoorAgent.Decisions;

/// <summary>What a person must present in order to be let in.</summary>
internal enum AccessMode
{
    /// <summary>A badge and the face of its owner.</summary>
    BadgeAndFace,

    /// <summary>A face; badges have no effect.</summary>
    FaceOnly,

    /// <summary>A badge or a face; a copied badge opens the door.</summary>
    BadgeOrFace,

    /// <summary>A badge; a copied badge opens the door.</summary>
    BadgeOnly,
}

/// <summary>The names of the modes in the configuration.</summary>
internal static class AccessModes
{
    public const string BadgeAndFace = "badge-and-face", FaceOnly = "face-only", BadgeOrFace = "badge-or-face", BadgeOnly = "badge-only";

    public const string Words = $"{BadgeAndFace}, {FaceOnly}, {BadgeOrFace}, {BadgeOnly}";

    /// <summary>Returns the mode of that name, or null.</summary>
    public static AccessMode? Find(string? word) => word switch
    {
        BadgeAndFace => AccessMode.BadgeAndFace,
        FaceOnly => AccessMode.FaceOnly,
        BadgeOrFace => AccessMode.BadgeOrFace,
        BadgeOnly => AccessMode.BadgeOnly,
        _ => null,
    };

    /// <summary>Whether a face without a badge can open the door.</summary>
    public static bool Identifies(this AccessMode mode) => mode is AccessMode.FaceOnly or AccessMode.BadgeOrFace;

    /// <summary>Whether a badge without a face can open the door; such a door is only as secure as a card is hard to copy.</summary>
    public static bool OpensForBadgeAlone(this AccessMode mode) => mode is AccessMode.BadgeOrFace or AccessMode.BadgeOnly;
}
