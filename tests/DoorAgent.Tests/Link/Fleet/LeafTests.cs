using DoorAgent.Hub;
using DoorAgent.Link;
using DoorAgent.Tests.Support;
using NATS.Client.JetStream.Models;

namespace DoorAgent.Tests.Link.Fleet;

/// <summary>
/// Tests a site with a server of its own, a leaf node of the hub, to which its doors connect. The site mirrors what the hub has of people and
/// groups, and keeps states, events and alarms until the hub has fetched them. Each of them is stored by one of the two: what a door publishes
/// does not pass the border by itself.
/// </summary>
public sealed class LeafTests
{
    private const string HubDomain = "hub", SiteDomain = "site";

    private static readonly string[] Down = [HubNames.StreamOf(HubNames.People), HubNames.StreamOf(HubNames.Groups)];
    private static readonly string[] Up = [HubNames.StreamOf(HubNames.Doors), HubNames.Events, HubNames.Alarms];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact, Slow]
    public async Task WhileASiteIsCutOffItsDoorsGoOnAndAfterwardsEverythingArrivesInBothDirections()
    {
        int port = NatsServer.FreePort();
        await using SlowProxy road = new(port, TimeProvider.System);
        // The hub says to a site under which addresses it can be reached: that must be the road's one alone.
        await using FleetBench bench = await FleetBench.StartAsync(["d1"],
            $"\nleafnodes {{ listen: \"127.0.0.1:{port}\", advertise: \"127.0.0.1:{road.Port}\", "
                + "authorization { user: site, password: site, account: DOORS } }",
            HubDomain);
        await using NatsServer site = await bench.StartSiteAsync($$"""

            leafnodes { reconnect: 1, remotes: [ { url: "nats-leaf://site:site@127.0.0.1:{{road.Port}}", account: DOORS,
              deny_exports: ["$KV.>", "door.>"], deny_imports: ["$KV.>", "door.>"] } ] }
            """, SiteDomain);
        await ConnectStreamsAsync(bench, site);
        string[] people = await bench.Office.AddAsync(bench.Hub, 20, Cancellation);
        MemoryFleetDoor door = await bench.JoinAsync("d1");
        await bench.Office.PublishAsync(bench.Hub, Cancellation);
        await using LinkBench records = new();
        records.Happen(3);
        bench.Serve(door, site.Port, journal: new LinkDoor(records.Door).ReadAsync);
        await door.UntilAsync(one => one.Standing.Confirmed == 1 && one.Standing.Count == 20, Cancellation);
        await EventReader.UntilAsync(bench.Hub.JetStream, reader => reader.Records == 3, Cancellation);
        await using HubConnection there = await bench.ConnectAsync(site);

        road.IsRefusing = true;
        road.Cut();
        await bench.Office.RemoveAsync(bench.Hub, people[0], Cancellation);
        await bench.Office.PublishAsync(bench.Hub, Cancellation);
        records.Happen(60);
        await EventReader.UntilAsync(there.JetStream, reader => reader.Records == 63, Cancellation);
        // The site has everything that a link needs which starts there.
        await bench.StopLinksAsync();
        bench.Serve(door, site.Port, journal: new LinkDoor(records.Door).ReadAsync);
        records.Happen(1);
        await EventReader.UntilAsync(there.JetStream, reader => reader.Records == 64, Cancellation);
        await door.UntilAsync(one => one.Contact is { IsConnected: true, IsCaughtUp: true }, Cancellation);
        Assert.True(door.Has(people[0]));
        Assert.Equal(3, (await EventReader.ReadAsync(bench.Hub.JetStream, Cancellation)).Records);

        road.IsRefusing = false;
        await door.UntilAsync(one => one.Standing.Confirmed == 2 && !one.Has(people[0]), Cancellation);
        Assert.Empty((await EventReader.UntilAsync(bench.Hub.JetStream, reader => reader.Records == 64, Cancellation)).Findings);
        Assert.Single(door.Applied, "Whole");
        Assert.Empty(door.Refusals);
    }

    /// <summary>Makes the site's streams, and those of the hub read them.</summary>
    private static async Task ConnectStreamsAsync(FleetBench bench, NatsServer site)
    {
        await using HubConnection there = await bench.ConnectAsync(site);
        foreach (string name in Up)
        {
            StreamConfig config = (await bench.Hub.JetStream.GetStreamAsync(name, cancellationToken: Cancellation)).Info.Config;
            await there.JetStream.CreateStreamAsync(config, Cancellation);
            config.Sources = [new StreamSource { Name = name, Domain = SiteDomain }];
            await bench.Hub.JetStream.UpdateStreamAsync(config, Cancellation);
        }

        foreach (string name in Down)
        {
            StreamSource hub = new() { Name = name, Domain = HubDomain };
            await there.JetStream.CreateStreamAsync(
                new StreamConfig { Name = name, MaxMsgsPerSubject = 1, Mirror = hub, AllowDirect = true, MirrorDirect = true }, Cancellation);
        }
    }
}
