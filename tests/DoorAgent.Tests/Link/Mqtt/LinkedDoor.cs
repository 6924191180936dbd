using DoorAgent.Link;
using DoorAgent.Link.Mqtt;
using DoorAgent.Operating;
using DoorAgent.Tests.Auditing;
using DoorAgent.Tests.Support;
using Serilog;

namespace DoorAgent.Tests.Link.Mqtt;

/// <summary>Channels to a broker for a door whose status the test controls.</summary>
internal sealed class LinkedDoor : IDisposable
{
    private readonly TempFolder _folder = new();

    public WatchedTime Time { get; } = new(DateTimeOffset.UtcNow);

    public CollectingSink Sink { get; } = new();

    /// <summary>The door's status; null while the door does not answer.</summary>
    public DoorStatus? Status { get; set; } = DiscoveryTests.Status();

    /// <summary>The orders that reached the door.</summary>
    public List<OperatorVerb> Orders { get; } = [];

    /// <summary>Signalled after each order.</summary>
    public SemaphoreSlim Ordered { get; } = new(0);

    public string State => _folder.Path;

    /// <summary>Makes a channel.</summary>
    public MqttChannel Channel(string broker, Action<MqttOptions>? change = null, bool isTest = false, string door = "d17")
    {
        MqttOptions options = new() { Broker = broker };
        change?.Invoke(options);
        return new MqttChannel(new LinkOptions { Door = door, Name = "Lab door" }, options, State, new LinkSecrets(null), AskAsync, Time,
            new LoggerConfiguration().WriteTo.Sink(Sink).CreateLogger(), isTest);
    }

    public void Dispose()
    {
        Ordered.Dispose();
        _folder.Dispose();
    }

    private Task<OperatorAnswer> AskAsync(OperatorRequest request, CancellationToken stopping)
    {
        if (request.Verb == OperatorVerb.Status)
            return Task.FromResult(Status is { } status ? new OperatorAnswer { Status = status } : OperatorAnswer.Refused("No door runs."));
        Orders.Add(request.Verb);
        Ordered.Release();
        return Task.FromResult(new OperatorAnswer { Done = "done" });
    }
}
