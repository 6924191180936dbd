using System.CommandLine;

namespace DoorAgent.Commands.Badges;

/// <summary>dooragent badges: which card is whose.</summary>
internal static class BadgesCommand
{
    internal static Command Create() => new("badges", "Which badge is whose: add, block when lost or stolen, remove.")
    {
        BadgesAddCommand.Create(),
        BadgesBlockCommand.Create(),
        BadgesUnblockCommand.Create(),
        BadgesRemoveCommand.Create(),
        BadgesListCommand.Create(),
    };
}
