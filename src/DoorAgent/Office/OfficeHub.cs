using DoorAgent.Fleet;
using DoorAgent.Hub;
using DoorAgent.Link.Fleet;
using NATS.Client.JetStream;
using NATS.Client.JetStream.Models;

namespace DoorAgent.Office;

/// <summary>The office's connection to the hub: sends what waits, and reads what is there.</summary>
internal sealed class OfficeHub : IAsyncDisposable
{
    private const int NotFound = 404, AtOnce = 500, InFlight = 64;

    /// <summary>How long the hub keeps events and alarms where 'fleet init' does not say otherwise.</summary>
    public static readonly TimeSpan KeepEventsFor = TimeSpan.FromDays(90);

    private readonly HubConnection _hub;
    private readonly TimeProvider _time;

    private OfficeHub(HubConnection hub, TimeProvider time) => (_hub, _time) = (hub, time);

    /// <summary>The hub's server.</summary>
    public HubServer Server => _hub.Server;

    /// <summary>Connects, and makes buckets and streams that are missing: then everything that the office has decided waits for the hub
    /// again.</summary>
    /// <param name="office">The office.</param>
    /// <param name="stopping">Cancels the attempt.</param>
    /// <exception cref="IOException">The hub cannot be reached or refused; the message says what to do.</exception>
    /// <exception cref="UserErrorException">The hub's server is good for a test only, and this office is not a test.</exception>
    public static async Task<OfficeHub> ConnectAsync(FleetOffice office, CancellationToken stopping)
    {
        OfficeIdentity identity = office.Identity;
        HubLogin login = HubLogin.OfOffice(office.Keys.ConnectionSeed, office.Places.Authority);
        OfficeHub hub = new(await HubConnection.ConnectAsync(identity.Address, login, office.Time, stopping), office.Time);
        try
        {
            if (!hub.Server.HasSyncAlways && !identity.IsTest)
                throw new UserErrorException($"{hub.Server.Objection} Install 2.11.15, 2.12.6 or later; for a test run 'dooragent fleet init --test'.");
            if (await hub.EnsureStreamsAsync(stopping))
                OfficeRepair.QueueEverything(office);
            return hub;
        }
        catch
        {
            await hub.DisposeAsync();
            throw;
        }
    }

    /// <summary>Sends what waits, in its order, and takes out what the hub has acknowledged.</summary>
    /// <param name="outbox">What waits.</param>
    /// <param name="progress">Is given how many records were sent.</param>
    /// <param name="stopping">Ends the sending; what was not acknowledged waits on.</param>
    /// <exception cref="IOException">The hub did not take a record; what was not acknowledged waits on.</exception>
    public async Task SendAsync(OfficeOutbox outbox, IProgress<int> progress, CancellationToken stopping)
    {
        int sent = 0;
        for (IReadOnlyList<OutboxRecord> next = outbox.Next(AtOnce); next.Count > 0; next = outbox.Next(AtOnce))
        {
            // People of one publication may overtake each other; their manifest comes after the last acknowledgement.
            OutboxRecord[] together = [.. next.TakeWhile(record => record.Bucket == next[0].Bucket && record.Value is not null)];
            if (together.Length == 0 || next[0].Bucket != HubNames.People)
                together = [next[0]];
            await SendTogetherAsync(together, stopping);
            outbox.Sent(together);
            sent += together.Length;
            progress.Report(sent);
        }
    }

    /// <summary>Gives the streams of events and alarms their age, and returns all buckets and streams as they are now.</summary>
    /// <param name="keepEventsFor">How long the hub keeps events and alarms; null for as long as before.</param>
    /// <param name="stopping">Cancels the wait.</param>
    /// <exception cref="IOException">The hub does not answer, or refused.</exception>
    public async Task<IReadOnlyList<HubPart>> PrepareAsync(TimeSpan? keepEventsFor, CancellationToken stopping)
    {
        if (keepEventsFor is { } age)
        {
            foreach (StreamConfig stream in (StreamConfig[])[HubStreams.Events(age), HubStreams.Alarms(age)])
                await _hub.AskAsync(late => _hub.JetStream.CreateOrUpdateStreamAsync(stream, late), stopping);
        }

        List<HubPart> parts = [];
        foreach ((string kind, string name, string stream) in (IEnumerable<(string, string, string)>)[
            .. HubBuckets.All.Select(bucket => ("bucket", bucket, HubNames.StreamOf(bucket))),
            ("stream", HubNames.Events, HubNames.Events), ("stream", HubNames.Alarms, HubNames.Alarms)])
        {
            INatsJSStream found = await _hub.AskAsync(late => _hub.JetStream.GetStreamAsync(stream, cancellationToken: late), stopping);
            parts.Add(new HubPart(kind, name, found.Info.State.Messages, found.Info.State.Bytes));
        }

        return parts;
    }

    /// <summary>Reads all records of a bucket.</summary>
    /// <exception cref="IOException">The hub does not answer.</exception>
    public async Task<IReadOnlyList<FleetItem>> ReadAsync(string bucket, CancellationToken stopping)
    {
        // A key that changes while the bucket is read comes twice.
        Dictionary<string, FleetItem> items = [];
        await using FleetFeed feed = new(_hub, _time);
        await feed.OpenAsync(bucket, ">", 1, stopping);
        while (!feed.IsCurrent)
        {
            if ((await feed.NextAsync(stopping)).Item is { } item)
                items[item.Key] = item;
        }

        return [.. items.Values];
    }

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    private async Task SendTogetherAsync(OutboxRecord[] records, CancellationToken stopping)
    {
        if (records is [{ Value: null } gone])
        {
            await PurgeAsync(gone, stopping);
            return;
        }

        using CancellationTokenSource failed = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        Queue<Task> flying = [];
        try
        {
            foreach (OutboxRecord record in records)
            {
                if (flying.Count == InFlight)
                    await flying.Dequeue();
                flying.Enqueue(PutAsync(record, failed.Token));
            }

            while (flying.TryDequeue(out Task? oldest))
                await oldest;
        }
        finally
        {
            await failed.CancelAsync();
            foreach (Task rest in flying)
                await rest.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private Task<ulong> PutAsync(OutboxRecord record, CancellationToken stopping) => _hub.AskAsync(async late =>
    {
        PubAckResponse stored = await _hub.JetStream.PublishAsync(HubNames.SubjectOf(record.Bucket, record.Key), record.Value, cancellationToken: late);
        stored.EnsureSuccess();
        return stored.Seq;
    }, stopping);

    /// <summary>Removes a key without a trace: the marker of an ordinary removal is not signed, and doors report it.</summary>
    private Task<StreamPurgeResponse> PurgeAsync(OutboxRecord record, CancellationToken stopping) => _hub.AskAsync(late => _hub.JetStream.PurgeStreamAsync(
        HubNames.StreamOf(record.Bucket), new StreamPurgeRequest { Filter = HubNames.SubjectOf(record.Bucket, record.Key) }, late), stopping);

    /// <summary>Makes the streams that are missing; returns whether one of records was.</summary>
    private async Task<bool> EnsureStreamsAsync(CancellationToken stopping)
    {
        bool wasMissing = false;
        foreach (string bucket in HubBuckets.All)
            wasMissing |= await EnsureAsync(HubBuckets.Of(bucket), stopping) && bucket != HubNames.Doors;
        await EnsureAsync(HubStreams.Events(KeepEventsFor), stopping);
        await EnsureAsync(HubStreams.Alarms(KeepEventsFor), stopping);
        return wasMissing;
    }

    private Task<bool> EnsureAsync(StreamConfig stream, CancellationToken stopping) => _hub.AskAsync(async late =>
    {
        try
        {
            await _hub.JetStream.GetStreamAsync(stream.Name!, cancellationToken: late);
            return false;
        }
        catch (NatsJSApiException missing) when (missing.Error.Code == NotFound)
        {
            await _hub.JetStream.CreateStreamAsync(stream, late);
            return true;
        }
    }, stopping);
}

/// <summary>A bucket or stream of the hub.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">Its name.</param>
/// <param name="Messages">How many records are in it.</param>
/// <param name="Bytes">How many bytes they take.</param>
internal sealed record HubPart(string Kind, string Name, long Messages, long Bytes);
