using System.Net.Sockets;
using DoorAgent.Fleet;
using DoorAgent.Galleries;
using DoorAgent.Storage;

namespace DoorAgent.Operating;

/// <summary>What the fleet's requests change. The functions run outside the decision loop.</summary>
/// <param name="Folder">Directory for a delivery that is too large for memory: the data directory.</param>
/// <param name="Read">Reads the fleet's part of the gallery.</param>
/// <param name="Apply">Applies a delivery, in one transaction, and returns what changed.</param>
internal sealed record FleetStore(string Folder, Func<FleetReading> Read, Func<FleetDelivery, Stream, FleetOutcome> Apply)
{
    /// <summary>Returns the free space in bytes of a file's disk.</summary>
    public Func<string, long> FreeSpace { get; init; } = DiskFull.FreeSpace;

    /// <summary>Called when a delivery has changed the gallery, so that the door follows at once.</summary>
    public Action Follow { get; init; } = () => { };
}

/// <summary>
/// Answers the fleet's requests. A delivery is received completely before it is applied: whoever sends slowly holds neither the gallery nor
/// the door. One delivery at a time is received.
/// </summary>
/// <param name="store">What is changed.</param>
/// <param name="time">The clock.</param>
internal sealed class FleetDesk(FleetStore store, TimeProvider time) : IDisposable
{
    // A delivery of changes fits; the whole of a group goes to the disk.
    private const long MostInMemory = 4 * 1024 * 1024;

    // A slow door with a slow disk.
    private const long BytesReceived = 50_000;

    private readonly SemaphoreSlim _applying = new(1);

    /// <summary>Whether a request is one of these.</summary>
    public static bool Answers(OperatorVerb verb) =>
        verb is OperatorVerb.FleetStanding or OperatorVerb.FleetApply or OperatorVerb.FleetContact;

    /// <summary>How long the bytes of a delivery may take to arrive.</summary>
    public static TimeSpan ReceiveWithin(long bytes) => TimeSpan.FromMinutes(1) + TimeSpan.FromSeconds(bytes / BytesReceived);

    /// <summary>Answers a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="ask">Asks the decision loop.</param>
    /// <param name="stream">The connection, for the bytes of a delivery.</param>
    /// <param name="stop">Cancelled when the door stops.</param>
    public async Task<OperatorAnswer> AnswerAsync(OperatorRequest request, Func<OperatorRequest, Task<OperatorAnswer>> ask,
        NetworkStream stream, CancellationToken stop)
    {
        try
        {
            return request.Verb switch
            {
                OperatorVerb.FleetContact => await ask(request),
                OperatorVerb.FleetApply => await ApplyAsync(request, ask, stream, stop),
                _ => StandingOf(await Task.Run(store.Read, stop)),
            };
        }
        catch (UserErrorException refused)
        {
            return OperatorAnswer.Refused(refused.Message);
        }
    }

    public void Dispose() => _applying.Dispose();

    private static OperatorAnswer StandingOf(FleetReading reading) => reading switch
    {
        { View: { } view } => new OperatorAnswer { Standing = Unconfirmed(view.Standing) },
        { Why: { } why } => OperatorAnswer.Refused(why),
        _ => OperatorAnswer.Refused(FleetGallery.InNone),
    };

    /// <summary>The gallery's file alone does not say that the door uses the file: the answer to a contact confirms.</summary>
    private static FleetStanding Unconfirmed(FleetStanding standing) => standing with { Confirmation = null };

    private async Task<OperatorAnswer> ApplyAsync(OperatorRequest request, Func<OperatorRequest, Task<OperatorAnswer>> ask,
        NetworkStream stream, CancellationToken stop)
    {
        if (request.Delivery is not { Bytes: >= 0 and <= OperatorBody.Most } delivery)
            return OperatorAnswer.Refused($"A delivery has a length of 0 to {OperatorBody.Most} bytes.");
        if (!await _applying.WaitAsync(0, stop))
            return OperatorAnswer.Refused("Another delivery of the fleet is being applied. Try again when it is done.");
        try
        {
            if (StandingOf(await Task.Run(store.Read, stop)) is { Refusal: not null } refused)
                return refused;
            await using Stream spool = Spool(delivery.Bytes);
            await OperatorProtocol.WriteAsync(stream, new OperatorAnswer { IsReady = true }, stop)
                .WaitAsync(OperableRequests.Patience, time, stop);
            if (await ReceiveAsync(delivery.Bytes, stream, spool, stop) is { } why)
                return OperatorAnswer.Refused($"Nothing was applied: {why}");
            spool.Position = 0;
            FleetOutcome outcome = await Task.Run(() => store.Apply(delivery, spool), stop);
            return await FollowAsync(request, outcome, ask, stop);
        }
        finally
        {
            _applying.Release();
        }
    }

    /// <summary>Has the door follow what a delivery changed: people first, so that a removal is in force at once.</summary>
    private async Task<OperatorAnswer> FollowAsync(OperatorRequest request, FleetOutcome outcome,
        Func<OperatorRequest, Task<OperatorAnswer>> ask, CancellationToken stop)
    {
        FleetReading after = await Task.Run(() =>
        {
            store.Follow();
            return store.Read();
        }, stop);
        OperatorAnswer followed = await ask(request with { News = new FleetNews(outcome, after) });
        // Applied is applied, also where the loop is slow to say so; but only the loop knows whether the door uses what was applied.
        return followed is { Refusal: null, Outcome: { } used } ? followed with { Outcome = Fitting(used) }
            : new OperatorAnswer { Outcome = Fitting(outcome with { Standing = Unconfirmed(outcome.Standing) }) };
    }

    /// <summary>Receives all bytes; returns why not, or null.</summary>
    private async Task<string?> ReceiveAsync(long bytes, NetworkStream stream, Stream spool, CancellationToken stop)
    {
        TimeSpan limit = ReceiveWithin(bytes);
        using CancellationTokenSource late = new(limit, time);
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(stop, late.Token);
        try
        {
            await new OperatorBody(stream, bytes, time).ReadAsync(spool, end.Token);
            return null;
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return $"the delivery was not complete after {limit.TotalSeconds:0} s.";
        }
        catch (TimeoutException)
        {
            return $"no byte came for {OperatorBody.Patience.TotalSeconds:0} s.";
        }
        catch (IOException failure)
        {
            return $"{failure.Message.TrimEnd('.')}.";
        }
    }

    private Stream Spool(long bytes)
    {
        if (bytes <= MostInMemory)
            return new MemoryStream((int)bytes);
        try
        {
            // Nobody finds the file by its name afterwards: the name is removed at once.
            string path = Path.Combine(store.Folder, $"fleet-{Guid.NewGuid():N}.part");
            if (DiskFull.RefusalOf(store.FreeSpace(path), bytes) is { } full)
                throw new IOException(full);
            FileStream file = DataDirectory.CreateFile(path);
            File.Delete(path);
            return file;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"Nothing was applied: {failure.Message}", failure);
        }
    }

    /// <summary>Leaves out the last refusals of an outcome that is too long for a line.</summary>
    private static FleetOutcome Fitting(FleetOutcome outcome) => outcome with { Refusals = OperatorProtocol.Fitting(outcome.Refusals) };
}
