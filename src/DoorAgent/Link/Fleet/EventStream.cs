using DoorAgent.Hub;
using NATS.Client.Core;
using NATS.Client.JetStream;
using NATS.Client.JetStream.Models;

namespace DoorAgent.Link.Fleet;

/// <summary>A batch at the hub.</summary>
/// <param name="Sequence">Its number in the stream; 0 where there is none.</param>
/// <param name="Batch">The batch; null where there is none.</param>
internal sealed record StoredBatch(ulong Sequence, EventBatch? Batch);

/// <summary>One door's events and alarms at the hub.</summary>
/// <param name="hub">The connection.</param>
/// <param name="door">Name of the door.</param>
internal sealed class EventStream(HubConnection hub, string door)
{
    private const int NotFound = 404, WrongLastSequence = 10071;

    private const string SequenceHeader = "Nats-Sequence";

    private readonly string _events = HubNames.EventsOf(door), _alarms = HubNames.AlarmsOf(door);

    /// <summary>Reads the door's last batch.</summary>
    /// <exception cref="IOException">The hub does not answer, or its answer is not a batch.</exception>
    public async Task<StoredBatch> LastAsync(CancellationToken stopping)
    {
        NatsMsg<byte[]> answer = await AskAsync(HubNames.Events, token => hub.Nats.RequestAsync<byte[]>(
            $"$JS.API.DIRECT.GET.{HubNames.Events}.{_events}", cancellationToken: token), stopping);
        if (answer.Headers is { Code: NotFound })
            return new StoredBatch(0, null);
        return ulong.TryParse(answer.Headers?[SequenceHeader].ToString(), out ulong sequence) && EventBatch.Find(answer.Data) is { } batch
            ? new StoredBatch(sequence, batch)
            : throw new IOException($"The hub's last message of {_events} is not a batch of events of this door, so that nobody knows what the "
                + "hub has: did another program write there, or a newer dooragent?");
    }

    /// <summary>Appends a batch after the door's last one.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="last">The number of the last one; 0 where there is none.</param>
    /// <param name="stopping">Cancels the wait for the hub's answer; the batch may be stored or not.</param>
    /// <returns>The number of the batch; null where the last one is another one by now, and the batch is not stored.</returns>
    /// <exception cref="IOException">There is no answer, so that the batch may be stored or not; or the hub refuses it.</exception>
    public async Task<ulong?> AppendAsync(EventBatch batch, ulong last, CancellationToken stopping)
    {
        PubAckResponse answer = await AskAsync(HubNames.Events, token => hub.JetStream.PublishAsync(_events, batch.ToBytes(),
            opts: new NatsJSPubOpts { ExpectedLastSubjectSequence = last }, cancellationToken: token), stopping);
        if (answer.Error is { ErrCode: WrongLastSequence })
            return null;
        return Checked(answer, _events).Seq;
    }

    /// <summary>Sends an alarm.</summary>
    /// <exception cref="IOException">There is no answer, so that the alarm may be stored or not; or the hub refuses it.</exception>
    public async Task AlarmAsync(FleetAlarm alarm, CancellationToken stopping) => Checked(await AskAsync(HubNames.Alarms,
        token => hub.JetStream.PublishAsync(_alarms, alarm.ToBytes(), cancellationToken: token), stopping), _alarms);

    private async Task<T> AskAsync<T>(string stream, Func<CancellationToken, ValueTask<T>> ask, CancellationToken stopping)
    {
        try
        {
            return await hub.AskAsync(ask, stopping);
        }
        catch (IOException failure) when (failure.InnerException is NatsNoRespondersException or NatsJSPublishNoResponseException)
        {
            throw new IOException($"The hub has no stream {stream}, which the office makes with the hub's configuration: 'dooragent fleet "
                + "init'.", failure);
        }
    }

    private static PubAckResponse Checked(PubAckResponse answer, string subject) => answer.Error is { } error
        ? throw new IOException($"The hub does not store what is sent to {subject}: {error.Description} ({error.ErrCode}).") : answer;
}
