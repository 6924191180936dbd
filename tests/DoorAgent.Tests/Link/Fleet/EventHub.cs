using DoorAgent.Hub;
using DoorAgent.Link;
using DoorAgent.Link.Fleet;
using DoorAgent.Tests.Support;
using NATS.Client.Core;
using NATS.Client.JetStream;
using NATS.NKeys;
using Serilog.Core;

namespace DoorAgent.Tests.Link.Fleet;

/// <summary>A hub with the streams of events and alarms, and links that send to it.</summary>
internal sealed class EventHub : IAsyncDisposable
{
    private readonly List<HubConnection> _connections = [];
    private readonly List<SendingLink> _links = [];

    private EventHub(NatsServer server) => Server = server;

    public NatsServer Server { get; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Starts a hub on which everybody may do everything.</summary>
    public static async Task<EventHub> StartAsync()
    {
        EventHub hub = new(await NatsServer.StartAsync());
        await hub.AskAsync(async office =>
        {
            await office.CreateStreamAsync(HubStreams.Events(TimeSpan.FromDays(365)), Cancellation);
            return await office.CreateStreamAsync(HubStreams.Alarms(TimeSpan.FromDays(365)), Cancellation);
        });
        return hub;
    }

    /// <summary>Starts a link of a door, which sends until it is killed.</summary>
    /// <param name="door">The door.</param>
    /// <param name="name">Name of the door in the fleet.</param>
    /// <param name="port">Port of the hub, or of a bad network before it.</param>
    /// <param name="before">A link that only lost its connection, and knows what it did; null for a link that starts.</param>
    public async Task<SendingLink> ConnectAsync(LinkBench door, string name = "lab", int? port = null, SendingLink? before = null)
    {
        HubConnection connection = await LoginAsync(name, port);
        SendingLink link = before is null ? new(connection, name, new LinkDoor(door.Door)) : new(connection, name, before);
        _links.Add(link);
        return link;
    }

    /// <summary>Connects as a door; killed with the hub at the latest.</summary>
    public async Task<HubConnection> LoginAsync(string name, int? port = null)
    {
        using KeyPair key = KeyPair.CreatePair(PrefixByte.User);
        HubConnection connection = await HubConnection.ConnectAsync(new HubAddress("127.0.0.1", port ?? Server.Port),
            HubLogin.OfDoor(name, key.GetSeed(), null), TimeProvider.System, Cancellation);
        _connections.Add(connection);
        return connection;
    }

    /// <summary>Reads the stream of events.</summary>
    public Task<EventReader> ReadAsync() => AskAsync(office => EventReader.ReadAsync(office, Cancellation));

    /// <summary>Reads the messages of a stream.</summary>
    public Task<List<byte[]>> MessagesAsync(string stream) => AskAsync(async office =>
    {
        List<byte[]> messages = [];
        await foreach (byte[] message in EventReader.MessagesAsync(office, stream, Cancellation))
            messages.Add(message);
        return messages;
    });

    /// <summary>Does something as the office.</summary>
    public async Task<T> AskAsync<T>(Func<INatsJSContext, Task<T>> ask)
    {
        await using NatsConnection office = new(new NatsOpts { Url = Server.Address });
        return await ask(new NatsJSContext(office));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (SendingLink link in _links)
        {
            await link.KillAsync();
            link.Dispose();
        }

        foreach (HubConnection connection in _connections)
            await connection.DisposeAsync();
        await Server.DisposeAsync();
    }
}

/// <summary>A link that sends events.</summary>
internal sealed class SendingLink : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly HubConnection _connection;
    private readonly EventSender _sender;
    private readonly FleetProgress _progress;

    /// <summary>A link that starts.</summary>
    public SendingLink(HubConnection connection, string name, LinkDoor door)
    {
        _connection = connection;
        _progress = new FleetProgress(new FleetLinkStatus(name, "group", ""), TimeProvider.System);
        _sender = new EventSender(door.ReadAsync, _progress, Logger.None, TimeProvider.System, new Random(1));
        Sending = Task.Run(() => SendAsync(name), CancellationToken.None);
    }

    /// <summary>A link after a loss.</summary>
    public SendingLink(HubConnection connection, string name, SendingLink before)
    {
        (_connection, _progress, _sender) = (connection, before._progress, before._sender);
        Sending = Task.Run(() => SendAsync(name), CancellationToken.None);
    }

    public EventsAtHub Events => _progress.Events;

    /// <summary>Ends only with a failure.</summary>
    public Task Sending { get; }

    /// <summary>Ends the link at any moment.</summary>
    public async Task KillAsync()
    {
        await _connection.DisposeAsync();
        await _stop.CancelAsync();
        await Sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose() => _stop.Dispose();

    // As the link does: a lost connection ends what waits for the door.
    private async Task SendAsync(string name)
    {
        Task sending = _sender.RunAsync(new EventStream(_connection, name), _stop.Token);
        if (await Task.WhenAny(sending, _connection.Lost) == sending)
            await sending;
        await _stop.CancelAsync();
        await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        throw new IOException(await _connection.Lost);
    }
}
