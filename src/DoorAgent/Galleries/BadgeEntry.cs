using DoorAgent.Hardware.Badges;
using DoorAgent.Matching;

namespace DoorAgent.Galleries;

/// <summary>A badge as a list shows it.</summary>
internal sealed record BadgeEntry(string Person, Badge Badge, BadgeState State);

/// <summary>A badge's state as the gallery file writes it.</summary>
internal static class BadgeStateText
{
    public static string Of(BadgeState state) => state switch
    {
        BadgeState.Active => "active",
        BadgeState.Lost => "lost",
        _ => "blocked",
    };

    /// <summary>The state of a word; what nobody knows is blocked.</summary>
    public static BadgeState State(string word) => word switch
    {
        "active" => BadgeState.Active,
        "lost" => BadgeState.Lost,
        _ => BadgeState.Blocked,
    };
}
