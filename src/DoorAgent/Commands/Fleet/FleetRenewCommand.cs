using System.CommandLine;
using DoorAgent.Office;

namespace DoorAgent.Commands.Fleet;

/// <summary>Creates dooragent fleet renew.</summary>
internal static class FleetRenewCommand
{
    internal static Command Create()
    {
        Argument<string[]> names = new("GROUP") { Arity = ArgumentArity.ZeroOrMore, Description = "Groups to renew; without one those that are to be renewed." };
        Command command = new("renew", """
            Signs the manifests of groups again without a change, and sends what waits.

            Doors of a group with --renew raise an alarm where no manifest came for that time: somebody withholds them, or the office is
            gone. Run this from a timer, several times within that time. Without such a group the command only sends what waits.
            Exit code 0 when the hub has everything, 1 when something waits.
            """) { names };
        command.SetAction(async (result, stopping) =>
        {
            using FleetOffice office = OfficeOption.Open(result);
            string[] asked = result.GetValue(names) ?? [];
            OfficeGroup[] groups = asked.Length > 0 ? [.. asked.Distinct().Select(office.Groups.Require)]
                : [.. office.Groups.All().Where(group => group.Settings.RenewWithin is not null)];
            foreach (OfficeGroup group in groups)
                Console.WriteLine(FleetWords.Publication(office.Publish(group.Name, "renewed", _ => { })));
            int code = await OfficeSending.RunAsync(office, stopping);
            if (groups.Length == 0 && code == 0)
                Console.WriteLine("No group is to be renewed, and nothing waits.");
            return code;
        });
        return command;
    }
}
