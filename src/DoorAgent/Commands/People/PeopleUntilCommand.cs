using System.CommandLine;
using DoorAgent.Matching;

namespace DoorAgent.Commands.People;

/// <summary>dooragent people until.</summary>
internal static class PeopleUntilCommand
{
    private const string Never = "never";

    internal static Command Create()
    {
        Argument<string> name = GalleryArguments.Name();
        Argument<string> date = new("DATE") { Description = $"The last day, such as 2026-03-31, or a moment, such as 2026-03-31T18:00, where the door is; {Never} takes the date away." };
        Command command = new("until", """
            Says until when a person may enter: through the end of that day.

            Afterwards they are refused as OutsideValidity, and everything of theirs stays. A running daemon follows within a second.
            """) { name, date };
        command.SetAction(result => GalleryWork.SetValidity(result, result.GetRequiredValue(name), ValidityLimit.Until,
            GalleryArguments.ParseDate(result.GetRequiredValue(date), Never)));
        return command;
    }
}
