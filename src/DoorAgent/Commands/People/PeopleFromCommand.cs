using System.CommandLine;
using DoorAgent.Matching;

namespace DoorAgent.Commands.People;

/// <summary>dooragent people from.</summary>
internal static class PeopleFromCommand
{
    // Not 'never': whoever writes that means to keep somebody out.
    private const string Always = "always";

    internal static Command Create()
    {
        Argument<string> name = GalleryArguments.Name();
        Argument<string> date = new("DATE") { Description = $"The first day, such as 2026-03-01, or a moment, such as 2026-03-01T08:00, where the door is; {Always} takes the date away." };
        Command command = new("from", """
            Says from when on a person may enter: from the beginning of that day.

            Before, they are refused as OutsideValidity. A running daemon follows within a second.
            """) { name, date };
        command.SetAction(result => GalleryWork.SetValidity(result, result.GetRequiredValue(name), ValidityLimit.From,
            GalleryArguments.ParseDate(result.GetRequiredValue(date), Always)));
        return command;
    }
}
