using System.CommandLine;
using DoorAgent.Hardware.Badges;

namespace DoorAgent.Commands;

/// <summary>dooragent badges add.</summary>
internal static class BadgesAddCommand
{
    internal static Command Create()
    {
        Argument<string> name = GalleryArguments.Name();
        Argument<string> badge = GalleryArguments.BadgeOrNext();
        Command command = new("add", "Gives a person a badge. A person may have several, a badge belongs to one person.") { name, badge };
        command.SetAction(async (result, stopping) =>
        {
            Badge card = await OperatorWork.BadgeAsync(result, result.GetRequiredValue(badge), stopping);
            string person = result.GetRequiredValue(name);
            return GalleryWork.Change(result, gallery => gallery.AddBadge(person, card), $"{person} has the badge {card.Hint}.");
        });
        return command;
    }
}
