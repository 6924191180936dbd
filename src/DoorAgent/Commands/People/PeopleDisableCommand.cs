using System.CommandLine;

namespace DoorAgent.Commands.People;

/// <summary>dooragent people disable.</summary>
internal static class PeopleDisableCommand
{
    internal static Command Create()
    {
        Argument<string> name = GalleryArguments.Name();
        Command command = new("disable", "Keeps a person out and everything of theirs in the gallery. A running daemon follows within a second.") { name };
        command.SetAction(result => GalleryWork.Change(
            result, gallery => gallery.SetEnabled(result.GetRequiredValue(name), false), $"{result.GetValue(name)} is disabled."));
        return command;
    }
}
