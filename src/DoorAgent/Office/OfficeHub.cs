using DoorAgent.Hub;
using NATS.Client.Core;
using NATS.Client.JetStream;
using NATS.Client.JetStream.Models;
using NATS.Client.KeyValueStore;

namespace DoorAgent.Office;

/// <summary>The office's connection to the hub: makes buckets and streams, and sends what waits in the outbox. Every failure is an
/// <see cref="IOException"/> whose message says what to do.</summary>
internal sealed class OfficeHub : IAsyncDisposable
{
    /// <summary>How long the hub keeps events and alarms where nobody says otherwise.</summary>
    public static readonly TimeSpan UsualAge = TimeSpan.FromDays(90);

    // So many records are on their way at once.
    private const int Batch = 128;

    private readonly FleetOffice _office;

    private OfficeHub(FleetOffice office, HubConnection connection) => (_office, Connection) = (office, connection);

    /// <summary>The connection.</summary>
    public HubConnection Connection { get; }

    /// <summary>Connects as the office.</summary>
    /// <exception cref="IOException">The hub cannot be reached, is not the right one, or refused; the message says what to do.</exception>
    /// <exception cref="UserErrorException">The hub's server is good for a test only, and this office is not a test.</exception>
    public static async Task<OfficeHub> ConnectAsync(FleetOffice office, CancellationToken stopping)
    {
        OfficeIdentity identity = office.Identity;
        HubLogin login = HubLogin.OfOffice(office.Keys.ConnectionSeed, office.Places.Authority);
        HubConnection connection = await HubConnection.ConnectAsync(identity.Address, login, office.Time, stopping);
        if (!connection.Server.HasSyncAlways && !identity.IsTest)
        {
            await connection.DisposeAsync();
            throw new UserErrorException($"{connection.Server.Objection} Install a later one, or run 'dooragent fleet init' with --test.");
        }

        return new OfficeHub(office, connection);
    }

    /// <summary>Makes the buckets and streams, and gives those that are there their limits.</summary>
    /// <param name="age">How long the hub keeps events and alarms.</param>
    /// <param name="stopping">Cancels the wait.</param>
    /// <returns>Each of them as it is now.</returns>
    /// <exception cref="IOException">The hub refused or did not answer.</exception>
    public async Task<IReadOnlyList<HubPart>> PrepareAsync(TimeSpan age, CancellationToken stopping)
    {
        NatsKVContext buckets = new(Connection.JetStream);
        List<HubPart> parts = [];
        foreach (string bucket in (string[])[HubNames.People, HubNames.Groups, HubNames.Doors])
        {
            NatsKVConfig config = new(bucket) { History = 1, MaxValueSize = HubNames.MostBytes, Storage = NatsKVStorageType.File };
            await Connection.AskAsync(late => buckets.CreateOrUpdateStoreAsync(config, late), stopping);
            parts.Add(await PartAsync("bucket", bucket, HubNames.StreamOf(bucket), stopping));
        }

        StreamConfig[] streams = [new(HubNames.Events, [HubNames.AllEvents]), new(HubNames.Alarms, [HubNames.AllAlarms])];
        foreach (StreamConfig stream in streams)
        {
            (stream.Storage, stream.MaxAge, stream.DenyDelete, stream.DenyPurge, stream.AllowDirect) = (StreamConfigStorage.File, age, true, true, true);
            await Connection.AskAsync(late => Connection.JetStream.CreateOrUpdateStreamAsync(stream, late), stopping);
            parts.Add(await PartAsync("stream", stream.Name!, stream.Name!, stopping));
        }

        return parts;
    }

    /// <summary>Sends what waits in the outbox, in its order, and takes out what the hub has stored.</summary>
    /// <param name="progress">Is given the number of records sent so far; null for nobody.</param>
    /// <param name="stopping">Ends after the records on their way.</param>
    /// <returns>How many records were sent.</returns>
    /// <exception cref="IOException">The hub refused or did not answer; what was not sent waits.</exception>
    public async Task<int> SendAsync(IProgress<int>? progress, CancellationToken stopping)
    {
        int sent = 0;
        while (_office.Outbox.Next(Batch) is { Count: > 0 } next)
        {
            // A manifest is in another bucket than the records that it names, and goes when those are stored.
            OutboxRecord[] together = [.. next.TakeWhile(record => record.Bucket == next[0].Bucket && record.Value is null == next[0].Value is null)];
            await Task.WhenAll(together.Select(record => SendAsync(record, stopping)));
            _office.Outbox.Sent(together);
            progress?.Report(sent += together.Length);
        }

        return sent;
    }

    public ValueTask DisposeAsync() => Connection.DisposeAsync();

    private async Task<HubPart> PartAsync(string kind, string name, string stream, CancellationToken stopping)
    {
        INatsJSStream found = await Connection.AskAsync(late => Connection.JetStream.GetStreamAsync(stream, cancellationToken: late), stopping);
        return new HubPart(kind, name, found.Info.State.Messages, found.Info.State.Bytes);
    }

    private async Task SendAsync(OutboxRecord record, CancellationToken stopping)
    {
        string subject = HubNames.SubjectOf(record.Bucket, record.Key);
        if (record.Value is not { } value)
        {
            // Without a marker: a door takes only what the office has signed.
            StreamPurgeRequest all = new() { Filter = subject };
            await Connection.AskAsync(late => Connection.JetStream.PurgeStreamAsync(HubNames.StreamOf(record.Bucket), all, late), stopping);
            return;
        }

        PubAckResponse stored = await Connection.AskAsync(
            late => Connection.JetStream.PublishAsync(subject, value, serializer: NatsRawSerializer<byte[]>.Default, cancellationToken: late), stopping);
        if (stored.Error is { } error)
            throw new IOException($"The hub does not take {record.Key}: {error.Description}. 'dooragent fleet init' makes its buckets.");
    }
}

/// <summary>A bucket or stream of the hub.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">Its name.</param>
/// <param name="Messages">How many records are in it.</param>
/// <param name="Bytes">How many bytes they take.</param>
internal sealed record HubPart(string Kind, string Name, long Messages, long Bytes);
