using System.CommandLine;
using DoorAgent.Hardware.Badges;
using DoorAgent.People;

namespace DoorAgent.Commands;

/// <summary>dooragent people add: enrols somebody.</summary>
internal static class PeopleAddCommand
{
    internal static Command Create()
    {
        Argument<string> name = GalleryWork.Name();
        Option<string?> badge = new("--badge") { Description = GalleryWork.BadgeOrNext().Description };
        Option<bool> extended = new("--extended") { Description = "The door stays unlocked longer for this person (Doors:ExtendedAccessTime)." };
        Option<string?> encoder = GalleryWork.Encoder();
        Command command = new("add", """
            Enrols a person from a folder of pictures, and says of each picture what it found.

            Three to ten pictures in different light are good. Pictures of somebody else, blurred ones and the like are
            left out; a person whom the door could not tell from somebody enrolled is refused.
            """) { name, GalleryWork.Images(), badge, extended, encoder };
        command.SetAction(async (result, stopping) =>
        {
            PersonName person = PersonName.Parse(result.GetRequiredValue(name));
            Badge? card = result.GetValue(badge) is { } text ? await OperatorWork.BadgeAsync(result, text, stopping) : null;
            return GalleryWork.Enrol(result, person.Text, path => new GalleryFile(path, TimeProvider.System),
                (enroller, files, progress) => enroller.Add(person, files, card, result.GetValue(extended), progress), result.GetValue(encoder));
        });
        return command;
    }
}
