using System.CommandLine;
using System.Globalization;
using DoorAgent.Commands.Output;
using DoorAgent.Office;

namespace DoorAgent.Commands.Fleet;

/// <summary>Creates dooragent fleet reached.</summary>
internal static class FleetReachedCommand
{
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromSeconds(2);

    internal static Command Create()
    {
        Argument<string?> what = new("CHANGE")
        {
            Description = "The number of a publication (with --group), or the name of a person: their last change. "
                + "The newest publication without.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        Option<string[]> groups = FleetPublishCommand.GroupsOption("Only the doors of this group.");
        Option<bool> wait = WaitOption();
        Option<bool> json = CommonOptions.Json();
        Command command = new("reached", """
            Says which doors have a change, and which do not yet.

            A door counts when it has signed that it has exactly the people of that publication or of a later one. The hub cannot say
            this in place of a door.
            Exit code 0 when every door has it, 1 when one does not.
            Example: dooragent fleet reached anna --wait
            """) { what, groups, wait, json };
        command.SetAction((result, stopping) => RunAsync(result, result.GetValue(what), result.GetValue(groups) ?? [], result.GetValue(wait),
            result.GetValue(json), stopping));
        return command;
    }

    internal static Option<bool> WaitOption() =>
        new("--wait") { Description = "Waits until every door has it; Ctrl-C ends the wait, and changes nothing." };

    /// <summary>Asks until every door has a change, or once; shows the answer. The office is open only while it is asked: a wait may take
    /// days, and other commands work meanwhile.</summary>
    /// <returns>Exit code 0 when every door has it, 1 when one does not.</returns>
    /// <exception cref="UserErrorException">The first attempt failed; the message says what to do.</exception>
    internal static async Task<int> ShowAsync(ParseResult result, Reach reach, bool waits, bool isJson, CancellationToken stopping)
    {
        IReadOnlyList<ReachedDoor> doors = await AskAsync(result, reach, stopping);
        for (string last = ""; waits && !doors.All(door => door.HasIt);)
        {
            if (!isJson && last != (last = ReachView.Summary(doors)))
                ReachView.Show(doors, TimeProvider.System.GetUtcNow());
            await Task.Delay(AskAgainAfter, TimeProvider.System, stopping);
            try
            {
                doors = await AskAsync(result, reach, stopping);
            }
            catch (UserErrorException busy)
            {
                Console.Error.WriteLine($"{busy.Message} The wait goes on.");
            }
        }

        if (isJson)
            JsonLine.Write(ReachView.Json(doors, TimeProvider.System.GetUtcNow()));
        else
            ReachView.Show(doors, TimeProvider.System.GetUtcNow());
        return doors.All(door => door.HasIt) ? 0 : 1;
    }

    private static async Task<IReadOnlyList<ReachedDoor>> AskAsync(ParseResult result, Reach reach, CancellationToken stopping)
    {
        using FleetOffice office = OfficeOption.Open(result);
        return reach.Of(await HubSession.RunAsync(office, hub => OfficeDesk.DoorsAsync(office, hub, stopping), stopping));
    }

    private static Task<int> RunAsync(ParseResult result, string? what, string[] groups, bool waits, bool isJson, CancellationToken stopping)
    {
        Reach reach;
        using (FleetOffice office = OfficeOption.Open(result))
            reach = ReachOf(office, what, groups);
        return ShowAsync(result, reach, waits, isJson, stopping);
    }

    private static Reach ReachOf(FleetOffice office, string? what, string[] groups)
    {
        OfficeGroup[] meant = groups.Length == 0 ? [.. office.Groups.All()] : [.. groups.Distinct().Select(office.Groups.Require)];
        if (what is null)
            return Reach.Newest(meant);
        if (long.TryParse(what, NumberStyles.None, CultureInfo.InvariantCulture, out long serial))
        {
            if (meant is not [var one])
                throw new UserErrorException("Each group has its own numbers: name the group with --group.");
            return serial <= one.Serial ? new Reach(new Dictionary<string, long> { [one.Name] = serial })
                : throw new UserErrorException($"The group {one.Name} has {one.Serial} publications, and no number {serial}.");
        }

        OfficePerson person = office.People.Find(what) ?? throw new UserErrorException($"The office knows nobody called {what}: the person was "
            + "never published, or is erased at every door.");
        OfficeRecord[] records = [.. office.Records.OfPerson(person.Id).Where(record => meant.Any(group => group.Name == record.Group))];
        return records.Length > 0 ? Reach.Of(records) : throw new UserErrorException($"{person.Name} is and was in none of these groups.");
    }
}
