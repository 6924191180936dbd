using System.CommandLine;

namespace DoorAgent.Commands.People;

/// <summary>dooragent people enable.</summary>
internal static class PeopleEnableCommand
{
    internal static Command Create()
    {
        Argument<string> name = GalleryArguments.Name();
        Command command = new("enable", "Lets a disabled person in again. A running daemon follows within a second.") { name };
        command.SetAction(result => GalleryWork.Change(
            result, gallery => gallery.SetEnabled(result.GetRequiredValue(name), true), $"{result.GetValue(name)} is enabled."));
        return command;
    }
}
