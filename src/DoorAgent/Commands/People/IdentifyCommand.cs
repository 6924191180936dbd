using System.CommandLine;

namespace DoorAgent.Commands.People;

/// <summary>dooragent identify: who of all is this?</summary>
internal static class IdentifyCommand
{
    internal static Command Create()
    {
        Argument<string> picture = new("PICTURE") { Description = "A picture file; the main face on it is compared." };
        Command command = new("identify", """
            Says who is on a picture, as the door would without a badge.

            The nearest name is shown even when refused. The nearest person must be near enough (Matching:Fpir) and clear of the second (Matching:Margin). Exit code
            0 when the door would open, 1 when not, 2 when there is no answer.
            """) { picture, GalleryArguments.Encoder(), GalleryArguments.Distance(), GalleryArguments.Json() };
        command.SetAction(result => QuestionWork.Ask(result, question => question.Identify(result.GetRequiredValue(picture)), showsNearest: true));
        return command;
    }
}
