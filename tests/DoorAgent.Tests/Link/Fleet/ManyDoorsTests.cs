using System.Diagnostics;
using System.Globalization;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Link.Fleet;

/// <summary>200 doors of one group, each with the real sync. DOORAGENT_PEOPLE is the number of people, such as 500; 40 without
/// it.</summary>
public sealed class ManyDoorsTests
{
    private const int Doors = 200;

    private static readonly int People = int.TryParse(
        Environment.GetEnvironmentVariable("DOORAGENT_PEOPLE"), CultureInfo.InvariantCulture, out int people) ? people : 40;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact, Slow]
    public async Task EachDoorGetsEverybodyAndARevocationReachesAll()
    {
        string[] names = [.. Enumerable.Range(1, Doors).Select(number => $"d{number}")];
        await using FleetBench bench = await FleetBench.StartAsync(names);
        string[] people = await bench.Office.AddAsync(bench.Hub, People, Cancellation);
        MemoryFleetDoor[] doors = await Task.WhenAll(names.Select(bench.JoinAsync));
        await bench.Office.PublishAsync(bench.Hub, Cancellation);
        long begun = Stopwatch.GetTimestamp();
        foreach (MemoryFleetDoor door in doors)
            bench.Serve(door);
        double[] synced = await ReachedAsync(doors, door => door.Standing.Confirmed == 1 && door.Contact is { IsCaughtUp: true }, begun);
        Assert.All(doors, door => Assert.Equal(People, door.Standing.Count));

        begun = Stopwatch.GetTimestamp();
        await bench.Office.RemoveAsync(bench.Hub, people[0], Cancellation);
        double[] revoked = await ReachedAsync(doors, door => !door.Has(people[0]), begun);

        await bench.Office.PublishAsync(bench.Hub, Cancellation);
        await ReachedAsync(doors, door => door.Standing.Confirmed == 2, begun);
        Assert.All(doors, door => Assert.Empty(door.Refusals));
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{Doors} doors x {People} people, nats-server {NatsServer.Version}: all synced after {synced[^1]:0} ms; a revocation reached half "
            + $"of them after {revoked[Doors / 2]:0.0} ms, 99 % after {revoked[Doors * 99 / 100]:0.0} ms, all after {revoked[^1]:0.0} ms"));
    }

    /// <summary>Waits for all doors; returns after how many milliseconds each came to a state, the fastest first.</summary>
    private static async Task<double[]> ReachedAsync(MemoryFleetDoor[] doors, Func<MemoryFleetDoor, bool> isReached, long since)
    {
        double[] times = await Task.WhenAll(doors.Select(async door =>
        {
            await door.UntilAsync(isReached, Cancellation);
            return Stopwatch.GetElapsedTime(since).TotalMilliseconds;
        }));
        Array.Sort(times);
        return times;
    }
}
