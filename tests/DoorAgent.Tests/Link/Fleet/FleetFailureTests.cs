using DoorAgent.Hub;
using DoorAgent.Link.Fleet;
using DoorAgent.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using NATS.Client.Core;

namespace DoorAgent.Tests.Link.Fleet;

/// <summary>Tests what a door does when hub and network fail, with a real hub.</summary>
public sealed class FleetFailureTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AfterARestartOfTheLinkOnlyTheChangesComeAndAfterTheHorizonEverything()
    {
        await using FleetBench bench = await FleetBench.StartAsync("d1");
        string[] people = await bench.Office.AddAsync(bench.Hub, 5, Cancellation);
        MemoryFleetDoor door = await bench.JoinAsync("d1");
        await bench.Office.PublishAsync(bench.Hub, Cancellation);
        bench.Serve(door);
        await door.UntilAsync(one => one.Standing.Confirmed == 1, Cancellation);
        await bench.StopLinksAsync();

        await bench.Office.AddAsync(bench.Hub, 2, Cancellation);
        await bench.Office.PublishAsync(bench.Hub, Cancellation);
        bench.Serve(door);
        await door.UntilAsync(one => one.Standing.Confirmed == 2, Cancellation);
        Assert.Single(door.Applied, "Whole");
        await bench.StopLinksAsync();

        // The record of this removal is gone before the door is back.
        await bench.Office.RemoveAsync(bench.Hub, people[0], Cancellation);
        await bench.Hub.JetStream.PurgeStreamAsync(HubNames.StreamOf(HubNames.People),
            new() { Filter = HubNames.SubjectOf(HubNames.People, HubNames.PersonKey("lab", people[0])) }, Cancellation);
        bench.Office.Horizon = 3;
        await bench.Office.PublishAsync(bench.Hub, Cancellation);
        bench.Serve(door);
        await door.UntilAsync(one => one.Standing.Confirmed == 3, Cancellation);
        Assert.False(door.Has(people[0]));
        Assert.Equal(2, door.Applied.Count(pass => pass == "Whole"));
        Assert.Empty(door.Refusals);
    }

    [Fact]
    public async Task AHubThatIsKilledAndComesBackIsFoundAgainAndKeepsNoConsumers()
    {
        await using FleetBench bench = await FleetBench.StartAsync("d1", "d2");
        await bench.Office.AddAsync(bench.Hub, 5, Cancellation);
        MemoryFleetDoor[] doors = [await bench.JoinAsync("d1"), await bench.JoinAsync("d2")];
        await bench.Office.PublishAsync(bench.Hub, Cancellation);
        Array.ForEach(doors, door => bench.Serve(door));
        foreach (MemoryFleetDoor door in doors)
            await door.UntilAsync(one => one.Standing.Confirmed == 1 && one.Contact is { IsCaughtUp: true }, Cancellation);

        await bench.Server.KillAsync();
        foreach (MemoryFleetDoor door in doors)
            await door.UntilAsync(one => one.Contact is { IsConnected: false, Failure.Length: > 0 }, Cancellation);
        await bench.Server.StartAgainAsync();
        await bench.ConnectOfficeAsync();
        await bench.Office.AddAsync(bench.Hub, 1, Cancellation);
        await bench.Office.PublishAsync(bench.Hub, Cancellation);
        foreach (MemoryFleetDoor door in doors)
            await door.UntilAsync(one => one.Standing.Confirmed == 2 && one.Contact is { IsConnected: true }, Cancellation);

        Assert.All(doors, door => Assert.Single(door.Applied, "Whole"));
        await AssertConsumersAsync(bench, HubNames.People, 2);
        await AssertConsumersAsync(bench, HubNames.Groups, 4);
    }

    [Fact]
    public async Task AConnectionThatIsCutIsMadeAgain()
    {
        await using FleetBench bench = await FleetBench.StartAsync("d1");
        string[] people = await bench.Office.AddAsync(bench.Hub, 5, Cancellation);
        MemoryFleetDoor door = await bench.JoinAsync("d1");
        await bench.Office.PublishAsync(bench.Hub, Cancellation);
        await using SlowProxy proxy = new(bench.Server.Port, TimeProvider.System) { Delay = TimeSpan.FromMilliseconds(20), BytesPerSecond = 200_000 };
        bench.Serve(door, proxy.Port);
        await door.UntilAsync(one => one.Standing.Confirmed == 1, Cancellation);

        proxy.Cut();
        await bench.Office.RemoveAsync(bench.Hub, people[0], Cancellation);
        await bench.Office.PublishAsync(bench.Hub, Cancellation);
        await door.UntilAsync(one => one.Standing.Confirmed == 2 && !one.Has(people[0]), Cancellation);
        Assert.Equal(2, proxy.Accepted);
        Assert.Single(door.Applied, "Whole");
    }

    [Fact]
    public async Task AConnectionOverWhichNothingComesAnyMoreIsMadeAgain()
    {
        await using FleetBench bench = await FleetBench.StartAsync("d1");
        string[] people = await bench.Office.AddAsync(bench.Hub, 5, Cancellation);
        MemoryFleetDoor door = await bench.JoinAsync("d1");
        await bench.Office.PublishAsync(bench.Hub, Cancellation);
        await using SlowProxy proxy = new(bench.Server.Port, TimeProvider.System);
        FakeTimeProvider time = new();
        // The clock goes at its usual speed, and can jump.
        TimeSpan tick = TimeSpan.FromMilliseconds(10);
        await using ITimer passing = TimeProvider.System.CreateTimer(_ => time.Advance(tick), null, tick, tick);
        bench.Serve(door, proxy.Port, time: time);
        await door.UntilAsync(one => one.Standing.Confirmed == 1 && one.Contact is { IsCaughtUp: true }, Cancellation);

        proxy.Stall();
        await bench.Office.RemoveAsync(bench.Hub, people[0], Cancellation);
        await bench.Office.PublishAsync(bench.Hub, Cancellation);
        time.Advance(4 * HubConsumer.Heartbeat);
        await door.UntilAsync(one => one.Contact is { IsConnected: false, Failure.Length: > 0 }, Cancellation);
        Assert.True(door.Has(people[0]));
        proxy.GoOn();
        await door.UntilAsync(one => one.Standing.Confirmed == 2 && !one.Has(people[0]), Cancellation);
        Assert.Equal(2, proxy.Accepted);
        Assert.Single(door.Applied, "Whole");
    }

    [Fact]
    public async Task AnotherBucketIsReadAsAWholeAndWhoIsNotInItGoes()
    {
        await using FleetBench bench = await FleetBench.StartAsync("d1");
        string[] people = await bench.Office.AddAsync(bench.Hub, 3, Cancellation);
        MemoryFleetDoor door = await bench.JoinAsync("d1");
        await bench.Office.PublishAsync(bench.Hub, Cancellation);
        bench.Serve(door);
        await door.UntilAsync(one => one.Standing.Confirmed == 1, Cancellation);
        await bench.StopLinksAsync();

        foreach (string bucket in new[] { HubNames.People, HubNames.Groups, HubNames.Doors })
            await bench.Hub.JetStream.DeleteStreamAsync(HubNames.StreamOf(bucket), Cancellation);
        foreach (string stream in new[] { HubNames.Events, HubNames.Alarms })
            await bench.Hub.JetStream.DeleteStreamAsync(stream, Cancellation);
        await MadeOffice.MakeBucketsAsync(bench.Hub, Cancellation);
        await bench.Office.RemoveAsync(bench.Hub, people[0], Cancellation);
        await bench.Office.AddAsync(bench.Hub, 0, Cancellation, people[1..]);
        await bench.Office.AcceptAsync(bench.Hub, "d1", door.Secrets.Public, Cancellation);
        await bench.Office.PublishAsync(bench.Hub, Cancellation);
        bench.Serve(door);
        await door.UntilAsync(one => one.Standing.Confirmed == 2, Cancellation);
        Assert.False(door.Has(people[0]));
        Assert.Equal(2, door.Standing.Count);
        Assert.Equal(2, door.Applied.Count(pass => pass == "Whole"));
    }

    [Fact]
    public async Task ARefusedRecordAndAMissingOneDoNotMakeTheLinkSpin()
    {
        await using FleetBench bench = await FleetBench.StartAsync("d1");
        string[] people = await bench.Office.AddAsync(bench.Hub, 3, Cancellation);
        MemoryFleetDoor door = await bench.JoinAsync("d1");
        await bench.Office.PublishAsync(bench.Hub, Cancellation);
        bench.Serve(door);
        await door.UntilAsync(one => one.Standing.Confirmed == 1, Cancellation);

        // A foreign record, and a deletion that nobody signed.
        using MadeOffice foreign = new();
        await MadeOffice.PutAsync(bench.Hub, HubNames.People, HubNames.PersonKey("lab", people[0]), foreign.PersonOf(people[0], 2), Cancellation);
        await MadeOffice.PutAsync(bench.Hub, HubNames.People, HubNames.PersonKey("lab", people[1]), [], Cancellation);
        await bench.Office.AddAsync(bench.Hub, 1, Cancellation);
        await bench.Office.PublishAsync(bench.Hub, Cancellation);
        await door.UntilAsync(one => one.Standing is { Confirmed: 2, Count: 4 }, Cancellation);
        Assert.Equal(2, door.Refusals.Count);
        Assert.Equal(["Whole"], door.Applied.Where(pass => pass == "Whole"));
    }

    [Fact]
    public async Task ADoorWhoseDiskIsFullGetsTheSameRecordsLater()
    {
        await using FleetBench bench = await FleetBench.StartAsync("d1");
        MemoryFleetDoor door = await bench.JoinAsync("d1");
        await bench.Office.PublishAsync(bench.Hub, Cancellation);
        FleetRunner runner = bench.Serve(door);
        await door.UntilAsync(one => one.Standing.Confirmed == 1 && one.Contact is { IsCaughtUp: true }, Cancellation);

        door.Refusal = "The disk is full.";
        await bench.Office.AddAsync(bench.Hub, 1, Cancellation);
        await bench.Office.PublishAsync(bench.Hub, Cancellation);
        await door.UntilAsync(one => one.Contact is { IsConnected: true, IsCaughtUp: false }, Cancellation);
        await FleetBench.UntilAsync(runner, link => link.Failure == "The disk is full.");
        door.Refusal = null;
        await door.UntilAsync(one => one.Standing.Confirmed == 2 && one.Contact is { IsCaughtUp: true }, Cancellation);
    }

    /// <summary>Waits until a bucket has a number of consumers: the hub forgets those of lost connections a few seconds later.</summary>
    private static async Task AssertConsumersAsync(FleetBench bench, string bucket, int expected)
    {
        string stream = HubNames.StreamOf(bucket);
        // The hub says when a consumer is made or forgotten.
        await using INatsSub<byte[]> news =
            await bench.Hub.Nats.SubscribeCoreAsync<byte[]>($"$JS.EVENT.ADVISORY.CONSUMER.*.{stream}.>", cancellationToken: Cancellation);
        while (true)
        {
            int count = 0;
            await foreach (string _ in bench.Hub.JetStream.ListConsumerNamesAsync(stream, Cancellation))
                count++;
            if (count == expected)
                return;
            await news.Msgs.ReadAsync(Cancellation).AsTask().WaitAsync(TimeSpan.FromMinutes(2), Cancellation);
        }
    }
}
