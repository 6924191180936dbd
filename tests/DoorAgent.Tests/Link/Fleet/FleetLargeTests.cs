using System.Threading.Channels;
using DoorAgent.Hub;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Link.Fleet;

/// <summary>Tests a group that does not fit into the link's memory, and a hub that was restored, with a real hub.</summary>
public sealed class FleetLargeTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ThousandsOfRecordsGoThroughTheFileAndTheHubSaysHowTheDoorStands()
    {
        await using FleetBench bench = await FleetBench.StartAsync("d1");
        MemoryFleetDoor door = await bench.JoinAsync("d1");
        await bench.Office.PublishAsync(bench.Hub, Cancellation);
        // Records that nobody signed, as large as they may be: the door refuses each of them, and has nobody.
        byte[] noise = new byte[60_000];
        for (int i = 0; i < 2000; i++)
            await bench.Hub.Nats.PublishAsync(HubNames.SubjectOf(HubNames.People, $"lab.{i:x32}"), noise, cancellationToken: Cancellation);
        await bench.Hub.Nats.PingAsync(Cancellation);

        bench.Serve(door);
        await door.UntilAsync(one => one.Standing.Confirmed == 1 && one.Contact is { IsCaughtUp: true }, Cancellation);
        Assert.Equal(["Whole"], door.Applied);
        Assert.Equal(2000, door.Refusals.Count);
        Assert.Empty(Directory.GetFiles(bench.Folder.Path, "*.spool"));

        DoorState? state = null;
        using CancellationTokenSource late = new(TimeSpan.FromMinutes(2));
        await using HubConsumer states = await HubConsumer.CreateAsync(bench.Hub, HubNames.Doors, "d1", 1, TimeProvider.System, late.Token);
        Channel<HubNews> news = Channel.CreateBounded<HubNews>(16);
        Task pump = states.PumpAsync(news.Writer, late.Token);
        while (state?.Confirmed != 1)
        {
            if ((await news.Reader.ReadAsync(late.Token)).Item is { } item)
                state = DoorState.Find(item.Value);
        }

        await late.CancelAsync();
        await Task.WhenAny(pump);
        Assert.Equal(("d1", "lab", 1L, 0), (state.Door, state.Group, state.Manifest, state.Count));
        Assert.NotNull(state.Confirmation);
    }

    [Fact]
    public async Task AHubThatWasRestoredFromAnOldCopyChangesNothingUntilTheOfficePublishesAgain()
    {
        await using FleetBench bench = await FleetBench.StartAsync("d1");
        string[] people = await bench.Office.AddAsync(bench.Hub, 3, Cancellation);
        MemoryFleetDoor door = await bench.JoinAsync("d1");
        await bench.Office.PublishAsync(bench.Hub, Cancellation);
        using TempFolder copy = new();
        await bench.Server.StopAsync();
        bench.Server.CopyStore(Path.Combine(copy.Path, "store"));
        await bench.Server.StartAgainAsync();
        await bench.ConnectOfficeAsync();
        await bench.Office.RemoveAsync(bench.Hub, people[0], Cancellation);
        await bench.Office.PublishAsync(bench.Hub, Cancellation);
        bench.Serve(door);
        await door.UntilAsync(one => one.Standing.Confirmed == 2, Cancellation);
        Assert.False(door.Has(people[0]));

        await bench.Server.StopAsync();
        bench.Server.RestoreStore(Path.Combine(copy.Path, "store"));
        await bench.Server.StartAgainAsync();
        await bench.ConnectOfficeAsync();
        await door.UntilAsync(one => one.Applied.Count(pass => pass == "Whole") == 2, Cancellation);
        Assert.Equal(2, door.Standing.Confirmed);
        Assert.False(door.Has(people[0]));

        await bench.Office.RemoveAsync(bench.Hub, people[0], Cancellation);
        await bench.Office.PublishAsync(bench.Hub, Cancellation);
        await door.UntilAsync(one => one.Standing is { Confirmed: 3, Count: 2 }, Cancellation);
    }
}
