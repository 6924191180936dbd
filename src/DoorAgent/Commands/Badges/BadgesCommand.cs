using System.CommandLine;

namespace DoorAgent.Commands.Badges;

/// <summary>Creates dooragent badges: the verbs on badges and their owners.</summary>
internal static class BadgesCommand
{
    internal static Command Create() => new("badges", "Manages badges and their owners: add, block when lost or stolen, remove.")
    {
        BadgesAddCommand.Create(),
        BadgesChangeCommand.CreateBlock(),
        BadgesChangeCommand.CreateUnblock(),
        BadgesChangeCommand.CreateRemove(),
        BadgesListCommand.Create(),
    };
}
