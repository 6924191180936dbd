using System.CommandLine;
using System.Globalization;
using DoorAgent.Commands.Output;
using DoorAgent.Office;
using Spectre.Console;

namespace DoorAgent.Commands.Fleet;

/// <summary>Creates dooragent fleet status.</summary>
internal static class FleetStatusCommand
{
    internal static Command Create()
    {
        Option<bool> json = CommonOptions.Json();
        Command command = new("status", """
            Shows the hub, the groups and the doors: who is behind, since when, and what is wrong.

            What a door has is what the door signed. Its version and faults are what it says of itself.
            Exit code 0 when every door has the newest publication and no fault, 1 when one does not, 2 when the hub cannot be reached.
            """) { json };
        command.SetAction((result, stopping) => RunAsync(result, result.GetValue(json), stopping));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult result, bool isJson, CancellationToken stopping)
    {
        using FleetOffice office = OfficeOption.Open(result);
        DateTimeOffset now = office.Time.GetUtcNow();
        if (!isJson)
            ShowGroups(office, now);
        (IReadOnlyList<DoorReport> doors, Hub.HubServer server) = await HubSession.RunAsync(office,
            async hub => (await OfficeDesk.DoorsAsync(office, hub, stopping), hub.Server), stopping);
        if (isJson)
            JsonLine.Write(Json(office, server, doors, now));
        else
            ShowDoors(office, server, doors, now);
        return doors.All(door => IsGood(door, now)) ? 0 : 1;
    }

    private static bool IsGood(DoorReport door, DateTimeOffset now) =>
        door is { Behind: 0, Doubt: null, State.Faults.Count: 0 } && !door.IsOffline(now);

    private static void ShowGroups(FleetOffice office, DateTimeOffset now)
    {
        Table table = new Table().Border(TableBorder.Simple)
            .AddColumns("group", "people", "publication", "offline for", "strict", "lockdown", "doors");
        foreach (OfficeGroup group in office.Groups.All())
        {
            table.AddRow(Markup.Escape(group.Name), Number(office.Records.SetOf(group.Name).Count), Number(group.Serial),
                string.Create(CultureInfo.InvariantCulture, $"{group.Settings.OfflineFor.TotalDays:0.##} d"), group.Settings.IsStrict ? "yes" : "",
                group.Settings.Lockdown is { } lockdown && lockdown.Until > now ? $"until {ReachView.Moment(lockdown.Until, now)}" : "",
                Number(office.Doors.Of(group.Name).Count));
        }

        AnsiConsole.Write(table);
        if (office.Outbox.Count is > 0 and var waiting)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Records that wait for the hub: {waiting:N0}."));
    }

    private static void ShowDoors(FleetOffice office, Hub.HubServer server, IReadOnlyList<DoorReport> doors, DateTimeOffset now)
    {
        Table table = new Table().Border(TableBorder.Simple)
            .AddColumns("door", "group", "version", "behind", "last contact", "people", "what is wrong");
        foreach (DoorReport door in doors)
        {
            string[] wrong = [.. door.Doubt is { } doubt ? [doubt] : Array.Empty<string>(), .. door.State?.Faults ?? []];
            table.AddRow(Markup.Escape(door.Door.Name), Markup.Escape(door.Group.Name), Markup.Escape(door.State?.Version ?? ""), Number(door.Behind),
                door.State is { } state ? (door.IsOffline(now) ? "offline since " : "") + ReachView.Moment(state.At, now) : "never",
                Number(door.Confirmation?.Count ?? 0), Markup.Escape(string.Join(' ', wrong)));
        }

        AnsiConsole.Write(table);
        Console.WriteLine($"hub: {office.Identity.Address}, {server}{(server.Objection is { } objection ? $": {objection}" : "")}");
    }

    private static object Json(FleetOffice office, Hub.HubServer server, IReadOnlyList<DoorReport> doors, DateTimeOffset now) => new
    {
        Hub = new { Address = $"{office.Identity.Address}", Server = $"{server.Version}", Warning = server.Objection },
        Waiting = office.Outbox.Count,
        Groups = office.Groups.All().Select(group => new
        {
            group.Name,
            People = office.Records.SetOf(group.Name).Count,
            group.Serial,
            Strict = group.Settings.IsStrict,
            LockdownUntil = group.Settings.Lockdown?.Until,
        }),
        Doors = doors.Select(door => new
        {
            door.Door.Name,
            Group = door.Group.Name,
            door.State?.Version,
            door.Serial,
            door.Behind,
            LastContact = door.State?.At,
            Offline = door.IsOffline(now),
            People = door.Confirmation?.Count,
            Faults = door.State?.Faults ?? [],
            door.Doubt,
        }),
    };

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
