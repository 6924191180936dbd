using DoorAgent.Doors;
using DoorAgent.Events;
using DoorAgent.Link.Mqtt;
using MQTTnet.Server;

namespace DoorAgent.Tests.Link.Mqtt;

/// <summary>Tests what a door publishes, with a broker in this process.</summary>
public sealed class MqttChannelTests : IDisposable
{
    private const string Discovery = "homeassistant/device/dooragent_d17/config";

    private readonly LinkedDoor _door = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AConnectionAnnouncesTheDoorAndItsStates()
    {
        await using MqttBroker broker = await MqttBroker.StartAsync();
        await using MqttChannel channel = _door.Channel(broker.Address);

        await channel.ConnectAsync(Cancellation);

        IReadOnlyList<MqttMessage> sent = await broker.TakeAsync(7);
        Assert.Equal(
            [Discovery, "dooragent/d17/lock", "dooragent/d17/door", "dooragent/d17/alarm/forced", "dooragent/d17/alarm/held",
                "dooragent/d17/fault", "dooragent/d17/availability"],
            sent.Select(message => message.Topic));
        Assert.All(sent, message => Assert.True(message.IsRetained));
        Assert.Equal("online", await broker.RetainedAsync("dooragent/d17/availability"));
    }

    [Fact]
    public async Task TheBrokerForgetsTheSessionOfTheConnection()
    {
        await using MqttBroker broker = await MqttBroker.StartAsync();
        await using MqttChannel channel = _door.Channel(broker.Address);

        await channel.ConnectAsync(Cancellation);

        ValidatingConnectionEventArgs asked = Assert.Single(broker.Connections);
        Assert.Equal((true, 0u, "dooragent_d17", MQTTnet.Formatter.MqttProtocolVersion.V500),
            (asked.CleanSession, asked.SessionExpiryInterval, asked.ClientId, asked.ProtocolVersion));
    }

    [Fact]
    public async Task AnEventIsPublishedOnceAndNotKeptAndTheStatesFollow()
    {
        await using MqttBroker broker = await MqttBroker.StartAsync();
        await using MqttChannel channel = _door.Channel(broker.Address);
        await channel.ConnectAsync(Cancellation);
        await broker.TakeAsync(7);
        _door.Status = DiscoveryTests.Status("open") with { Door = DoorPhase.Forced };

        await channel.DeliverAsync([new DoorEvent(DoorEventKind.DoorForced), new DoorEvent(DoorEventKind.RelayOff)], Cancellation);

        Assert.Equal(
            [
                new("dooragent/d17/event", """{"event_type":"forced"}""", IsRetained: false),
                new("dooragent/d17/door", "open", IsRetained: true),
                new("dooragent/d17/alarm/forced", "on", IsRetained: true),
            ],
            await broker.TakeAsync(3));
        Assert.Null(await broker.RetainedAsync("dooragent/d17/event"));
    }

    [Fact]
    public async Task ADuressIsPublishedOnlyWhereATopicIsNamedForIt()
    {
        await using MqttBroker broker = await MqttBroker.StartAsync();
        DoorEvent[] visit = [new(DoorEventKind.Duress) { PersonId = 1 }, new(DoorEventKind.Granted) { PersonId = 1 }];
        await using (MqttChannel silent = _door.Channel(broker.Address))
        {
            await silent.ConnectAsync(Cancellation);
            await broker.TakeAsync(7);
            await silent.DeliverAsync(visit, Cancellation);
        }

        Assert.Equal(["dooragent/d17/event", "dooragent/d17/availability"], (await broker.TakeAsync(2)).Select(message => message.Topic));
        await using MqttChannel telling = _door.Channel(broker.Address, options => options.DuressTopic = "guards/d17");
        await telling.ConnectAsync(Cancellation);
        await broker.TakeAsync(7);
        await telling.DeliverAsync(visit, Cancellation);
        Assert.Equal(
            [
                new("guards/d17", """{"event_type":"duress"}""", IsRetained: false),
                new("dooragent/d17/event", """{"event_type":"granted"}""", IsRetained: false),
            ],
            await broker.TakeAsync(2));
    }

    /// <summary>The duress PIN is recorded before the grant, and may arrive in a batch of its own while the door is already
    /// unlocked.</summary>
    [Fact]
    public async Task TheOrderOfTheMessagesDoesNotTellADuressEither()
    {
        await using MqttBroker broker = await MqttBroker.StartAsync();
        await using MqttChannel channel = _door.Channel(broker.Address);
        await channel.ConnectAsync(Cancellation);
        await broker.TakeAsync(7);
        _door.Status = DiscoveryTests.Status() with { RelaySecondsLeft = 5 };

        await channel.DeliverAsync([new DoorEvent(DoorEventKind.Duress)], Cancellation);
        await channel.DeliverAsync([new DoorEvent(DoorEventKind.Granted), new DoorEvent(DoorEventKind.RelayOn)], Cancellation);

        Assert.Equal(["dooragent/d17/event", "dooragent/d17/lock"], (await broker.TakeAsync(2)).Select(message => message.Topic));
    }

    [Fact]
    public async Task HomeAssistantGetsEverythingAgainAfterItsBirth()
    {
        await using MqttBroker broker = await MqttBroker.StartAsync();
        await using MqttChannel channel = _door.Channel(broker.Address);
        await channel.ConnectAsync(Cancellation);
        await broker.TakeAsync(7);
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        Task watching = channel.WatchAsync(end.Token);

        await broker.PublishAsync("homeassistant/status", "online");

        Assert.Equal("homeassistant/status", (await broker.TakeAsync(1))[0].Topic);
        Assert.Equal(Discovery, (await broker.TakeAsync(1))[0].Topic);
        await broker.TakeAsync("dooragent/d17/availability", "online");
        await end.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => watching);
    }

    [Fact]
    public async Task ADoorThatStopsIsUnavailableAndAvailableAgainLater()
    {
        await using MqttBroker broker = await MqttBroker.StartAsync();
        await using MqttChannel channel = _door.Channel(broker.Address);
        await channel.ConnectAsync(Cancellation);
        await broker.TakeAsync(7);
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        Task watching = channel.WatchAsync(end.Token);

        _door.Status = null;
        await AwaitRefreshAsync();
        await broker.TakeAsync("dooragent/d17/availability", "offline");
        _door.Status = DiscoveryTests.Status();
        await AwaitRefreshAsync();
        await broker.TakeAsync("dooragent/d17/availability", "online");

        await end.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => watching);
    }

    [Fact]
    public async Task ALinkThatStopsMakesTheDoorUnavailable()
    {
        await using MqttBroker broker = await MqttBroker.StartAsync();
        await using (MqttChannel channel = _door.Channel(broker.Address))
            await channel.ConnectAsync(Cancellation);

        Assert.Equal("offline", await broker.RetainedAsync("dooragent/d17/availability"));
    }

    [Fact]
    public async Task AConnectionThatBreaksMakesTheDoorUnavailable()
    {
        await using MqttBroker broker = await MqttBroker.StartAsync();
        await using MqttChannel channel = _door.Channel(broker.Address);
        await channel.ConnectAsync(Cancellation);
        await broker.TakeAsync(7);

        await broker.BreakAsync("dooragent_d17");

        await broker.TakeAsync("dooragent/d17/availability", "offline");
    }

    [Fact]
    public async Task ADoorThatLosesItsContactLosesTheEntitiesOfItToo()
    {
        await using MqttBroker broker = await MqttBroker.StartAsync();
        await using (MqttChannel first = _door.Channel(broker.Address))
            await first.ConnectAsync(Cancellation);
        _door.Status = DiscoveryTests.Status("none");
        await broker.TakeAsync(8);

        await using MqttChannel second = _door.Channel(broker.Address);
        await second.ConnectAsync(Cancellation);

        IReadOnlyList<MqttMessage> sent = await broker.TakeAsync(2);
        Assert.All(sent, message => Assert.Equal(Discovery, message.Topic));
        Assert.Contains("\"door\":{\"platform\":\"binary_sensor\"}", sent[0].Payload, StringComparison.Ordinal);
        Assert.DoesNotContain("\"door\"", sent[1].Payload, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ATestMessageLeavesARunningLinkAlone()
    {
        await using MqttBroker broker = await MqttBroker.StartAsync();
        await using MqttChannel running = _door.Channel(broker.Address);
        await running.ConnectAsync(Cancellation);
        await broker.TakeAsync(7);
        await using (MqttChannel test = _door.Channel(broker.Address, isTest: true))
        {
            await test.ConnectAsync(Cancellation);
            Assert.Contains("dooragent/d17/test", await test.TestAsync(Cancellation), StringComparison.Ordinal);
        }

        Assert.Equal([new MqttMessage("dooragent/d17/test", "test", IsRetained: false)], await broker.TakeAsync(1));
        await running.DeliverAsync([new DoorEvent(DoorEventKind.Granted)], Cancellation);
        Assert.Equal("online", await broker.RetainedAsync("dooragent/d17/availability"));
    }

    public void Dispose() => _door.Dispose();

    private async Task AwaitRefreshAsync()
    {
        // Not while the channel waits for the broker's acknowledgement, whose limit would be over.
        await _door.Time.WaitBeginsAsync(MqttChannel.Between);
        _door.Time.Advance(MqttChannel.Between);
    }
}
