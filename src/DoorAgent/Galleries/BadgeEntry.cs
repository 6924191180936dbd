using DoorAgent.Hardware.Badges;
using DoorAgent.Matching;

namespace DoorAgent.Galleries;

/// <summary>A badge in a list.</summary>
internal sealed record BadgeEntry(string Person, Badge Badge, BadgeState State)
{
    /// <summary>When the badge was added, UTC.</summary>
    public string Added { get; init; } = "";
}

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
