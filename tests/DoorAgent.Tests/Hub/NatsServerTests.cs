using DoorAgent.Tests.Support;
using NATS.Client.Core;
using NATS.Client.JetStream;
using NATS.Client.KeyValueStore;

namespace DoorAgent.Tests.Hub;

/// <summary>Tests the tests' own hub and network: what they promise must be true before a test of a failure means anything.</summary>
public sealed class NatsServerTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public NatsServerTests() => NatsServer.Require();

    [Fact, Slow]
    public async Task WhatWasStoredIsThereAfterAKillAndGoneWithAnOlderCopy()
    {
        await using NatsServer server = await NatsServer.StartAsync();
        using TempFolder copy = new();
        await PutAsync(server, "first");
        await server.StopAsync();
        server.CopyStore(copy.Path);
        await server.StartAgainAsync();
        await PutAsync(server, "second");
        await server.KillAsync();

        await server.StartAgainAsync();
        Assert.Equal("second", await GetAsync(server));

        await server.StopAsync();
        server.RestoreStore(copy.Path);
        await server.StartAgainAsync();
        Assert.Equal("first", await GetAsync(server));
    }

    [Fact]
    public async Task AClientTrustsTheServersAuthorityAndNoOther()
    {
        using TestAuthority authority = new(), other = new("Another authority");
        using TempFolder folder = new();
        await using NatsServer server = await NatsServer.StartAsync(authority: authority);
        await using NatsConnection trusting = new(Options(server, server.CaFile!));
        await using NatsConnection distrusting = new(Options(server, other.WriteTo(folder)));

        await trusting.ConnectAsync();
        await Assert.ThrowsAsync<NatsException>(async () => await distrusting.ConnectAsync());
    }

    [Fact]
    public async Task AReloadBringsNewUsersAndRefusesNonsense()
    {
        using TempFolder folder = new();
        string file = WriteUsers(folder, "{ user: one, password: one }");
        await using NatsServer server = await NatsServer.StartFileAsync(file);
        NatsOpts two = new() { Url = server.Address, AuthOpts = new NatsAuthOpts { Username = "two", Password = "two" } };
        await using (NatsConnection early = new(two))
            await Assert.ThrowsAsync<NatsException>(async () => await early.ConnectAsync());

        WriteUsers(folder, "{ user: one, password: one }, { user: two, password: two }");
        await server.ReloadAsync();
        await using (NatsConnection late = new(two))
            await late.ConnectAsync();

        WriteUsers(folder, "{ nonsense: true }");
        await Assert.ThrowsAsync<InvalidOperationException>(server.ReloadAsync);
    }

    private static string WriteUsers(TempFolder folder, string users) => folder.Write("hub.conf",
        $"jetstream {{ store_dir: \"{folder.File("store")}\" }}\nauthorization {{ users: [ {users} ] }}\n");

    private static NatsOpts Options(NatsServer server, string caFile) =>
        new NatsOpts { Url = server.Address, TlsOpts = new NatsTlsOpts { CaFile = caFile } };

    private static async Task PutAsync(NatsServer server, string value)
    {
        await using NatsConnection client = new(new NatsOpts { Url = server.Address });
        INatsKVStore store = await new NatsKVContext(new NatsJSContext(client)).CreateStoreAsync("kept", Cancellation);
        await store.PutAsync("value", value, cancellationToken: Cancellation);
    }

    private static async Task<string?> GetAsync(NatsServer server)
    {
        await using NatsConnection client = new(new NatsOpts { Url = server.Address });
        INatsKVStore store = await new NatsKVContext(new NatsJSContext(client)).GetStoreAsync("kept", Cancellation);
        return (await store.GetEntryAsync<string>("value", cancellationToken: Cancellation)).Value;
    }
}
