using System.CommandLine;

namespace DoorAgent.Commands.People;

/// <summary>Creates dooragent people: the verbs on people who may enter.</summary>
internal static class PeopleCommand
{
    internal static Command Create() =>
        new("people", "Manages people: enrol, pictures, hours, dates, audit, data requests, remove. A running daemon follows within a second.")
    {
        PeopleAddCommand.Create(),
        PeoplePicturesCommand.Create(),
        PeopleLearnCommand.Create(),
        PeopleRenameCommand.Create(),
        PeoplePinCommand.Create(),
        PeopleSetEnabledCommand.CreateEnable(),
        PeopleSetEnabledCommand.CreateDisable(),
        PeopleForgiveCommand.Create(),
        PeopleScheduleCommand.Create(),
        PeopleMarkCommand.CreateLockdown(),
        PeopleMarkCommand.CreateTwoPerson(),
        PeopleEscortCommand.Create(),
        PeopleValidityCommand.CreateFrom(),
        PeopleValidityCommand.CreateUntil(),
        PeopleConsentCommand.Create(),
        PeopleListCommand.Create(),
        PeopleShowCommand.Create(),
        PeopleRemoveCommand.Create(),
        PeopleExportDataCommand.Create(),
        PeopleEraseCommand.Create(),
        PeopleRuleCommand.Create(),
        PeopleAuditCommand.Create(),
        PeopleSeparateCommand.Create(),
        PeopleReEncodeCommand.Create(),
        PeopleExportCommand.Create(),
        PeopleImportCommand.Create(),
        PeopleAcceptOlderCommand.Create(),
    };
}
