using System.CommandLine;
using DoorAgent.Office;

namespace DoorAgent.Commands.Fleet;

/// <summary>Creates dooragent fleet revoke.</summary>
internal static class FleetRevokeCommand
{
    internal static Command Create()
    {
        Argument<string?> name = new("NAME") { Description = "The person; not with --door.", Arity = ArgumentArity.ZeroOrOne };
        Option<string[]> groups = FleetPublishCommand.GroupsOption("Only from this group; from every group without this option.");
        Option<bool> wait = FleetReachedCommand.WaitOption();
        Option<string?> door = new("--door") { Description = "Name of a door that was stolen or taken away, in place of a person.", HelpName = "DOOR" };
        Command command = new("revoke", """
            Takes a person out of groups, or revokes a door.

            NAME: a signed removal goes to the hub at once, then the manifest. A door that is online refuses the person within a second or two; one that is offline, when it is back. The office's gallery
            keeps the person: 'publish' brings them back. 'fleet erase' also erases what is known of the person.
            --door: the hub does not accept that door's key any more, and its group gets a new key. The same command again does no harm.
            Exit code 0 when every door has confirmed, or the hub knows that a door is revoked; 1 when something waits.
            Example: dooragent fleet revoke anna --wait
            """) { name, groups, wait, door };
        command.Validators.Add(result =>
        {
            if ((result.GetValue(name) is null) == (result.GetValue(door) is null))
                result.AddError("Give NAME, or --door DOOR.");
            else if (result.GetValue(door) is not null && (result.GetValue(wait) || result.GetValue(groups) is { Length: > 0 }))
                result.AddError("--door excludes --group and --wait.");
        });
        command.SetAction((result, stopping) => result.GetValue(door) is { } stolen ? RevokeDoorAsync(result, stolen, stopping)
            : RunAsync(result, result.GetValue(name)!, result.GetValue(groups) ?? [], result.GetValue(wait), stopping));
        return command;
    }

    /// <summary>Decides what is left of a departure, and says so.</summary>
    internal static void Decide(Departure? departure)
    {
        foreach (OfficePublication made in departure?.Decide() ?? [])
            Console.WriteLine($"{made.Group}: publication {made.Serial} ({made.What})");
    }

    private static async Task<int> RevokeDoorAsync(ParseResult result, string door, CancellationToken stopping)
    {
        using FleetOffice office = OfficeOption.Open(result);
        return await DoorRevocation.RunAsync(office, door, stopping);
    }

    private static async Task<int> RunAsync(ParseResult result, string name, string[] groups, bool waits, CancellationToken stopping)
    {
        using FleetOffice office = OfficeOption.Open(result);
        OfficePerson person = office.People.Find(name) ?? throw new UserErrorException($"The office knows nobody called {name}, and so nobody "
            + "of that name is at a door by the fleet. People whom a door enrolled itself are removed there, with 'dooragent people remove'.");
        Departure departure = Departure.Of(office, person, groups, isErasure: false);
        if (departure.Reach.Serials.Count == 0)
        {
            Console.WriteLine($"{person.Name} is and was in none of these groups.");
            return HubSession.Send(office, isQuiet: false, stopping) ? 0 : 1;
        }

        if (departure.IsDone)
            Console.WriteLine($"{person.Name} was taken out before.");
        Decide(departure);
        return HubSession.Send(office, isQuiet: false, stopping)
            ? await FleetReachedCommand.ShowAsync(office, departure.Reach, waits, isJson: false, stopping) : 1;
    }
}
