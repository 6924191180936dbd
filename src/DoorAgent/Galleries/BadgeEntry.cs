using DoorAgent.Hardware.Badges;
using DoorAgent.Matching;

namespace DoorAgent.Galleries;

/// <summary>A badge as a list shows it.</summary>
internal sealed record BadgeEntry(string Person, Badge Badge, BadgeState State);
