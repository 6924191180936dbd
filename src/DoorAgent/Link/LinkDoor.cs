using DoorAgent.Auditing;
using DoorAgent.Fleet;
using DoorAgent.Link.Fleet;
using DoorAgent.Operating;
using DoorAgent.Storage;

namespace DoorAgent.Link;

/// <summary>The running door, as the link sees it.</summary>
/// <param name="places">The door's places, with the socket that the link's user can reach.</param>
/// <param name="time">The clock of the limit for an answer; null for the system's.</param>
internal sealed class LinkDoor(Places places, TimeProvider? time = null) : IFleetDoor
{
    // A slow door with a slow disk.
    private const long BytesApplied = 50_000;

    /// <summary>How long the door may take for an answer, beyond the wait that the request asks for. A door that hangs, and does not end,
    /// is away like one that is stopped.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>Sends a request to the door.</summary>
    /// <exception cref="LinkDoorException">The door does not run, does not answer, or refuses; the message says why.</exception>
    public Task<OperatorAnswer> AskAsync(OperatorRequest request, CancellationToken stopping) => WithinAsync(
        TimeSpan.FromSeconds(request.Seconds) + Patience, end => OperatorClient.TryAskAsync(places, request, end), stopping);

    /// <summary>Returns the door's status, without names for the link's user.</summary>
    /// <exception cref="LinkDoorException">The door does not run, does not answer, or refuses; the message says why.</exception>
    public async Task<DoorStatus> StatusAsync(CancellationToken stopping) =>
        (await AskAsync(new OperatorRequest(OperatorVerb.Status), stopping)).Status ?? throw OtherVersion();

    /// <summary>Returns the door's metrics in Prometheus' text format.</summary>
    /// <exception cref="LinkDoorException">The door does not run, does not answer, or refuses; the message says why.</exception>
    public async Task<string> MetricsAsync(CancellationToken stopping) =>
        (await AskAsync(new OperatorRequest(OperatorVerb.Metrics), stopping)).Metrics ?? throw OtherVersion();

    /// <summary>Returns the records after a position, and waits for the next one.</summary>
    /// <param name="after">The position; null for the newest record's.</param>
    /// <param name="seconds">The wait, 0 to 30.</param>
    /// <param name="stopping">Cancels the wait.</param>
    /// <exception cref="LinkDoorException">The door does not run, does not answer, or refuses; the message says why.</exception>
    public async Task<JournalBatch> ReadAsync(JournalPosition? after, double seconds, CancellationToken stopping) =>
        (await AskAsync(new OperatorRequest(OperatorVerb.Events, seconds) { After = after }, stopping)).Batch ?? throw OtherVersion();

    /// <summary>Returns where the door stands in its fleet.</summary>
    /// <exception cref="LinkDoorException">The door does not run, does not answer, or refuses; the message says why.</exception>
    public async Task<FleetStanding> StandingAsync(CancellationToken stopping) =>
        (await AskAsync(new OperatorRequest(OperatorVerb.FleetStanding), stopping)).Standing ?? throw OtherVersion();

    /// <summary>Tells the door of the connection to its fleet's hub.</summary>
    /// <exception cref="LinkDoorException">The door does not run, does not answer, or refuses; the message says why.</exception>
    public async Task<FleetStanding> ContactAsync(FleetContact contact, CancellationToken stopping) =>
        (await AskAsync(new OperatorRequest(OperatorVerb.FleetContact) { Contact = contact }, stopping)).Standing ?? throw OtherVersion();

    /// <summary>Delivers records of the fleet.</summary>
    /// <exception cref="LinkDoorException">The door does not run, does not answer, or refuses; the message says why.</exception>
    public async Task<FleetOutcome> ApplyAsync(FleetDelivery delivery, Stream parcel, CancellationToken stopping)
    {
        OperatorRequest request = new(OperatorVerb.FleetApply) { Delivery = delivery };
        return (await WithinAsync(ApplyWithin(delivery.Bytes),
            end => OperatorClient.TrySendAsync(places, request, parcel, delivery.Bytes, end), stopping)).Outcome ?? throw OtherVersion();
    }

    /// <summary>How long the door may take for a delivery.</summary>
    public static TimeSpan ApplyWithin(long bytes) => TimeSpan.FromMinutes(1) + TimeSpan.FromSeconds(bytes / BytesApplied);

    private async Task<OperatorAnswer> WithinAsync(
        TimeSpan limit, Func<CancellationToken, Task<(OperatorAnswer Answer, bool IsThere)>> ask, CancellationToken stopping)
    {
        using CancellationTokenSource late = new(limit, time ?? TimeProvider.System);
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(stopping, late.Token);
        try
        {
            (OperatorAnswer answer, _) = await ask(end.Token);
            return answer.Refusal is { } why ? throw new LinkDoorException(why) : answer;
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            throw new LinkDoorException($"The door has not answered for {limit.TotalSeconds:0} s.");
        }
    }

    private static LinkDoorException OtherVersion() => new("The door answered without what was asked for; is it of another version?");
}

/// <summary>The door did not answer as asked.</summary>
internal sealed class LinkDoorException(string message) : Exception(message);
