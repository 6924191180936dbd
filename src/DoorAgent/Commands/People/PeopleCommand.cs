using System.CommandLine;

namespace DoorAgent.Commands.People;

/// <summary>dooragent people: who may enter.</summary>
internal static class PeopleCommand
{
    internal static Command Create() => new("people", "Who may enter: enrol, add pictures, hours and dates, disable, remove. A running daemon follows within a second.")
    {
        PeopleAddCommand.Create(),
        PeoplePicturesCommand.Create(),
        PeopleRenameCommand.Create(),
        PeoplePinCommand.Create(),
        PeopleEnableCommand.Create(),
        PeopleDisableCommand.Create(),
        PeopleScheduleCommand.Create(),
        PeopleFromCommand.Create(),
        PeopleUntilCommand.Create(),
        PeopleListCommand.Create(),
        PeopleShowCommand.Create(),
        PeopleRemoveCommand.Create(),
        PeopleReEncodeCommand.Create(),
        PeopleExportCommand.Create(),
        PeopleImportCommand.Create(),
    };
}
