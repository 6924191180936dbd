using System.Buffers;
using DoorAgent.Events;
using DoorAgent.Operating;
using DoorAgent.Settings;
using MQTTnet;

namespace DoorAgent.Link.Mqtt;

/// <summary>
/// The channel to an MQTT broker: events, the door's states and Home Assistant's discovery. A message counts as delivered when the broker
/// has acknowledged it. No message names a person, a badge or a distance.
/// </summary>
internal sealed class MqttChannel : ILinkChannel
{
    /// <summary>Time between two questions for the states. Every change of the door has an event, after which the states are asked for;
    /// this finds what has none.</summary>
    public static readonly TimeSpan Between = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2);

    public const string ChannelName = "mqtt";

    private readonly MqttOptions _options;
    private readonly MqttTopics _topics;
    private readonly MqttMessage _will;
    private readonly MqttPublisher _publisher;
    private readonly CommandReceiver _commands;
    private readonly Func<OperatorRequest, CancellationToken, Task<OperatorAnswer>> _ask;
    private readonly LinkSecrets _secrets;
    private readonly bool _isTest;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _one = new(1);
    private readonly CancellationTokenSource _end = new();
    private TaskCompletionSource _wanted = New();
    private MqttConnection? _connection;

    /// <param name="link">Checked options of the link.</param>
    /// <param name="options">Checked options with a broker.</param>
    /// <param name="state">The link's own directory.</param>
    /// <param name="secrets">The service's credentials.</param>
    /// <param name="ask">Sends a request to the door; a door that does not answer is a refusal.</param>
    /// <param name="time">The clock.</param>
    /// <param name="log">The log.</param>
    /// <param name="isTest">Whether a running link may have the door's connection: then this one has another id and takes no
    /// command.</param>
    public MqttChannel(
        LinkOptions link, MqttOptions options, string state, LinkSecrets secrets,
        Func<OperatorRequest, CancellationToken, Task<OperatorAnswer>> ask, TimeProvider time, Serilog.ILogger log, bool isTest = false)
    {
        (_options, _secrets, _ask, _time, _isTest, _topics) = (options, secrets, ask, time, isTest, MqttTopics.Of(link, options));
        _will = new MqttMessage(_topics.Availability, MqttTopics.Offline, IsRetained: true);
        Discovery discovery = new(_topics, link.Name, MachineModel.Here, BuildInfo.Version, options.Unlock);
        _publisher = new MqttPublisher(_topics, discovery, new DiscoveryStore(Path.Combine(state, "mqtt-discovery")), options.Unlock, log);
        _commands = new CommandReceiver(
            () => CodeSecret.Read(options.TotpFile, secrets, state), new CodeStore(Path.Combine(state, "mqtt-codes")), ask, time,
            BuildInfo.Date, log);
    }

    /// <summary>Makes the channel; null while no broker is set.</summary>
    /// <exception cref="UserErrorException">The settings cannot work.</exception>
    public static ILinkChannel? Create(LinkContext context)
    {
        MqttOptions options = context.Settings.Section<MqttOptions>();
        return options.Address is null ? null : new MqttChannel(
            context.Settings.Section<LinkOptions>(), options, context.Places.State, context.Secrets, AskAsync, context.Time, context.Log,
            context.IsTest);

        async Task<OperatorAnswer> AskAsync(OperatorRequest request, CancellationToken stopping)
        {
            try
            {
                return await context.Door.AskAsync(request, stopping);
            }
            catch (LinkDoorException away)
            {
                return OperatorAnswer.Refused(away.Message);
            }
        }
    }

    public string Name => ChannelName;

    public async Task ConnectAsync(CancellationToken stopping)
    {
        await CloseAsync();
        BrokerAddress broker = _options.Address ?? throw new InvalidOperationException("There is no broker in the settings.");
        MqttIdentity identity = new(
            _isTest ? $"{_topics.Device}_test" : _topics.Device, _options.User,
            _options.User is null ? null : _secrets.Read("mqtt-password", _options.PasswordFile), _isTest ? null : _will);
        _connection = new MqttConnection(broker, new BrokerTrust(broker, _options.CaFile, _time), _time) { Received = ReceiveAsync };
        await _connection.ConnectAsync(identity, stopping);
        if (_isTest)
            return;
        await _connection.SubscribeAsync(_options.Unlock ? [_topics.Birth, _topics.Command] : [_topics.Birth], stopping);
        _publisher.Forget();
        await RefreshAsync(_connection, stopping);
    }

    public async Task DeliverAsync(IReadOnlyList<DoorEvent> events, CancellationToken stopping)
    {
        MqttConnection connection = _connection ?? throw new IOException("There is no connection to the broker.");
        foreach (DoorEvent made in events)
        {
            if (EventPayload.Of(made) is { } payload)
                await connection.PublishAsync(new MqttMessage(_topics.Event, payload, IsRetained: false), stopping);
            else if (made.Kind == DoorEventKind.Duress && _options.DuressTopic is { } topic)
                await connection.PublishAsync(new MqttMessage(topic, EventPayload.OfDuress(made), IsRetained: false), stopping);
        }

        // After a duress PIN alone the lock's state would come before the grant, which it does not after the right PIN.
        if (events.Any(made => made.Kind != DoorEventKind.Duress))
            await RefreshAsync(connection, stopping);
    }

    public async Task<string> TestAsync(CancellationToken stopping)
    {
        MqttConnection connection = _connection ?? throw new IOException("There is no connection to the broker.");
        await connection.PublishAsync(new MqttMessage(_topics.Test, "test", IsRetained: false), stopping);
        return $"The broker {_options.Address} has accepted a message to {_topics.Test}.";
    }

    public async Task WatchAsync(CancellationToken stopping)
    {
        MqttConnection connection = _connection ?? throw new IOException("There is no connection to the broker.");
        while (true)
        {
            using CancellationTokenSource ended = CancellationTokenSource.CreateLinkedTokenSource(stopping);
            Task wanted = Volatile.Read(ref _wanted).Task;
            await Task.WhenAny(connection.Lost, wanted, Task.Delay(Between, _time, ended.Token));
            await ended.CancelAsync();
            stopping.ThrowIfCancellationRequested();
            if (connection.Lost.IsCompleted)
                throw new IOException(await connection.Lost);
            if (wanted.IsCompleted)
            {
                Volatile.Write(ref _wanted, New());
                _publisher.Forget();
            }

            await RefreshAsync(connection, stopping);
        }
    }

    /// <summary>Says that the door is unavailable, since the broker publishes the will only when a connection breaks, and ends the
    /// connection.</summary>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        if (!_isTest && _connection is { Lost.IsCompleted: false } connection)
        {
            using CancellationTokenSource late = new(Farewell, _time);
            try
            {
                await connection.PublishAsync(_will, late.Token);
            }
            catch (Exception failure) when (failure is IOException or OperationCanceledException)
            {
                // A broker that does not answer notices the end of the connection, and publishes the will.
            }
        }

        await CloseAsync();
        _end.Dispose();
        _one.Dispose();
    }

    private async Task CloseAsync()
    {
        if (_connection is { } connection)
            await connection.DisposeAsync();
        _connection = null;
    }

    /// <summary>Publishes what has changed, one caller after the other, so that no older state overtakes a newer one.</summary>
    private async Task RefreshAsync(MqttConnection connection, CancellationToken stopping)
    {
        await _one.WaitAsync(stopping);
        try
        {
            OperatorAnswer answer = await _ask(new OperatorRequest(OperatorVerb.Status), stopping);
            await _publisher.PublishAsync(answer.Status, connection.PublishAsync, stopping);
        }
        finally
        {
            _one.Release();
        }
    }

    private async Task ReceiveAsync(MqttApplicationMessage message)
    {
        if (message.Topic == _topics.Command && _options.Unlock)
            await _commands.ReceiveAsync(message.Payload.ToArray(), message.Retain, _end.Token);
        else if (message.Topic == _topics.Birth && message.ConvertPayloadToString() == MqttTopics.Online)
            Volatile.Read(ref _wanted).TrySetResult();
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
