using System.CommandLine;
using System.Globalization;
using DoorAgent.Commands.Output;
using DoorAgent.Hub;
using DoorAgent.Office;

namespace DoorAgent.Commands.Fleet;

/// <summary>Creates dooragent fleet repair.</summary>
internal static class FleetRepairCommand
{
    private const int MostRows = 40;

    internal static Command Create()
    {
        Option<bool> dryRun = new("--dry-run") { Description = "Shows what is wrong, and changes nothing." };
        Option<bool> yes = new("--yes") { Description = "Repairs without asking, also where the office is older than the hub." };
        Command command = new("repair", """
            Compares the hub with the office, record by record, and makes the hub whole again.

            For a hub that was restored from an old copy, is new or empty, or in which somebody wrote: what is missing or older is sent
            again, what is not of this office is removed, and each group that was touched gets a new manifest. Also for an office that
            was restored from an old copy: its groups are then published again as the office knows them, with a new key.
            Exit code 0 when hub and office are the same afterwards; with --dry-run 1 when something is wrong.
            """) { dryRun, yes };
        command.SetAction((result, stopping) => RunAsync(result, result.GetValue(dryRun), result.GetValue(yes), stopping));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult result, bool isDry, bool isAgreed, CancellationToken stopping)
    {
        using FleetOffice office = OfficeOption.Open(result);
        try
        {
            await using OfficeHub hub = await OfficeHub.ConnectAsync(office, stopping);
            OfficeRepair repair = await CompareAsync(office, hub, stopping);
            // What waits is not a fault of the hub. What an old copy of the office wants to send would hide that the copy is old.
            if (!isDry && repair.Ahead.Count == 0 && office.Outbox.Count > 0)
            {
                await HubDelivery.SendAsync(office, hub, new Progress<int>(), stopping);
                repair = await CompareAsync(office, hub, stopping);
            }

            Show(repair);
            if (isDry || repair.Findings.Count == 0)
                return repair.Findings.Count == 0 ? 0 : 1;
            if (repair.Ahead.Count > 0 && !isAgreed && !Confirmation.Asks("Publish these groups again as this office knows them?"))
            {
                Console.WriteLine("Nothing was changed. With --yes the groups are published again without a question.");
                return 1;
            }

            foreach (OfficePublication made in repair.Decide())
                Console.WriteLine(FleetWords.Publication(made));
        }
        catch (IOException away)
        {
            throw new UserErrorException(away.Message, away);
        }

        return HubSession.Send(office, stopping) ? 0 : 1;
    }

    private static async Task<OfficeRepair> CompareAsync(FleetOffice office, OfficeHub hub, CancellationToken stopping)
    {
        OfficeRepair repair = new(office);
        repair.Compare(await hub.ReadAsync(HubNames.People, stopping), await hub.ReadAsync(HubNames.Groups, stopping),
            await hub.ReadAsync(HubNames.Doors, stopping));
        return repair;
    }

    private static void Show(OfficeRepair repair)
    {
        foreach (RepairFinding finding in repair.Findings.Take(MostRows))
            Console.WriteLine($"  {finding.Key}: {finding.What}");
        if (repair.Findings.Count > MostRows)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  and {repair.Findings.Count - MostRows:N0} more"));
        if (repair.Ahead.Count > 0)
        {
            Console.WriteLine($"Hub or doors are newer than this office in {string.Join(", ", repair.Ahead)}: the office was restored from an old copy. "
                + "Whoever was published after that copy leaves the doors, until they are published again.");
        }

        Console.WriteLine(repair.Findings.Count == 0 ? "Hub and office are the same."
            : string.Create(CultureInfo.InvariantCulture, $"{repair.Findings.Count:N0} records differ."));
    }
}
