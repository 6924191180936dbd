using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using DoorAgent.Fleet;
using DoorAgent.Hub;
using DoorAgent.Tests.Support;

namespace DoorAgent.Benchmarks;

/// <summary>How a fleet of a given size fares.</summary>
/// <param name="Doors">Doors, all of one group.</param>
/// <param name="People">People of the group.</param>
/// <param name="Others">People of other groups in the same bucket.</param>
internal sealed record FleetSize(int Doors, int People, int Others)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Doors:#,0} doors x {People:#,0} people{(Others > 0 ? $", {Others:#,0} others in the bucket" : "")}");
}

/// <summary>The figures of one size. Times in milliseconds, memory and traffic in bytes.</summary>
/// <param name="Size">The size.</param>
/// <param name="Server">Version of nats-server.</param>
internal sealed record FleetFigures(FleetSize Size, string Server)
{
    public double Publish { get; init; }

    public double Connect { get; init; }

    public double Sync { get; init; }

    public double[] Revocations { get; init; } = [];

    public long HubMemory { get; init; }

    public long ClientMemory { get; init; }

    public double BytesADoor { get; init; }
}

/// <summary>
/// Simulates fleets: doors are the real link's code with a door in memory (<see cref="LightDoor"/>), the hub is a real nats-server with TLS
/// and the office's own configuration. All of them share this machine, so the times are upper bounds.
/// Each finished size is written to a file, from which a run that was ended goes on.
/// </summary>
internal static class FleetBenchmark
{
    private const int Revocations = 10, ConnectAtOnce = 50;
    private const string Group = "lab", Elsewhere = "elsewhere";

    private static readonly FleetSize[] Short = [new(20, 100, 0), new(200, 500, 0)];

    private static readonly FleetSize[] Long =
        [new(200, 500, 10_000), new(1000, 100, 0), new(2000, 100, 0), new(5000, 20, 0), new(10_000, 20, 0)];

    /// <summary>Runs, and writes the table.</summary>
    /// <param name="arguments"><c>--long</c>; <c>--steps FILE</c>; or sizes such as <c>200x500</c> and <c>200x500+10000</c>.</param>
    public static async Task RunAsync(string[] arguments)
    {
        if (NatsServer.Program is null)
        {
            Console.Error.WriteLine($"Skipped: this {NatsServer.Missing}.");
            return;
        }

        int at = Array.IndexOf(arguments, "--steps");
        if (at == arguments.Length - 1 && at >= 0)
            throw new FormatException("--steps wants a file.");
        string? steps = at >= 0 ? arguments[at + 1] : arguments.Contains("--long") ? "fleet-steps.jsonl" : null;
        FleetSize[] named = [.. arguments.Where((_, i) => at < 0 || (i != at && i != at + 1)).Where(one => one != "--long").Select(Parse)];
        FleetSize[] sizes = named.Length > 0 ? named : arguments.Contains("--long") ? Long : Short;
        string server = NatsServer.Version.ToString();
        List<FleetFigures> done = steps is not null && File.Exists(steps)
            ? [.. File.ReadLines(steps).Select(line => JsonSerializer.Deserialize<FleetFigures>(line)!)] : [];
        foreach (FleetSize size in sizes.Where(size => !done.Exists(one => one.Size == size && one.Server == server)))
        {
            try
            {
                FleetFigures figures = await MeasureAsync(size);
                done.Add(figures);
                if (steps is not null)
                    File.AppendAllText(steps, JsonSerializer.Serialize(figures) + "\n");
            }
            catch (Exception stuck) when (stuck is IOException or TimeoutException)
            {
                // The next sizes are larger.
                Console.Error.WriteLine($"{size}: nats-server {server} did not carry that: {stuck.Message}");
                break;
            }
        }

        FleetTable.Write(done);
    }

    private static FleetSize Parse(string text) => text.Split('x', '+')
        .Select(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0).ToArray() switch
    {
        [> 0 and var doors, > 0 and var people] => new FleetSize(doors, people, 0),
        [> 0 and var doors, > 0 and var people, > 0 and var others] => new FleetSize(doors, people, others),
        _ => throw new FormatException($"{text} is not a size such as 200x500 or 200x500+10000."),
    };

    private static async Task<FleetFigures> MeasureAsync(FleetSize size)
    {
        using CancellationTokenSource limit = new(TimeSpan.FromMinutes(15));
        Progress($"{size}, nats-server {NatsServer.Version}");
        string[] names = [.. Enumerable.Range(1, size.Doors).Select(i => string.Create(CultureInfo.InvariantCulture, $"d{i}"))];
        using OfficeKey office = OfficeKey.Create();
        await using FleetHubAtWork hub = await FleetHubAtWork.StartAsync(Group, names, limit.Token);
        PublishedGroup group = new(office, Group);
        await group.AcceptAsync(hub, names, limit.Token);
        byte[] other = RandomNumberGenerator.GetBytes(group.Record().Length);
        await hub.PutAsync(HubNames.People,
            Enumerable.Range(0, size.Others).Select(_ => (HubNames.PersonKey(Elsewhere, FleetIds.NewPerson()), other)), limit.Token);

        long began = Stopwatch.GetTimestamp();
        await group.AddAsync(hub, size.People, limit.Token);
        double publish = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        Progress($"published in {publish:#,0} ms");

        long memoryBefore = FleetHubAtWork.ResidentBytes(Environment.ProcessId);
        (long _, long sentBefore) = await hub.TrafficAsync(limit.Token);
        await using DoorsAtWork doors = new(hub, names, Group, office.Public);
        began = Stopwatch.GetTimestamp();
        await doors.StartAsync(ConnectAtOnce, limit.Token);
        double connect = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        await doors.HaveAllAsync(limit.Token);
        double sync = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        (long _, long sent) = await hub.TrafficAsync(limit.Token);
        Progress($"every door has everything after {sync:#,0} ms");

        List<double> revocations = [];
        for (int i = 0; i < Math.Min(Revocations, size.People - 1); i++)
        {
            (string id, long put) = await group.RemoveAsync(hub, limit.Token);
            await doors.ConfirmAsync(group.Serial, limit.Token);
            revocations.AddRange(doors.Doors.Select(door => Stopwatch.GetElapsedTime(put, door.RemovedAt[id]).TotalMilliseconds));
        }

        Progress($"revoked {revocations.Count / size.Doors} people");
        return new FleetFigures(size, NatsServer.Version.ToString())
        {
            Publish = publish,
            Connect = connect,
            Sync = sync,
            Revocations = [.. revocations.Order()],
            HubMemory = hub.Memory,
            ClientMemory = FleetHubAtWork.ResidentBytes(Environment.ProcessId) - memoryBefore,
            BytesADoor = (double)(sent - sentBefore) / size.Doors,
        };
    }

    private static void Progress(FormattableString what) => Console.Error.WriteLine(what.ToString(CultureInfo.InvariantCulture));
}
