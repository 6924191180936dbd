using DoorAgent.Link.Mqtt;
using DoorAgent.Operating;
using OtpNet;

namespace DoorAgent.Tests.Link.Mqtt;

/// <summary>Tests commands on their way through a broker.</summary>
public sealed class MqttUnlockTests : IDisposable
{
    private const string Command = "dooragent/d17/command";

    private readonly LinkedDoor _door = new();

    private readonly byte[] _secret = CodeSecret.Create();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public MqttUnlockTests() => File.WriteAllText(CodeSecret.FileIn(_door.State), CodeSecret.Print(_secret));

    [Fact]
    public async Task ACodeUnlocks()
    {
        await using MqttBroker broker = await MqttBroker.StartAsync();
        await using MqttChannel channel = await ConnectAsync(broker);

        await broker.PublishAsync(Command, Unlock());

        await _door.Ordered.WaitAsync(Cancellation);
        Assert.Equal([OperatorVerb.Unlock], _door.Orders);
    }

    [Fact]
    public async Task ACommandFromBeforeTheConnectionIsNotReceived()
    {
        await using MqttBroker broker = await MqttBroker.StartAsync();
        await broker.PublishAsync(Command, Unlock(), isRetained: true);
        await using MqttChannel channel = await ConnectAsync(broker);

        await broker.PublishAsync(Command, """{"action":"LOCK","code":""}""");

        await _door.Ordered.WaitAsync(Cancellation);
        Assert.Equal([OperatorVerb.Lock], _door.Orders);
        Assert.DoesNotContain(_door.Sink.Lines, line => line.Contains("refused", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ARetainedCommandIsRefusedAndLogged()
    {
        await using MqttBroker broker = await MqttBroker.StartAsync();
        await using MqttChannel channel = await ConnectAsync(broker);

        await broker.PublishAsync(Command, Unlock(), isRetained: true);
        await broker.PublishAsync(Command, """{"action":"LOCK","code":""}""");

        await _door.Ordered.WaitAsync(Cancellation);
        Assert.Equal([OperatorVerb.Lock], _door.Orders);
        Assert.Contains(_door.Sink.Lines, line => line.Contains("retain flag", StringComparison.Ordinal));
    }

    [Fact]
    public async Task WithoutTheSettingNoCommandIsHeard()
    {
        await using MqttBroker broker = await MqttBroker.StartAsync();
        await using MqttChannel channel = _door.Channel(broker.Address);
        await channel.ConnectAsync(Cancellation);
        await broker.PublishAsync(Command, Unlock());
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        Task watching = channel.WatchAsync(end.Token);

        // The birth is answered after everything that arrived before.
        await broker.PublishAsync("homeassistant/status", "online");
        await broker.TakeAsync("dooragent/d17/availability", "online");
        await broker.TakeAsync("dooragent/d17/availability", "online");

        Assert.Empty(_door.Orders);
        await end.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => watching);
    }

    public void Dispose() => _door.Dispose();

    private async Task<MqttChannel> ConnectAsync(MqttBroker broker)
    {
        MqttChannel channel = _door.Channel(broker.Address, options => options.Unlock = true);
        await channel.ConnectAsync(Cancellation);
        return channel;
    }

    private string Unlock() =>
        $$"""{"action":"UNLOCK","code":"{{new Totp(_secret).ComputeTotp(_door.Time.GetUtcNow().UtcDateTime)}}"}""";
}
