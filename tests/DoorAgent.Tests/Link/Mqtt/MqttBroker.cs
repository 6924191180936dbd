using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using DoorAgent.Link.Mqtt;
using MQTTnet;
using MQTTnet.Packets;
using MQTTnet.Protocol;
using MQTTnet.Server;

namespace DoorAgent.Tests.Link.Mqtt;

/// <summary>A broker on the loopback interface that the test controls.</summary>
internal sealed class MqttBroker : IAsyncDisposable
{
    private readonly MqttServer _server;
    private readonly ConcurrentQueue<MqttMessage> _seen = [];
    private readonly SemaphoreSlim _arrived = new(0);

    private MqttBroker(MqttServer server, int port, bool isTls)
    {
        (_server, Address) = (server, $"{(isTls ? "mqtts" : "mqtt")}://127.0.0.1:{port}");
        _server.InterceptingPublishAsync += published =>
        {
            MqttApplicationMessage message = published.ApplicationMessage;
            _seen.Enqueue(new MqttMessage(message.Topic, message.ConvertPayloadToString() ?? "", message.Retain));
            _arrived.Release();
            return Task.CompletedTask;
        };
        _server.InterceptingOutboundPacketAsync += sent =>
        {
            sent.ProcessPacket = !(HoldsAcknowledgements && sent.Packet is MqttPubAckPacket);
            return Task.CompletedTask;
        };
        _server.ValidatingConnectionAsync += asked =>
        {
            Connections.Enqueue(asked);
            if (Password is not null && (asked.UserName != "door" || asked.Password != Password))
                asked.ReasonCode = MqttConnectReasonCode.BadUserNameOrPassword;
            return Task.CompletedTask;
        };
    }

    /// <summary>The address, as <c>Mqtt:Broker</c> takes it.</summary>
    public string Address { get; }

    /// <summary>The password of the user "door"; null lets everybody in.</summary>
    public string? Password { get; set; }

    /// <summary>Whether messages are never acknowledged.</summary>
    public bool HoldsAcknowledgements { get; set; }

    /// <summary>The connections that were asked for.</summary>
    public ConcurrentQueue<ValidatingConnectionEventArgs> Connections { get; } = [];

    /// <summary>Starts a broker on a free port, or on a given one.</summary>
    public static async Task<MqttBroker> StartAsync(X509Certificate2? certificate = null, int port = 0)
    {
        MqttServerOptionsBuilder options = new MqttServerOptionsBuilder().WithoutDefaultEndpoint();
        options = certificate is null
            ? options.WithDefaultEndpoint().WithDefaultEndpointBoundIPAddress(IPAddress.Loopback)
                .WithDefaultEndpointBoundIPV6Address(IPAddress.None).WithDefaultEndpointPort(port)
            : options.WithEncryptedEndpoint().WithEncryptedEndpointBoundIPAddress(IPAddress.Loopback)
                .WithEncryptedEndpointBoundIPV6Address(IPAddress.None).WithEncryptedEndpointPort(port)
                .WithEncryptionCertificate(certificate);
        MqttServerOptions built = options.Build();
        MqttServer server = new MqttServerFactory().CreateMqttServer(built);
        await server.StartAsync();
        return new MqttBroker(server, certificate is null ? built.DefaultEndpointOptions.Port : built.TlsEndpointOptions.Port,
            certificate is not null);
    }

    /// <summary>Waits for the next messages, in their order.</summary>
    public async Task<IReadOnlyList<MqttMessage>> TakeAsync(int count)
    {
        List<MqttMessage> taken = [];
        for (int i = 0; i < count; i++)
        {
            await _arrived.WaitAsync(TestContext.Current.CancellationToken);
            _seen.TryDequeue(out MqttMessage? message);
            taken.Add(message!);
        }

        return taken;
    }

    /// <summary>Waits until a message with this topic and text arrives, and discards the ones before.</summary>
    public async Task<MqttMessage> TakeAsync(string topic, string payload)
    {
        while (true)
        {
            MqttMessage message = (await TakeAsync(1))[0];
            if (message.Topic == topic && message.Payload == payload)
                return message;
        }
    }

    /// <summary>The message that the broker keeps of a topic; null for none.</summary>
    public async Task<string?> RetainedAsync(string topic) => (await _server.GetRetainedMessageAsync(topic))?.ConvertPayloadToString();

    /// <summary>Publishes a message as another client.</summary>
    public Task PublishAsync(string topic, string payload, bool isRetained = false) => _server.InjectApplicationMessage(
        new InjectedMqttApplicationMessage(new MqttApplicationMessageBuilder().WithTopic(topic).WithPayload(payload)
            .WithRetainFlag(isRetained).WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce).Build())
        {
            SenderClientId = "test",
        });

    /// <summary>Breaks a client's connection without a word.</summary>
    public async Task BreakAsync(string client)
    {
        ValidatingConnectionEventArgs asked = Connections.Last(one => one.ClientId == client);
        await asked.ChannelAdapter.DisconnectAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Disconnects a client.</summary>
    public Task DisconnectAsync(string client) => _server.DisconnectClientAsync(client, new MqttServerClientDisconnectOptions());

    public async ValueTask DisposeAsync()
    {
        await _server.StopAsync(new MqttServerStopOptions());
        _server.Dispose();
        _arrived.Dispose();
    }
}
