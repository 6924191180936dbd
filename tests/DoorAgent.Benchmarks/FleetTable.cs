using System.Globalization;

namespace DoorAgent.Benchmarks;

/// <summary>Writes figures of fleets in Markdown, with a column for each version of nats-server.</summary>
internal static class FleetTable
{
    /// <summary>Writes the table.</summary>
    public static void Write(IReadOnlyList<FleetFigures> figures)
    {
        string[] servers = [.. figures.Select(one => one.Server).Distinct().OrderBy(Version.Parse)];
        Console.WriteLine($"| what | {string.Join(" | ", servers)} |");
        Console.WriteLine($"|---|{string.Concat(servers.Select(_ => "---|"))}");
        foreach (FleetSize size in figures.Select(one => one.Size).Distinct())
        {
            Row(size.ToString(), _ => "");
            Row("publish the group's people, acknowledged", one => Seconds(one.Publish));
            Row("all doors connected", one => Seconds(one.Connect));
            Row("every door has everything", one => Seconds(one.Sync));
            Row("a revocation at a door: p50", one => Millis(one, 0.5));
            Row("p99", one => Millis(one, 0.99));
            Row("worst", one => Millis(one, 1));
            Row("hub's memory", one => $"{one.HubMemory / 1e6:#,0} MB");
            Row("bytes from the hub to a door until it has everything", one => $"{one.BytesADoor:#,0}");
            Row("memory by which the process of all doors grew", one => $"{one.ClientMemory / 1e6:#,0} MB");

            void Row(string what, Func<FleetFigures, string> cell) => Console.WriteLine(
                $"| {what} | {string.Join(" | ", servers.Select(server => Find(server) is { } one ? cell(one) : "-"))} |");

            FleetFigures? Find(string server) => figures.LastOrDefault(one => one.Size == size && one.Server == server);
        }
    }

    private static string Seconds(double millis) => string.Create(CultureInfo.InvariantCulture, $"{millis / 1000:#,0.0} s");

    /// <summary>The smallest value that this share of the values does not exceed (nearest rank).</summary>
    private static string Millis(FleetFigures one, double share) => one.Revocations.Length == 0 ? "-" : string.Create(
        CultureInfo.InvariantCulture, $"{one.Revocations[(int)Math.Ceiling(share * one.Revocations.Length) - 1]:#,0} ms");
}
