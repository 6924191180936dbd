using DoorAgent.Fleet;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Link.Fleet;

/// <summary>Tests what becomes of people and removals when hub and network fail, with the real sync at a real hub.</summary>
public sealed class BadNetworkTests
{
    // Only a failing test waits this long.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact, Slow]
    public async Task AHubThatIsKilledUnderLoadLosesNobody()
    {
        string[] names = [.. Enumerable.Range(1, 10).Select(number => $"d{number}")];
        await using FleetBench bench = await FleetBench.StartAsync(names);
        string[] removed = await bench.Office.AddAsync(bench.Hub, 10, Cancellation);
        MemoryFleetDoor[] doors = await ServeAsync(bench, names);
        string[] added = [.. Enumerable.Range(0, 150).Select(_ => FleetIds.NewPerson())];
        Task load = Task.Run(async () =>
        {
            foreach (string person in added)
                await AgainAsync(bench, () => bench.Office.AddAsync(bench.Hub, 0, Cancellation, person));
            foreach (string person in removed)
                await AgainAsync(bench, () => bench.Office.RemoveAsync(bench.Hub, person, Cancellation));
        }, Cancellation);

        foreach (int count in new[] { 40, 90 })
        {
            await doors[0].UntilAsync(door => door.Standing.Count >= count, Cancellation);
            await bench.Server.KillAsync();
            await bench.Server.StartAgainAsync();
        }

        await load;
        await AgainAsync(bench, () => bench.Office.PublishAsync(bench.Hub, Cancellation));
        await Task.WhenAll(doors.Select(door => door.UntilAsync(
            one => one.Standing.Confirmed == bench.Office.Serial && one.Contact is { IsCaughtUp: true }, Cancellation)));
        Assert.All(doors, door => Assert.Equal(added.Length, door.Standing.Count));
        Assert.All(doors, door => Assert.All(removed, person => Assert.False(door.Has(person))));
    }

    [Fact, Slow]
    public async Task AHubThatWasRestoredFromAnOldCopyBringsNobodyBack()
    {
        using TempFolder copy = new();
        await using FleetBench bench = await FleetBench.StartAsync("d1");
        string[] people = await bench.Office.AddAsync(bench.Hub, 20, Cancellation);
        MemoryFleetDoor door = (await ServeAsync(bench, ["d1"]))[0];
        await bench.Server.StopAsync();
        bench.Server.CopyStore(copy.Path);
        await bench.Server.StartAgainAsync();
        await bench.ConnectOfficeAsync();
        await bench.Office.RemoveAsync(bench.Hub, people[0], Cancellation);
        await bench.Office.PublishAsync(bench.Hub, Cancellation);
        await door.UntilAsync(one => one.Standing.Confirmed == 2, Cancellation);

        await bench.Server.KillAsync();
        bench.Server.RestoreStore(copy.Path);
        await bench.Server.StartAgainAsync();
        await door.UntilAsync(one => one.Refusals.Count > 0, Cancellation);
        Assert.False(door.Has(people[0]));
        Assert.Equal((2, 2, 19), (door.Standing.Manifest, door.Standing.Confirmed, door.Standing.Count));

        // The office writes the difference again.
        await bench.ConnectOfficeAsync();
        await bench.Office.RemoveAsync(bench.Hub, people[0], Cancellation);
        await bench.Office.PublishAsync(bench.Hub, Cancellation);
        await door.UntilAsync(one => one.Standing.Confirmed == 3, Cancellation);
        Assert.Equal(19, door.Standing.Count);
        Assert.False(door.Has(people[0]));
    }

    [Fact, Slow]
    public async Task OverASlowNetworkThatIsCutEverythingArrives()
    {
        await using FleetBench bench = await FleetBench.StartAsync("d1");
        await using SlowProxy network = new(bench.Server.Port, TimeProvider.System) { BytesPerSecond = 200_000, Delay = TimeSpan.FromMilliseconds(30) };
        string[] people = await bench.Office.AddAsync(bench.Hub, 300, Cancellation);
        MemoryFleetDoor door = await bench.JoinAsync("d1");
        await bench.Office.PublishAsync(bench.Hub, Cancellation);
        bench.Serve(door, network.Port);

        // In the middle of the first pass.
        await network.UntilAsync(road => road.Bytes > 50_000, Cancellation);
        network.Cut();
        await network.UntilAsync(road => road.Accepted == 2, Cancellation);
        await door.UntilAsync(one => one.Standing.Confirmed == 1 && one.Contact is { IsCaughtUp: true }, Cancellation);
        Assert.Equal(300, door.Standing.Count);

        // Held back, not lost.
        network.Stall();
        await bench.Office.RemoveAsync(bench.Hub, people[0], Cancellation);
        Assert.True(door.Has(people[0]));
        network.GoOn();
        await door.UntilAsync(one => !one.Has(people[0]), Cancellation);

        // Cable out, and back.
        network.IsRefusing = true;
        network.Cut();
        await door.UntilAsync(one => one.Contact is { IsConnected: false, Failure: not null }, Cancellation);
        await bench.Office.RemoveAsync(bench.Hub, people[1], Cancellation);
        await bench.Office.PublishAsync(bench.Hub, Cancellation);
        network.IsRefusing = false;
        await door.UntilAsync(one => one.Standing.Confirmed == 2, Cancellation);
        Assert.Equal(298, door.Standing.Count);
        Assert.Empty(door.Refusals);
    }

    /// <summary>Joins doors, publishes, and waits until each has everybody.</summary>
    private static async Task<MemoryFleetDoor[]> ServeAsync(FleetBench bench, string[] names)
    {
        MemoryFleetDoor[] doors = await Task.WhenAll(names.Select(bench.JoinAsync));
        await bench.Office.PublishAsync(bench.Hub, Cancellation);
        foreach (MemoryFleetDoor door in doors)
            bench.Serve(door);
        await Task.WhenAll(doors.Select(door => door.UntilAsync(one => one.Standing.Confirmed == 1, Cancellation)));
        return doors;
    }

    /// <summary>Does something as the office, again with another connection where the hub was away.</summary>
    private static async Task AgainAsync(FleetBench bench, Func<Task> work)
    {
        using CancellationTokenSource late = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        late.CancelAfter(Patience);
        while (true)
        {
            try
            {
                await work();
                return;
            }
            catch (IOException) when (!late.IsCancellationRequested)
            {
                await ReconnectAsync(bench, late.Token);
            }
        }
    }

    private static async Task ReconnectAsync(FleetBench bench, CancellationToken late)
    {
        while (true)
        {
            await bench.Server.Ready.WaitAsync(late);
            try
            {
                await bench.ConnectOfficeAsync();
                return;
            }
            catch (IOException) when (!late.IsCancellationRequested)
            {
                // Killed once more in between.
            }
        }
    }
}
