namespace DoorAgent.Matching;

/// <summary>Somebody enrolled, as the gallery had them when it was read.</summary>
/// <param name="Id">The gallery's row; also in records.</param>
/// <param name="Name">The name as it was given.</param>
/// <param name="IsEnabled">Whether they may enter at all.</param>
/// <param name="IsExtended">Whether the door stays unlocked longer for them.</param>
/// <param name="Schedule">Name of their schedule.</param>
/// <param name="FirstEncoding">Index of their first encoding in the gallery's array.</param>
/// <param name="EncodingCount">How many encodings they have.</param>
internal sealed record Person(long Id, string Name, bool IsEnabled, bool IsExtended, string Schedule, int FirstEncoding, int EncodingCount)
{
    /// <summary>From when on they may enter; null for ever since.</summary>
    public ValidityDate? ValidFrom { get; init; }

    /// <summary>Until when they may enter; null for ever.</summary>
    public ValidityDate? ValidUntil { get; init; }

    /// <summary>Their PIN; null when they have none.</summary>
    public PersonPin? Pin { get; init; }

    /// <summary>Whether nothing about them differs, their PIN included.</summary>
    public bool IsSameAs(Person other) => this with { Pin = null } == other with { Pin = null } && (Pin is null ? other.Pin is null : Pin.IsSameAs(other.Pin));
}

/// <summary>What the gallery says of a badge.</summary>
internal enum BadgeState
{
    Active,
    Blocked,
    Lost,
}

/// <summary>A badge's owner and state.</summary>
internal readonly record struct BadgeOwner(Person Person, BadgeState State);
