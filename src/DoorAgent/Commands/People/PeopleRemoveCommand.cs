using System.CommandLine;
using DoorAgent.Operating;

namespace DoorAgent.Commands.People;

/// <summary>Creates dooragent people remove.</summary>
internal static class PeopleRemoveCommand
{
    internal static Command Create()
    {
        Argument<string> name = PersonArguments.Name();
        Command command = new("remove", """
            Removes a person with encodings, kept faces and badges, and overwrites the space in the file.

            Their badges are unknown at the door afterwards. To keep somebody out for a while, use disable; to raise an alarm
            when a stolen badge appears, use 'dooragent badges block'. Journal, log and copies of the gallery keep the name: 'people
            erase' erases it there too.
            """) { name };
        command.SetAction((result, stopping) =>
        {
            string person = result.GetRequiredValue(name);
            return GalleryChange.RunOrAskAsync(result, new GalleryChangeOrder(GalleryChangeKind.RemovePerson, person),
                gallery => gallery.Remove(person), $"{person} is removed.", stopping);
        });
        return command;
    }
}
