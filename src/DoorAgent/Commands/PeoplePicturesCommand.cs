using System.CommandLine;
using DoorAgent.People;

namespace DoorAgent.Commands;

/// <summary>dooragent people pictures: gives somebody more pictures.</summary>
internal static class PeoplePicturesCommand
{
    internal static Command Create()
    {
        Argument<string> name = GalleryWork.Name();
        Command command = new("pictures", """
            Gives a person more pictures.

            Those that are good and most different are kept, old and new (People:MaxEncodings). Do this when somebody is refused at the door too often: a new beard, new glasses, other light.
            """) { name, GalleryWork.Images() };
        command.SetAction(result =>
        {
            string person = result.GetRequiredValue(name);
            return GalleryWork.Enrol(result, person, path => GalleryFile.OpenToChange(path, TimeProvider.System),
                (enroller, files, progress) => enroller.AddPictures(person, files, progress));
        });
        return command;
    }
}
