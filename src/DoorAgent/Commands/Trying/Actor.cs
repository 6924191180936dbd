using DoorAgent.Hardware.Badges;

namespace DoorAgent.Commands.Trying;

/// <summary>Somebody in the trial.</summary>
/// <param name="Name">As the door knows them, or as they are called here.</param>
/// <param name="Key">Presents their badge.</param>
/// <param name="Badge">Their badge.</param>
/// <param name="Folder">Folder of the built-in people, for those who can stand before a played camera; null for the user.</param>
/// <param name="IsEnrolled">Whether the door knows them.</param>
internal sealed record Actor(string Name, char Key, Badge Badge, string? Folder, bool IsEnrolled);
