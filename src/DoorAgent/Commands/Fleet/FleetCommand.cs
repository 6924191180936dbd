using System.CommandLine;

namespace DoorAgent.Commands.Fleet;

/// <summary>Creates dooragent fleet: many doors with the same people, kept by one office.</summary>
internal static class FleetCommand
{
    internal static Command Create() => new("fleet", """
        Many doors with the same people: one enrolment for all, one removal for all, and a list of the doors that know it.

        The office is any machine with this program and the office's directory; a hub, nats-server, carries sealed records between the
        office and the doors, and can neither read them nor add anybody. The doors work without both.
        Begin at the office with 'dooragent fleet init'; 'dooragent help fleet' shows every step.
        """)
    {
        OfficeOption.Directory,
        FleetInitCommand.Create(),
        FleetGroupCommand.Create(),
        FleetJoinCommand.Create(),
        FleetAcceptCommand.Create(),
        FleetLeaveCommand.Create(),
        FleetRenewCommand.Create(),
        FleetRevokeCommand.Create(),
        FleetPublishCommand.Create(),
        FleetEraseCommand.Create(),
        FleetReachedCommand.Create(),
        FleetStatusCommand.Create(),
        FleetRepairCommand.Create(),
    };
}
