using System.CommandLine;
using DoorAgent.Office;

namespace DoorAgent.Commands.Fleet;

/// <summary>Creates dooragent fleet revoke.</summary>
internal static class FleetRevokeCommand
{
    internal static Command Create()
    {
        Argument<string?> name = new("NAME") { Description = "Name of the person.", Arity = ArgumentArity.ZeroOrOne };
        Option<string?> door = new("--door") { Description = "Revokes this door instead of a person.", HelpName = "NAME" };
        Option<string[]> groups = FleetPublishCommand.GroupsOption("Only from this group; from every group without this option.");
        Option<bool> wait = FleetReachedCommand.WaitOption();
        Command command = new("revoke", """
            Takes a person out of groups, or revokes a door.

            For a person a signed removal goes to the hub at once, then the manifest.

            A door that is online refuses the person within a second or two; one that is offline, when it is back. The office's gallery
            keeps the person: 'publish' brings them back. 'fleet erase' also erases what is known of the person.
            A door that was stolen or taken away is revoked with --door: the hub does not accept its key any more, and its group gets a new
            key. The same command again does no harm.
            Exit code 0 when every door has confirmed, and for a door when the hub knows it; 1 when something waits.
            Examples: dooragent fleet revoke anna --wait, dooragent fleet revoke --door lab-3
            """) { name, door, groups, wait };
        command.Validators.Add(result =>
        {
            if (result.GetValue(name) is null == (result.GetValue(door) is null))
                result.AddError("Name a person, or a door with --door.");
        });
        command.SetAction(async (result, stopping) =>
        {
            if (result.GetValue(name) is { } person)
                return await RunAsync(result, person, result.GetValue(groups) ?? [], result.GetValue(wait), stopping);
            using FleetOffice office = OfficeOption.Open(result);
            return await DoorRevocation.RunAsync(office, result.GetRequiredValue(door)!, stopping);
        });
        return command;
    }

    /// <summary>Decides what is left of a departure, and says so.</summary>
    internal static void Decide(Departure? departure)
    {
        foreach (OfficePublication made in departure?.Decide() ?? [])
            Console.WriteLine(FleetWords.Publication(made));
    }

    private static Task<int> RunAsync(ParseResult result, string name, string[] groups, bool waits, CancellationToken stopping)
    {
        Reach reach;
        using (FleetOffice office = OfficeOption.Open(result))
        {
            OfficePerson person = office.People.Find(name) ?? throw new UserErrorException($"The office knows nobody called {name}, and so nobody "
                + "of that name is at a door by the fleet. People whom a door enrolled itself are removed there, with 'dooragent people remove'.");
            Departure departure = Departure.Of(office, person, groups, isErasure: false);
            if (departure.Reach.Serials.Count == 0)
                Console.WriteLine($"{person.Name} is and was in none of these groups.");
            else if (departure.IsDone)
                Console.WriteLine($"{person.Name} was taken out before.");
            Decide(departure);
            reach = departure.Reach;
            if (!HubSession.Send(office, stopping))
                return Task.FromResult(1);
        }

        return reach.Serials.Count == 0 ? Task.FromResult(0) : FleetReachedCommand.ShowAsync(result, reach, waits, isJson: false, stopping);
    }
}
