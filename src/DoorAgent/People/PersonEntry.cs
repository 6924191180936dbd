namespace DoorAgent.People;

/// <summary>A person as a list shows them.</summary>
/// <param name="Name">As it was given.</param>
/// <param name="IsEnabled">Whether they may enter.</param>
/// <param name="IsExtended">Whether the door stays unlocked longer for them.</param>
/// <param name="Added">When, UTC.</param>
/// <param name="Pictures">Encodings of the active encoder.</param>
/// <param name="Badges">Their badges.</param>
internal sealed record PersonEntry(string Name, bool IsEnabled, bool IsExtended, string Added, int Pictures, IReadOnlyList<BadgeEntry> Badges);
