using System.CommandLine;
using DoorAgent.Hardware.Badges;

namespace DoorAgent.Commands.Badges;

/// <summary>dooragent badges remove.</summary>
internal static class BadgesRemoveCommand
{
    internal static Command Create()
    {
        Argument<string> badge = GalleryArguments.Badge();
        Command command = new("remove", "Forgets a badge: at the door it is unknown then, and no alarm. For a lost one use block.") { badge };
        command.SetAction(result =>
        {
            Badge card = GalleryArguments.ParseBadge(result.GetRequiredValue(badge));
            return GalleryWork.Change(result, gallery => gallery.RemoveBadge(card), $"The badge {card.Hint} is forgotten.");
        });
        return command;
    }
}
