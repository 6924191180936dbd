using DoorAgent.Hub;
using DoorAgent.Tests.Link.Fleet;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Hub;

/// <summary>Tests connections to a real hub with TLS and the permissions of the layout.</summary>
public sealed class HubConnectionTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AHubWithAnotherCertificateOrNameIsNotAccepted()
    {
        await using FleetBench bench = await FleetBench.StartAsync("d1");
        using TestAuthority other = new("Another authority");
        string foreign = await FailureAsync(bench.Address, HubLogin.OfDoor("d1", FleetBench.NewSeed(), other.WriteTo(bench.Folder)));
        Assert.Contains("not trusted by the given authorities", foreign, StringComparison.Ordinal);
        Assert.Contains("Fleet:CaFile", foreign, StringComparison.Ordinal);

        string name = await FailureAsync(bench.Address with { Host = "localhost" }, bench.LoginOf("d1"));
        Assert.Contains("not for the name in the address", name, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AKeyThatTheHubDoesNotKnowIsRefusedWithoutItsSeedInTheMessage()
    {
        await using FleetBench bench = await FleetBench.StartAsync("d1");
        string seed = FleetBench.NewSeed();
        HubLogin stranger = HubLogin.OfDoor("d1", seed, bench.CaFile);
        string why = await FailureAsync(bench.Address, stranger);
        Assert.Contains($"does not accept the key of dooragent d1, {stranger.PublicKey()}", why, StringComparison.Ordinal);
        Assert.DoesNotContain(seed, why + stranger, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AHubThatIsNotThereIsNamed()
    {
        string seed = FleetBench.NewSeed();
        string why = await FailureAsync(new HubAddress("127.0.0.1", NatsServer.FreePort()), HubLogin.OfDoor("d1", seed, null));
        Assert.Contains("cannot be reached (Connection refused)", why, StringComparison.Ordinal);
        await Assert.ThrowsAsync<UserErrorException>(
            () => HubConnection.ConnectAsync(new HubAddress("10.0.0.1", 4222), HubLogin.OfDoor("d1", seed, null), TimeProvider.System, Cancellation));
    }

    [Fact]
    public async Task AHubWithoutTlsIsNotTakenForOneWithTls()
    {
        NatsServer.Require();
        await using NatsServer server = await NatsServer.StartAsync();
        using TestAuthority authority = new();
        using TempFolder folder = new();
        HubLogin login = HubLogin.OfDoor("d1", FleetBench.NewSeed(), authority.WriteTo(folder));
        Assert.Contains("TLS", await FailureAsync(new HubAddress("127.0.0.1", server.Port), login), StringComparison.Ordinal);
    }

    /// <summary>On 2.9 the hub answers a forbidden request with an error only: nobody waits for the rest of the time.</summary>
    [Fact]
    public async Task AnotherGroupAndAnotherDoorsStateAreForbiddenAtOnce()
    {
        await using FleetBench bench = await FleetBench.StartAsync("d1");
        await using HubConnection reading = await HubConnection.ConnectAsync(bench.Address, bench.LoginOf("d1"), TimeProvider.System, Cancellation);
        IOException group = await Assert.ThrowsAsync<IOException>(() => HubConsumer.CreateAsync(
            reading, HubNames.People, HubNames.AllOf("other"), 1, TimeProvider.System, Cancellation));
        Assert.Contains("does not allow this to dooragent d1", group.Message, StringComparison.Ordinal);

        await using HubConnection writing = await HubConnection.ConnectAsync(bench.Address, bench.LoginOf("d1"), TimeProvider.System, Cancellation);
        await MadeOffice.PutAsync(writing, HubNames.Doors, "d1", [1], Cancellation);
        IOException state = await Assert.ThrowsAsync<IOException>(() => MadeOffice.PutAsync(writing, HubNames.Doors, "d2", [1], Cancellation));
        Assert.Contains("does not allow this", state.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ALostConnectionSaysSoAndIsNotMadeAgain()
    {
        await using FleetBench bench = await FleetBench.StartAsync("d1");
        await using SlowProxy proxy = new(bench.Server.Port, TimeProvider.System);
        await using HubConnection hub = await HubConnection.ConnectAsync(
            bench.Address with { Port = proxy.Port }, bench.LoginOf("d1"), TimeProvider.System, Cancellation);
        Assert.Equal(NatsServer.Version, hub.Server.Version);
        proxy.Cut();
        Assert.Contains("is lost", await hub.Lost.WaitAsync(TimeSpan.FromMinutes(2), Cancellation), StringComparison.Ordinal);
        await Assert.ThrowsAsync<IOException>(() => HubBucket.OfAsync(hub, HubNames.People, Cancellation));
        Assert.Equal(1, proxy.Accepted);
    }

    [Fact]
    public async Task AMissingBucketIsNamed()
    {
        await using FleetBench bench = await FleetBench.StartAsync("d1");
        IOException why = await Assert.ThrowsAsync<IOException>(() => HubBucket.OfAsync(bench.Hub, "nothing", Cancellation));
        Assert.Contains("has no bucket 'nothing'", why.Message, StringComparison.Ordinal);
    }

    private static async Task<string> FailureAsync(HubAddress address, HubLogin login) =>
        (await Assert.ThrowsAsync<IOException>(() => HubConnection.ConnectAsync(address, login, TimeProvider.System, Cancellation))).Message;
}
