using DoorAgent.Hardware.Badges;
using DoorAgent.Matching;

namespace DoorAgent.Galleries;

/// <summary>A badge in a list, without its number.</summary>
/// <param name="Person">Name of the owner.</param>
/// <param name="Hint">Format and last two digits.</param>
/// <param name="State">State of the badge.</param>
internal sealed record BadgeEntry(string Person, string Hint, BadgeState State)
{
    /// <summary>Row id in the gallery.</summary>
    public long Id { get; init; }

    /// <summary>When the badge was added, UTC.</summary>
    public string Added { get; init; } = "";
}

/// <summary>A badge with its number, which opens doors like a key.</summary>
internal sealed record NumberedBadge(string Person, Badge Badge, BadgeState State);

/// <summary>Converts a badge's state to and from the word in the gallery file.</summary>
internal static class BadgeStateText
{
    public static string Of(BadgeState state) => state switch
    {
        BadgeState.Active => "active",
        BadgeState.Lost => "lost",
        _ => "blocked",
    };

    /// <summary>Returns the state for a word; an unknown word means blocked.</summary>
    public static BadgeState State(string word) => word switch
    {
        "active" => BadgeState.Active,
        "lost" => BadgeState.Lost,
        _ => BadgeState.Blocked,
    };
}
