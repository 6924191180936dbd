using System.CommandLine;
using DoorAgent.Office;

namespace DoorAgent.Commands.Fleet;

/// <summary>Creates dooragent fleet revoke.</summary>
internal static class FleetRevokeCommand
{
    internal static Command Create()
    {
        Option<string> door = new("--door") { Description = "Name of the door.", HelpName = "NAME", Required = true };
        Command command = new("revoke", """
            Revokes a door: the hub does not accept its key any more, and its group gets a new key.

            For a door that was stolen or taken away. The same command again does no harm.
            Exit code 0 when the hub knows it, 1 when something waits.
            """) { door };
        command.SetAction(async (result, stopping) =>
        {
            using FleetOffice office = OfficeOption.Open(result);
            return await DoorRevocation.RunAsync(office, result.GetRequiredValue(door), stopping);
        });
        return command;
    }
}
