using System.CommandLine;
using System.Globalization;
using DoorAgent.Fleet;
using DoorAgent.Office;

namespace DoorAgent.Commands.Fleet;

/// <summary>Creates dooragent fleet group.</summary>
internal static class FleetGroupCommand
{
    internal static Command Create()
    {
        Argument<string?> name = new("NAME") { Arity = ArgumentArity.ZeroOrOne, Description = "Name of the group; without one all groups are listed." };
        GroupOptions options = new();
        Command command = new("group", """
            Makes a group of doors, shows it, or changes its rules.

            A door has one group, a person may be in many. The people and rules of a group are at all of its doors. Every change is
            signed, numbered and sent. A strict group's doors refuse the fleet's people when they were without the hub for too long,
            or when the office's next manifest is overdue: run 'dooragent fleet renew' from a timer.
            Examples: sudo dooragent fleet group lab
                      sudo dooragent fleet group lab --schedule office='Mon-Fri 07:00-19:00' --strict
                      sudo dooragent fleet group lab --lockdown 2h --why 'Gas alarm'
            Exit code 0 when done, 1 when the change waits for the hub.
            """) { name };
        foreach (Option option in options.All)
            command.Add(option);
        command.SetAction((result, stopping) => RunAsync(result, result.GetValue(name), options, stopping));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult result, string? name, GroupOptions options, CancellationToken stopping)
    {
        using FleetOffice office = OfficeOption.Open(result);
        if (name is null)
        {
            if (options.AreGiven(result))
                throw new UserErrorException("Which group? Name it before its rules: 'dooragent fleet group NAME ...'.");
            List(office);
            return 0;
        }

        if (!FleetIds.IsName(name))
            throw new UserErrorException($"'{name}' is not the name of a group: it has {FleetIds.NameRule}.");
        if (office.Groups.Find(name) is { } known && !options.AreGiven(result))
        {
            Show(office, known);
            return 0;
        }

        OfficePublication made = office.Store.Change(() =>
        {
            OfficeGroup? before = office.Groups.Find(name);
            OfficeGroup group = before ?? office.Groups.Add(name);
            (GroupSettings settings, string what) = options.Change(result, group.Settings, hours => UsersOf(office, name, hours), office.Time.GetUtcNow());
            string words = string.Join(", ", new[] { before is null ? "new group" : "", what }.Where(text => text.Length > 0));
            return office.Publish(name, words, change => change.Settings = settings);
        });
        Console.WriteLine(FleetWords.Publication(made));
        int code = await OfficeSending.RunAsync(office, stopping);
        if (made.Serial == 1)
            Console.WriteLine($"Next: on a door 'sudo dooragent fleet join NAME', and here 'dooragent fleet accept REQUEST --group {name}'.");
        return code;
    }

    private static int UsersOf(FleetOffice office, string group, string hours) =>
        office.PeopleOf(group).Count(person => person.Schedule?.Equals(hours, StringComparison.OrdinalIgnoreCase) == true);

    private static void List(FleetOffice office)
    {
        IReadOnlyList<OfficeGroup> all = office.Groups.All();
        foreach (OfficeGroup group in all)
            Console.WriteLine($"{group.Name}: {FleetWords.Count(office.Doors.Of(group.Name).Count, "door", "doors")}, "
                + $"{FleetWords.Count(office.Records.SetOf(group.Name).Count, "person", "people")}, publication "
                + group.Serial.ToString(CultureInfo.InvariantCulture));
        if (all.Count == 0)
            Console.WriteLine("There is no group yet: 'dooragent fleet group NAME' makes one.");
    }

    private static void Show(FleetOffice office, OfficeGroup group)
    {
        foreach (string line in GroupView.LinesOf(group, office.Doors.Of(group.Name), office.Records.SetOf(group.Name).Count,
            office.Groups.Publications(group.Name)[^1], office.Time.GetUtcNow()))
            Console.WriteLine(line);
    }
}
