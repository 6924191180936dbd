using DoorAgent.Hub;
using NATS.Client.JetStream;
using NATS.Client.JetStream.Models;

namespace DoorAgent.Tests.Support;

/// <summary>Reads a fleet's stream of events as whoever evaluates them does, and finds what is missing, twice, or out of order.</summary>
internal sealed class EventReader
{
    private readonly Dictionary<string, EventBatch> _last = [];

    /// <summary>The journals in the order of their first batch.</summary>
    public List<string> Journals { get; } = [];

    /// <summary>The batches, in the order of the stream.</summary>
    public List<EventBatch> Batches { get; } = [];

    /// <summary>What is wrong, as sentences.</summary>
    public List<string> Findings { get; } = [];

    /// <summary>Number of records, each counted as often as it is there.</summary>
    public long Records { get; private set; }

    /// <summary>Reads all batches of the stream.</summary>
    public static async Task<EventReader> ReadAsync(INatsJSContext hub, CancellationToken cancellation)
    {
        EventReader reader = new();
        await foreach (byte[] message in MessagesAsync(hub, HubNames.Events, cancellation))
            reader.Take(message);
        return reader;
    }

    /// <summary>Reads the stream, and each batch as it comes, until the reader has what is wanted.</summary>
    /// <exception cref="OperationCanceledException">It did not come in time.</exception>
    public static async Task<EventReader> UntilAsync(INatsJSContext hub, Func<EventReader, bool> isEnough, CancellationToken cancellation)
    {
        using CancellationTokenSource late = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        // Only a failing test waits this long.
        late.CancelAfter(TimeSpan.FromMinutes(5));
        EventReader reader = new();
        INatsJSConsumer consumer = await hub.CreateOrderedConsumerAsync(HubNames.Events,
            new NatsJSOrderedConsumerOpts { DeliverPolicy = ConsumerConfigDeliverPolicy.All }, late.Token);
        await foreach (INatsJSMsg<byte[]> message in consumer.ConsumeAsync<byte[]>(cancellationToken: late.Token))
        {
            reader.Take(message.Data ?? []);
            if (isEnough(reader))
                return reader;
        }

        throw new OperationCanceledException($"The hub has {reader.Records} records, which is not what was waited for.", late.Token);
    }

    /// <summary>Reads all messages of a stream.</summary>
    public static async IAsyncEnumerable<byte[]> MessagesAsync(INatsJSContext hub, string stream,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        if ((await hub.GetStreamAsync(stream, cancellationToken: cancellation)).Info.State.Messages == 0)
            yield break;
        INatsJSConsumer consumer = await hub.CreateOrderedConsumerAsync(stream,
            new NatsJSOrderedConsumerOpts { DeliverPolicy = ConsumerConfigDeliverPolicy.All }, cancellation);
        await foreach (INatsJSMsg<byte[]> message in consumer.ConsumeAsync<byte[]>(cancellationToken: cancellation))
        {
            yield return message.Data ?? [];
            if (message.Metadata?.NumPending == 0)
                yield break;
        }
    }

    /// <summary>Takes the next message.</summary>
    public void Take(byte[] message)
    {
        if (EventBatch.Find(message) is not { } batch)
        {
            Findings.Add("a message is not a batch");
            return;
        }

        Batches.Add(batch);
        Records += batch.Events.Count;
        string? current = Journals.LastOrDefault();
        if (!_last.TryGetValue(batch.Journal, out EventBatch? before))
        {
            if (batch.Previous != current)
                Findings.Add($"journal {batch.Journal} follows {batch.Previous}, and {current} came before");
            Journals.Add(batch.Journal);
        }
        else if (batch.Journal != current)
        {
            Findings.Add($"journal {batch.Journal} comes again after {current}");
        }
        else if (batch.Previous is not null)
        {
            Findings.Add($"journal {batch.Journal} begins a second time at {batch.From}");
        }

        if (batch.From != (before?.To ?? 0) + batch.Removed + 1)
            Findings.Add($"{batch.From} follows {before?.To ?? 0} in {batch.Journal}, with {batch.Removed} removed");
        if (!batch.Events.Select(made => made.Sequence).SequenceEqual(Numbers(batch.From, batch.To)))
            Findings.Add($"{batch.From} to {batch.To} has other records: {string.Join(' ', batch.Events.Select(made => made.Sequence))}");
        _last[batch.Journal] = batch;
    }

    private static IEnumerable<long> Numbers(long from, long to)
    {
        for (long number = from; number <= to; number++)
            yield return number;
    }
}
