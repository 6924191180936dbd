using System.CommandLine;
using DoorAgent.People;

namespace DoorAgent.Commands;

/// <summary>dooragent people pictures: gives somebody more pictures.</summary>
internal static class PeoplePicturesCommand
{
    internal static Command Create()
    {
        Argument<string> name = GalleryArguments.Name();
        PictureSource source = new();
        Command command = new("pictures", """
            Gives a person more pictures, from a folder or from a camera.

            Those that are good and most different are kept, old and new (People:MaxEncodings). Do this when somebody is refused at the door too often: a new beard, new glasses, other light.
            """) { name };
        source.AddTo(command);
        command.SetAction((result, cancellationToken) =>
        {
            string person = result.GetRequiredValue(name);
            return EnrolmentWork.EnrolAsync(result, person, source, path => GalleryFile.OpenToChange(path, TimeProvider.System), gallery => gallery.PicturesOf(person),
                (enroller, pictures, progress) => enroller.AddPictures(person, pictures, progress), null, cancellationToken);
        });
        return command;
    }
}
