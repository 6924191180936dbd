using System.CommandLine;

namespace DoorAgent.Commands.People;

/// <summary>dooragent verify: is this the person whom the badge names?</summary>
internal static class VerifyCommand
{
    internal static Command Create()
    {
        Argument<string> name = GalleryArguments.Name();
        Argument<string> picture = new("PICTURE") { Description = "A picture file; the main face on it is compared." };
        Command command = new("verify", """
            Says whether a picture shows a person, as the door would after their badge.

            Exit code 0 when the door would open, 1 when not, 2 when there is no answer: nobody of that name is enrolled,
            or no usable face is on the picture.
            """) { name, picture, GalleryArguments.Encoder(), GalleryArguments.Distance(), GalleryArguments.Json() };
        command.SetAction(result => QuestionWork.Ask(result,
            question => question.Verify(result.GetRequiredValue(name), result.GetRequiredValue(picture)), showsNearest: false));
        return command;
    }
}
