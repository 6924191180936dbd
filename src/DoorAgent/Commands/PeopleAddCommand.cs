using System.CommandLine;
using DoorAgent.Hardware.Badges;
using DoorAgent.People;

namespace DoorAgent.Commands;

/// <summary>dooragent people add: enrols somebody.</summary>
internal static class PeopleAddCommand
{
    internal static Command Create()
    {
        Argument<string> name = GalleryArguments.Name();
        Option<string?> badge = new("--badge") { Description = GalleryArguments.BadgeOrNext().Description };
        Option<bool> extended = new("--extended") { Description = "The door stays unlocked longer for this person (Doors:ExtendedAccessTime)." };
        PictureSource source = new();
        Option<string?> encoder = GalleryArguments.Encoder();
        Command command = new("add", """
            Enrols a person from a folder of pictures or from a camera, and says of each picture what it found.

            Three to ten pictures in different light are good. Pictures of somebody else, blurred ones and the like are
            left out; a person whom the door could not tell from somebody enrolled is refused.
            With --camera it takes good and different pictures now and says what to do; all are written together, or none.
            """) { name, badge, extended, encoder };
        source.AddTo(command);
        command.SetAction(async (result, cancellationToken) =>
        {
            PersonName person = PersonName.Parse(result.GetRequiredValue(name));
            // The name, and whether there are pictures and networks, before a card is taken at the door.
            Badge? card = null;
            return await EnrolmentWork.EnrolAsync(result, person.Text, source, path => new GalleryFile(path, TimeProvider.System), async gallery =>
            {
                gallery.NeedFree(person, null);
                card = result.GetValue(badge) is { } text ? await OperatorWork.BadgeAsync(result, text, cancellationToken) : null;
                gallery.NeedFree(person, card);
                return [];
            }, (enroller, pictures, progress) => enroller.Add(person, pictures, card, result.GetValue(extended), progress), result.GetValue(encoder), cancellationToken);
        });
        return command;
    }
}
