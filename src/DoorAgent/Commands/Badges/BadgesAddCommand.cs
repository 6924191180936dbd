using System.CommandLine;
using DoorAgent.Commands.People;
using DoorAgent.Galleries;
using DoorAgent.Hardware.Badges;
using DoorAgent.Storage;

namespace DoorAgent.Commands.Badges;

/// <summary>dooragent badges add.</summary>
internal static class BadgesAddCommand
{
    internal static Command Create()
    {
        Argument<string> name = PersonArguments.Name();
        Argument<string> badge = BadgeArgument.CreateWithNext();
        Command command = new("add", "Gives a person a badge. A person may have several, a badge belongs to one person.") { name, badge };
        command.SetAction(async (result, stopping) =>
        {
            Places places = CommonOptions.ShowPlaces(result);
            using GalleryFile gallery = GalleryFile.OpenToChange(places.GalleryFile, TimeProvider.System);
            // First of all: no card is taken at the door for somebody who is not enrolled.
            string person = gallery.Person(result.GetRequiredValue(name)).Name;
            Badge card = await BadgeArgument.ResolveAsync(result, result.GetRequiredValue(badge), stopping);
            gallery.AddBadge(person, card);
            Console.WriteLine($"{person} has the badge {card.Hint}.");
            return 0;
        });
        return command;
    }
}
