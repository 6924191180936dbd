using DoorAgent.Fleet;
using DoorAgent.Hub;
using NATS.Client.Core;
using NATS.Client.JetStream;

namespace DoorAgent.Office;

/// <summary>Reads the hub's buckets for the office.</summary>
/// <param name="hub">The connection.</param>
/// <param name="time">The clock.</param>
internal sealed class HubReader(HubConnection hub, TimeProvider time)
{
    /// <summary>Reads all records of a bucket.</summary>
    /// <exception cref="IOException">The hub does not answer.</exception>
    public async Task<IReadOnlyList<FleetItem>> ReadAsync(string bucket, CancellationToken stopping)
    {
        INatsJSStream stream = await hub.AskAsync(late => hub.JetStream.GetStreamAsync(HubNames.StreamOf(bucket), cancellationToken: late), stopping);
        if (stream.Info.State.Messages == 0)
            return [];
        INatsJSConsumer consumer = await hub.AskAsync(late => stream.CreateOrderedConsumerAsync(cancellationToken: late), stopping);
        using CancellationTokenSource silence = new(HubConnection.Patience, time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(stopping, silence.Token);
        Task<IReadOnlyList<FleetItem>> reading = ReadAsync(bucket, consumer, silence, either.Token);
        try
        {
            return await Task.WhenAny(reading, hub.Lost) == reading ? await reading : throw new IOException(await hub.Lost);
        }
        catch (Exception failure) when (failure is NatsException or OperationCanceledException)
        {
            stopping.ThrowIfCancellationRequested();
            throw new IOException($"The hub did not go on while the office read the bucket {bucket}.", failure);
        }
        finally
        {
            await either.CancelAsync();
            await ((Task)reading).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task<IReadOnlyList<FleetItem>> ReadAsync(string bucket, INatsJSConsumer consumer, CancellationTokenSource silence,
        CancellationToken stopping)
    {
        Dictionary<string, FleetItem> items = [];
        await foreach (INatsJSMsg<byte[]> message in
            consumer.ConsumeAsync(serializer: NatsRawSerializer<byte[]>.Default, cancellationToken: stopping))
        {
            silence.CancelAfter(HubConnection.Patience);
            if (HubNames.KeyOf(bucket, message.Subject) is { } key)
                items[key] = new FleetItem(key, message.Metadata?.Sequence.Stream ?? 0, message.Data ?? []);
            if (message.Metadata is { NumPending: 0 })
                return [.. items.Values];
        }

        throw new OperationCanceledException(stopping);
    }
}
