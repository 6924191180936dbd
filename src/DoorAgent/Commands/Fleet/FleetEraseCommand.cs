using System.CommandLine;
using DoorAgent.Commands.Output;
using DoorAgent.Commands.People;
using DoorAgent.Office;
using DoorAgent.Privacy;

namespace DoorAgent.Commands.Fleet;

/// <summary>Creates dooragent fleet erase.</summary>
internal static class FleetEraseCommand
{
    internal static Command Create()
    {
        Argument<string> name = PersonArguments.Name();
        Option<bool> wait = FleetReachedCommand.WaitOption();
        Option<bool> yes = new("--yes") { Description = "Erases without asking." };
        Command command = new("erase", """
            Erases a person at every door of the fleet, and at the office.

            Each group gets a signed removal, at which its doors also forget what they know of the person. The answer says which doors
            have confirmed, and which have not. Run the command again for the state now: when the last door has confirmed, the office
            forgets the name too. What the office's own gallery, journal and log have is erased as by 'people erase'.
            Exit code 0 when every door has confirmed, 1 when one has not, or something at the office was not reached.
            Example: dooragent fleet erase anna --wait
            """) { name, wait, yes };
        command.SetAction((result, stopping) =>
            RunAsync(result, result.GetRequiredValue(name), result.GetValue(wait), result.GetValue(yes), stopping));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult result, string name, bool waits, bool isAgreed, CancellationToken stopping)
    {
        bool isHere = KnownPerson.Find(CommonOptions.PlacesOf(result), name).IsKnown;
        int atOffice = 0;
        Departure? departure;
        Reach reach;
        using (FleetOffice office = OfficeOption.Open(result))
        {
            OfficePerson? person = office.People.Find(name);
            if (person is null && !isHere)
            {
                throw new UserErrorException($"Nobody called {name} is known to the office: the person was never published, or every door has "
                    + "confirmed that they are erased.");
            }

            departure = person is null ? null : Departure.Of(office, person, groups: [], isErasure: true);
            if ((departure is { IsDone: false } || isHere) && !isAgreed
                && !Confirmation.Asks($"This cannot be undone. Erase {person?.Name ?? name} everywhere?"))
            {
                Console.WriteLine("Nothing was erased. With --yes the person is erased without a question.");
                return 1;
            }

            // The removal counts first: the doors need not wait for the office's own files.
            FleetRevokeCommand.Decide(departure);
            bool isSent = departure is null || HubSession.Send(office, stopping);
            if (isHere)
                atOffice = await PeopleEraseCommand.RunAsync(result, name, isDry: false, isAgreed: true, stopping);
            if (departure is null || !isSent)
                return isSent ? atOffice : 1;
            reach = departure.Reach;
        }

        return await ShowAsync(result, name, departure.Person, reach, waits, stopping) is var code and not 0 ? code : atOffice;
    }

    private static async Task<int> ShowAsync(ParseResult result, string name, string id, Reach reach, bool waits, CancellationToken stopping)
    {
        if (await FleetReachedCommand.ShowAsync(result, reach, waits, isJson: false, stopping) is var code and not 0)
        {
            Console.WriteLine($"'dooragent fleet erase {name}' shows again which doors have confirmed.");
            return code;
        }

        using FleetOffice office = OfficeOption.Open(result);
        office.People.Forget(id);
        Console.WriteLine("Every door has confirmed. The office forgets the name, and keeps the removal under a random number.");
        return 0;
    }
}
