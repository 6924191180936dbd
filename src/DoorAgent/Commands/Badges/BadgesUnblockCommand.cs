using System.CommandLine;
using DoorAgent.Hardware.Badges;
using DoorAgent.Matching;

namespace DoorAgent.Commands.Badges;

/// <summary>dooragent badges unblock.</summary>
internal static class BadgesUnblockCommand
{
    internal static Command Create()
    {
        Argument<string> badge = GalleryArguments.Badge();
        Command command = new("unblock", "Lets a blocked or lost badge be used again: it was found.") { badge };
        command.SetAction(result =>
        {
            Badge card = GalleryArguments.ParseBadge(result.GetRequiredValue(badge));
            return GalleryWork.Change(result, gallery => gallery.SetBadge(card, BadgeState.Active), $"The badge {card.Hint} may be used again.");
        });
        return command;
    }
}
