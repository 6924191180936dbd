using System.CommandLine;
using DoorAgent.Hardware.Badges;
using DoorAgent.Matching;

namespace DoorAgent.Commands.Badges;

/// <summary>dooragent badges block.</summary>
internal static class BadgesBlockCommand
{
    internal static Command Create()
    {
        Argument<string> badge = GalleryArguments.Badge();
        Option<bool> lost = new("--lost") { Description = "Says in alarms that the badge was lost." };
        Command command = new("block", "Blocks a stolen or lost badge. It is kept: whoever shows it is refused, and it is an alarm.") { badge, lost };
        command.SetAction(result =>
        {
            Badge card = GalleryArguments.ParseBadge(result.GetRequiredValue(badge));
            bool isLost = result.GetValue(lost);
            return GalleryWork.Change(result, gallery => gallery.SetBadge(card, isLost ? BadgeState.Lost : BadgeState.Blocked),
                $"The badge {card.Hint} is {(isLost ? "lost" : "blocked")}.");
        });
        return command;
    }
}
