using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Link.Fleet;

/// <summary>Tests the sync of doors in memory with a real hub, with the permissions of the layout.</summary>
public sealed class FleetSyncTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ADoorGetsEverybodyThenEachChangeAndARemovalAtOnce()
    {
        await using FleetBench bench = await FleetBench.StartAsync("d1");
        string[] people = await bench.Office.AddAsync(bench.Hub, 20, Cancellation);
        MemoryFleetDoor door = await bench.JoinAsync("d1");
        await bench.Office.PublishAsync(bench.Hub, Cancellation);

        bench.Serve(door);
        await door.UntilAsync(one => one.Standing.Confirmed == 1 && one.Contact is { IsConnected: true, IsCaughtUp: true }, Cancellation);
        Assert.Equal(20, door.Standing.Count);
        Assert.Equal(["Whole"], door.Applied);

        string[] more = await bench.Office.AddAsync(bench.Hub, 3, Cancellation);
        await bench.Office.PublishAsync(bench.Hub, Cancellation);
        await door.UntilAsync(one => one.Standing.Confirmed == 2, Cancellation);
        Assert.All(more, person => Assert.True(door.Has(person)));

        // The person is out before the publication ends.
        await bench.Office.RemoveAsync(bench.Hub, people[0], Cancellation);
        await door.UntilAsync(one => !one.Has(people[0]), Cancellation);
        await bench.Office.PublishAsync(bench.Hub, Cancellation);
        await door.UntilAsync(one => one.Standing.Confirmed == 3, Cancellation);
        Assert.Equal(22, door.Standing.Count);
        Assert.Single(door.Applied, "Whole");
        Assert.Empty(door.Refusals);
        Assert.Null(await Task.Run(() => Directory.GetFiles(bench.Folder.Path, "*.spool").FirstOrDefault()));
    }
}
