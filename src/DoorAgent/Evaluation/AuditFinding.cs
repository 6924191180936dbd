namespace DoorAgent.Evaluation;

/// <summary>What an audit can find.</summary>
internal enum AuditKind
{
    /// <summary>A picture shows somebody else than the person's other pictures.</summary>
    WrongPicture,

    /// <summary>One picture is enrolled for two people.</summary>
    SharedPicture,

    /// <summary>Most pictures of two people look alike: one person under two names, or twins.</summary>
    SamePerson,

    /// <summary>The door takes a picture of one person for another.</summary>
    LookAlike,

    /// <summary>Two separated people, of whom one is no longer recognised.</summary>
    TooSeparated,

    /// <summary>A person without a picture.</summary>
    NoPicture,

    /// <summary>A person with one picture.</summary>
    OnePicture,

    /// <summary>The newest picture of a person is old.</summary>
    OldPictures,

    /// <summary>A badge that nobody presented for a long time.</summary>
    UnusedBadge,

    /// <summary>Hours that the configuration does not define.</summary>
    UnknownHours,
}

/// <summary>How many pictures of a person the door would take for another person.</summary>
/// <param name="Taken">The number, 0 to <paramref name="Of"/>.</param>
/// <param name="Of">How many pictures were compared.</param>
internal readonly record struct TakenPictures(int Taken, int Of);

/// <summary>One thing in a gallery that somebody should look at.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Person">Name of the person concerned.</param>
/// <param name="Other">Name of the other person concerned; null where there is none.</param>
internal sealed record AuditFinding(AuditKind Kind, string Person, string? Other = null)
{
    /// <summary>Numbers of the person's pictures, from 1, as 'people pictures NAME --list' shows them.</summary>
    public IReadOnlyList<int> Pictures { get; init; } = [];

    /// <summary>The other person's pictures, in the same way.</summary>
    public IReadOnlyList<int> OtherPictures { get; init; } = [];

    /// <summary>The distance that was found, 0 to 2; null without one.</summary>
    public float? Distance { get; init; }

    /// <summary>How many pictures of the person are taken for the other one.</summary>
    public TakenPictures PersonAsOther { get; init; }

    /// <summary>How many pictures of the other one are taken for the person.</summary>
    public TakenPictures OtherAsPerson { get; init; }

    /// <summary>Whether the pictures that are named may as well be the right ones, because no group of pictures is the
    /// largest.</summary>
    public bool IsUncertain { get; init; }

    /// <summary>What else must be known: a badge as logs show it, the name of hours, a date; empty for nothing.</summary>
    public string Detail { get; init; } = "";
}
