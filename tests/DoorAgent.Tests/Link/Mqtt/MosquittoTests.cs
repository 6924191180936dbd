using System.Collections.Concurrent;
using System.Security.Cryptography.X509Certificates;
using DoorAgent.Events;
using DoorAgent.Link.Mqtt;
using DoorAgent.Operating;
using DoorAgent.Tests.Support;
using MQTTnet;
using OtpNet;

namespace DoorAgent.Tests.Link.Mqtt;

/// <summary>Tests the channel with mosquitto, TLS, users, and the access list of the guide.</summary>
public sealed class MosquittoTests : IDisposable
{
    private readonly LinkedDoor _door = new();
    private readonly TempFolder _folder = new();
    private readonly X509Certificate2 _certificate = BrokerCertificate.Of("127.0.0.1");
    private readonly ConcurrentQueue<MqttMessage> _seen = [];
    private readonly SemaphoreSlim _arrived = new(0);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ADoorAppearsActsAndDisappearsWithTheRightsOfTheGuide()
    {
        byte[] secret = CodeSecret.Create();
        File.WriteAllText(CodeSecret.FileIn(_door.State), CodeSecret.Print(secret));
        await using Mosquitto broker = await StartAsync();
        using IMqttClient house = await HouseAsync(broker);
        await using MqttChannel channel = Channel(broker, options => options.Unlock = true);

        await channel.ConnectAsync(Cancellation);
        await AwaitAsync("dooragent/lab/availability", "online");
        Assert.Contains(_seen, message => message.Topic == "homeassistant/device/dooragent_lab/config");
        await channel.DeliverAsync([new DoorEvent(DoorEventKind.Granted)], Cancellation);
        await AwaitAsync("dooragent/lab/event", """{"event_type":"granted"}""");

        string code = new Totp(secret).ComputeTotp(_door.Time.GetUtcNow().UtcDateTime);
        await PublishAsync(house, $$"""{"action":"UNLOCK","code":"{{code}}"}""", isRetained: true);
        await PublishAsync(house, $$"""{"action":"UNLOCK","code":"{{code}}"}""");
        await _door.Ordered.WaitAsync(Cancellation);
        Assert.Equal([OperatorVerb.Unlock], _door.Orders);
        Assert.Contains(_door.Sink.Lines, line => line.Contains("retain flag", StringComparison.Ordinal));

        // Another connection with the same id: the broker breaks the first one.
        Task watching = channel.WatchAsync(Cancellation);
        await using (MqttChannel second = Channel(broker))
        {
            await second.ConnectAsync(Cancellation);
            Assert.Contains("two links run for one door", await LostAsync(watching), StringComparison.Ordinal);
        }

        await AwaitAsync("dooragent/lab/availability", "offline");
    }

    [Fact]
    public async Task AWrongPasswordIsNamed()
    {
        await using Mosquitto broker = await StartAsync();
        await using MqttChannel channel = Channel(broker, options => options.PasswordFile = _folder.Write("wrong", "wrong"));

        IOException refused = await Assert.ThrowsAsync<IOException>(() => channel.ConnectAsync(Cancellation));

        Assert.Contains("does not accept the user door-lab with this password", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnotherDoorsTopicsAreRefusedInWords()
    {
        await using Mosquitto broker = await StartAsync();
        await using MqttChannel channel = Channel(broker, door: "vault");

        IOException refused = await Assert.ThrowsAsync<IOException>(() => channel.ConnectAsync(Cancellation));

        Assert.Contains("may the user of the link publish there?", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ABrokerThatIsKilledIsNoticedAndFoundAgain()
    {
        await using Mosquitto broker = await StartAsync();
        await using MqttChannel channel = Channel(broker);
        await channel.ConnectAsync(Cancellation);
        Task watching = channel.WatchAsync(Cancellation);

        await broker.DisposeAsync();

        Assert.Matches("ended the connection|is lost", await LostAsync(watching));
        Assert.Contains("cannot be reached", await LostAsync(channel.ConnectAsync(Cancellation)), StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _door.Dispose();
        _folder.Dispose();
        _certificate.Dispose();
        _arrived.Dispose();
    }

    private static async Task<string> LostAsync(Task failing) => (await Assert.ThrowsAsync<IOException>(() => failing)).Message;

    private async Task<Mosquitto> StartAsync()
    {
        Mosquitto.Require();
        Mosquitto.WritePasswords(_folder.File("passwords"), ("door-lab", "door's"), ("homeassistant", "house's"));
        string[] rules = [.. Repository.Guide("home-assistant.md").Split('\n').Select(line => line.Trim())
            .Where(line => line.StartsWith("user ", StringComparison.Ordinal) || line.StartsWith("topic ", StringComparison.Ordinal))];
        Assert.Equal(9, rules.Length);
        return await Mosquitto.StartAsync(_folder,
            $"certfile {_folder.Write("broker.pem", _certificate.ExportCertificatePem())}",
            $"keyfile {_folder.Write("broker.key", _certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem())}",
            $"password_file {_folder.File("passwords")}", $"acl_file {_folder.Write("acl", string.Join('\n', rules) + "\n")}");
    }

    private MqttChannel Channel(Mosquitto broker, Action<MqttOptions>? change = null, string door = "lab") =>
        _door.Channel($"mqtts://127.0.0.1:{broker.Port}", options =>
        {
            (options.User, options.CaFile) = ("door-lab", _folder.File("broker.pem"));
            options.PasswordFile = _folder.Write("password", "door's\n");
            change?.Invoke(options);
        }, door: door);

    /// <summary>Connects as Home Assistant does, and keeps what arrives.</summary>
    private async Task<IMqttClient> HouseAsync(Mosquitto broker)
    {
        IMqttClient house = new MqttClientFactory().CreateMqttClient();
        house.ApplicationMessageReceivedAsync += received =>
        {
            MqttApplicationMessage message = received.ApplicationMessage;
            _seen.Enqueue(new MqttMessage(message.Topic, message.ConvertPayloadToString() ?? "", message.Retain));
            _arrived.Release();
            return Task.CompletedTask;
        };
        await house.ConnectAsync(
            new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", broker.Port).WithCredentials("homeassistant", "house's")
                .WithProtocolVersion(MQTTnet.Formatter.MqttProtocolVersion.V500)
                .WithTlsOptions(tls => tls.WithTrustChain([_certificate]).WithRevocationMode(X509RevocationMode.NoCheck)).Build(),
            Cancellation);
        await house.SubscribeAsync("dooragent/#", cancellationToken: Cancellation);
        await house.SubscribeAsync("homeassistant/#", cancellationToken: Cancellation);
        return house;
    }

    private async Task AwaitAsync(string topic, string payload)
    {
        while (!_seen.Any(message => message.Topic == topic && message.Payload == payload))
            await _arrived.WaitAsync(Cancellation);
    }

    private static Task<MqttClientPublishResult> PublishAsync(IMqttClient house, string payload, bool isRetained = false) => house.PublishAsync(
        new MqttApplicationMessageBuilder().WithTopic("dooragent/lab/command").WithPayload(payload).WithRetainFlag(isRetained)
            .WithQualityOfServiceLevel(MQTTnet.Protocol.MqttQualityOfServiceLevel.AtLeastOnce).Build(), Cancellation);
}
