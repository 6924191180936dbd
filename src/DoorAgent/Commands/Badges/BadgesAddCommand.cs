using System.CommandLine;
using DoorAgent.Commands.People;
using DoorAgent.Galleries;
using DoorAgent.Hardware.Badges;
using DoorAgent.Storage;

namespace DoorAgent.Commands.Badges;

/// <summary>Creates dooragent badges add.</summary>
internal static class BadgesAddCommand
{
    internal static Command Create()
    {
        Argument<string> name = PersonArguments.Name();
        Argument<string> badge = BadgeArgument.CreateWithNext();
        Command command = new("add",
            "Assigns a badge to a person. A person may have several badges; a badge belongs to one person.") { name, badge };
        command.SetAction(async (result, stopping) =>
        {
            Places places = CommonOptions.ShowPlaces(result);
            using GalleryFile gallery = GalleryFile.OpenToChange(places.GalleryFile, TimeProvider.System);
            // The person is looked up first, so that no badge is read at the door for somebody who is not enrolled.
            string person = gallery.Person(result.GetRequiredValue(name)).Name;
            Badge assigned = await BadgeArgument.ResolveAsync(result, result.GetRequiredValue(badge), stopping);
            gallery.AddBadge(person, assigned);
            Console.WriteLine($"{person} has the badge {assigned.Hint}.");
            return 0;
        });
        return command;
    }
}
