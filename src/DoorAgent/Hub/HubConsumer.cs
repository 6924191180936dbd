using System.Globalization;
using System.Threading.Channels;
using DoorAgent.Fleet;
using NATS.Client.Core;
using NATS.Client.JetStream;
using NATS.Client.JetStream.Models;

namespace DoorAgent.Hub;

/// <summary>What a consumer received.</summary>
/// <param name="From">The consumer.</param>
/// <param name="Item">The record; null where the hub only says that it is there, and has nothing more.</param>
/// <param name="IsCurrent">Whether the hub had nothing more for the consumer at this moment.</param>
internal readonly record struct HubNews(HubConsumer From, FleetItem? Item, bool IsCurrent);

/// <summary>
/// Reads the records of a bucket from a sequence on, and each further one as it is written: an ordered push consumer (ADR-15 of NATS). Lost
/// records and a silent hub are failures; whoever reads begins again after the last record that arrived. The hub removes the consumer a few
/// seconds after the end of the subscription or of the connection, so that a door needs no right to delete consumers, and leaves none
/// behind.
/// </summary>
internal sealed class HubConsumer : IAsyncDisposable
{
    /// <summary>How often the hub says that it is there.</summary>
    public static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Silence = 3 * Heartbeat, KeptFor = TimeSpan.FromSeconds(5);

    // With flow control the hub sends at most 32 MB ahead: this many records of 256 bytes.
    private const int MostWaiting = 1 << 17;

    private const int ControlMessage = 100;

    private readonly HubConnection _hub;
    private readonly INatsSub<byte[]> _subscription;
    private readonly string _bucket;
    private readonly string _inbox;
    private readonly bool _isEmpty;
    private readonly TimeProvider _time;
    private ulong _received;

    private HubConsumer(HubConnection hub, INatsSub<byte[]> subscription, string bucket, string inbox, bool isEmpty, TimeProvider time) =>
        (_hub, _subscription, _bucket, _inbox, _isEmpty, _time) = (hub, subscription, bucket, inbox, isEmpty, time);

    /// <summary>Begins to read.</summary>
    /// <param name="hub">The connection.</param>
    /// <param name="bucket">Name of the bucket.</param>
    /// <param name="keys">The key, or keys with wildcards.</param>
    /// <param name="from">The first sequence; 1 for everything.</param>
    /// <param name="time">The clock.</param>
    /// <param name="stopping">Cancels the wait.</param>
    /// <exception cref="IOException">The hub does not answer, or refuses; the message says what to do.</exception>
    public static async Task<HubConsumer> CreateAsync(
        HubConnection hub, string bucket, string keys, ulong from, TimeProvider time, CancellationToken stopping)
    {
        string inbox = hub.NewInbox();
        // The token of a subscription is its life, and not that of the request.
        INatsSub<byte[]> subscription = await hub.AskAsync(
            _ => hub.Nats.SubscribeCoreAsync<byte[]>(
                inbox, opts: new NatsSubOpts { ChannelOpts = new NatsSubChannelOpts { Capacity = MostWaiting } },
                cancellationToken: CancellationToken.None),
            stopping);
        try
        {
            ConsumerConfig config = new(Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture))
            {
                DeliverPolicy = ConsumerConfigDeliverPolicy.ByStartSequence,
                OptStartSeq = Math.Max(from, 1),
                FilterSubject = HubNames.SubjectOf(bucket, keys),
                DeliverSubject = inbox,
                AckPolicy = ConsumerConfigAckPolicy.None,
                MaxDeliver = 1,
                FlowControl = true,
                IdleHeartbeat = Heartbeat,
                InactiveThreshold = KeptFor,
                MemStorage = true,
                NumReplicas = 1,
            };
            INatsJSConsumer made = await hub.AskAsync(
                token => hub.JetStream.CreateOrUpdateConsumerAsync(HubNames.StreamOf(bucket), config, token), stopping);
            return new HubConsumer(hub, subscription, bucket, inbox, made.Info.NumPending == 0, time);
        }
        catch
        {
            await subscription.DisposeAsync();
            throw;
        }
    }

    /// <summary>Hands on what arrives, in its order, until it is cancelled.</summary>
    /// <exception cref="IOException">Records were lost, or the hub is silent.</exception>
    public async Task PumpAsync(ChannelWriter<HubNews> to, CancellationToken stopping)
    {
        if (_isEmpty)
            await to.WriteAsync(new HubNews(this, null, IsCurrent: true), stopping);
        while (true)
        {
            NatsMsg<byte[]> message = await NextAsync(stopping);
            if (message.Subject == _inbox)
                await HearAsync(message, to, stopping);
            else
                await to.WriteAsync(Read(message), stopping);
        }
    }

    public ValueTask DisposeAsync() => _subscription.DisposeAsync();

    private async Task<NatsMsg<byte[]>> NextAsync(CancellationToken stopping)
    {
        NatsMsg<byte[]> message;
        while (!_subscription.Msgs.TryRead(out message))
        {
            try
            {
                if (!await _subscription.Msgs.WaitToReadAsync(stopping).AsTask().WaitAsync(Silence, _time, stopping))
                    throw new IOException("The subscription to the hub has ended.");
            }
            catch (TimeoutException silent)
            {
                throw new IOException($"The hub has said nothing of the bucket '{_bucket}' for {Silence.TotalSeconds:0} s: it hangs, or the "
                    + "bucket is gone.", silent);
            }
        }

        return message;
    }

    private HubNews Read(NatsMsg<byte[]> message)
    {
        if (HubNames.KeyOf(_bucket, message.Subject) is not { } key
            || new NatsJSMsg<byte[]>(message, _hub.JetStream).Metadata is not { } position)
        {
            throw new IOException($"The hub sent a message on {message.Subject} that belongs to no record of the bucket '{_bucket}'.");
        }

        if (position.Sequence.Consumer != ++_received)
        {
            throw new IOException($"Records of the bucket '{_bucket}' were lost on the way; they are read again.");
        }

        return new HubNews(this, new FleetItem(key, position.Sequence.Stream, message.Data ?? []), position.NumPending == 0);
    }

    /// <summary>Answers what the hub says beside the records: a heartbeat, or the question how far the reading has come.</summary>
    private async Task HearAsync(NatsMsg<byte[]> message, ChannelWriter<HubNews> to, CancellationToken stopping)
    {
        if (message.Headers is not { Code: ControlMessage } headers)
            throw new IOException($"The hub has ended the reading of the bucket '{_bucket}': {message.Headers?.MessageText}.");
        string? answerTo = headers.TryGetValue("Nats-Consumer-Stalled", out Microsoft.Extensions.Primitives.StringValues stalled)
            ? stalled.ToString() : message.ReplyTo;
        if (!string.IsNullOrEmpty(answerTo))
        {
            await _hub.Nats.PublishAsync(answerTo, cancellationToken: stopping);
            return;
        }

        if (headers.TryGetValue("Nats-Last-Consumer", out Microsoft.Extensions.Primitives.StringValues last)
            && ulong.TryParse(last.ToString(), CultureInfo.InvariantCulture, out ulong sent))
        {
            if (sent != _received)
                throw new IOException($"Records of the bucket '{_bucket}' were lost on the way; they are read again.");
            await to.WriteAsync(new HubNews(this, null, IsCurrent: true), stopping);
        }
    }
}
