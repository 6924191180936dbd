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
    /// <param name="sender">What a link that only lost its connection still knows; null for a link that starts.</param>
    public async Task<SendingLink> ConnectAsync(LinkBench door, string name = "lab", int? port = null, EventSender? sender = null)
    {
        HubConnection connection = await LoginAsync(name, port);
        SendingLink link = new(connection, new EventStream(connection, name), sender ?? SenderOf(door));
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

    /// <summary>Makes a link's sender, which knows nothing yet.</summary>
    public static EventSender SenderOf(LinkBench door) =>
        new(new LinkDoor(door.Door).ReadAsync, Logger.None, TimeProvider.System, new Random(1));

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
            await link.KillAsync();
        foreach (HubConnection connection in _connections)
            await connection.DisposeAsync();
        await Server.DisposeAsync();
    }
}

/// <summary>A link that sends events.</summary>
internal sealed class SendingLink
{
    private readonly CancellationTokenSource _stop = new();
    private readonly HubConnection _connection;

    public SendingLink(HubConnection connection, EventStream stream, EventSender sender)
    {
        (_connection, Sender) = (connection, sender);
        Sending = Task.Run(() => sender.RunAsync(stream, _stop.Token), CancellationToken.None);
    }

    public EventSender Sender { get; }

    /// <summary>Ends only with a failure.</summary>
    public Task Sending { get; }

    /// <summary>Ends the link at any moment.</summary>
    public async Task KillAsync()
    {
        await _connection.DisposeAsync();
        await _stop.CancelAsync();
        await Sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
