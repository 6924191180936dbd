using DoorAgent.Auditing;
using DoorAgent.Hub;

namespace DoorAgent.Link.Fleet;

/// <summary>Reads the door's records after a position, and waits for the next one for up to some seconds.</summary>
internal delegate Task<JournalBatch> ReadJournal(JournalPosition? after, double seconds, CancellationToken stopping);

/// <summary>
/// Sends a door's journal to the hub, over one connection after the other: each record once, in order, in batches of which one is under way.
/// What the hub has is asked of the hub, at the beginning and whenever it has another last batch than expected; nothing is stored here, so
/// that no kill of hub, link or daemon loses or repeats a record. Alarms run ahead of the batches: after weeks without a hub a new alarm does
/// not wait until all events are sent.
/// </summary>
/// <param name="read">Reads the journal, without names.</param>
/// <param name="progress">Learns how far the events have come.</param>
/// <param name="log">The log.</param>
/// <param name="time">The clock.</param>
/// <param name="random">Draws the random part of the waits.</param>
internal sealed class EventSender(ReadJournal read, FleetProgress progress, Serilog.ILogger log, TimeProvider time, Random random)
{
    // Shorter than the door's limit.
    private const double PollSeconds = 20;

    private static readonly TimeSpan LongestWaitForDoor = TimeSpan.FromSeconds(5);

    // The journals that this link has sent or begun to send.
    private readonly HashSet<string> _journals = [];
    private JournalPosition? _at;
    private ulong _stored;

    /// <summary>Sends over a connection.</summary>
    /// <param name="stream">The door's events at the hub.</param>
    /// <param name="stopping">Ends the sending.</param>
    /// <exception cref="IOException">The hub does not answer or refuses; the message says what to do.</exception>
    public async Task RunAsync(EventStream stream, CancellationToken stopping)
    {
        ulong? refusedAfter = null;
        while (true)
        {
            StoredBatch last = await stream.LastAsync(stopping);
            RefuseAnotherBoard(last);
            if (last.Sequence == refusedAfter)
                throw new IOException($"The hub says that its last batch of this door is number {refusedAfter}, and takes none after it.");
            Stand(SentJournal.PositionOf(last.Batch), 0);
            JournalBatch next = await NextAsync(_at!, stopping);
            SentJournal journal = SentJournal.Of(last.Batch, next);
            _journals.Add(journal.Id);
            if (journal.Previous is not null)
                log.Warning("The door has another journal than before: its events begin at the first record of the new one");
            refusedAfter = await SendAsync(stream, journal, last.Sequence, stopping);
        }
    }

    /// <summary>Counts the events that the hub does not have; without any connection since the link's start, those since then.</summary>
    /// <exception cref="LinkDoorException">The door does not answer.</exception>
    public async Task CountAsync(CancellationToken stopping)
    {
        _at ??= (await read(null, 0, stopping)).Position;
        JournalBatch waiting = await read(_at, 0, stopping);
        progress.EventsStand(progress.Events with { Waiting = waiting.Events.Count + waiting.Waiting });
    }

    /// <summary>Runs alarms and batches side by side until the first of the two ends.</summary>
    /// <returns>The number of the batch after which the hub took none; null where the journal is another one now.</returns>
    private async Task<ulong?> SendAsync(EventStream stream, SentJournal journal, ulong last, CancellationToken stopping)
    {
        using CancellationTokenSource ending = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        AlarmsAhead alarms = new(stream, journal, NextAsync);
        Task ahead = alarms.RunAsync(ending.Token);
        Task<ulong?> batches = SendBatchesAsync(stream, journal, last, alarms, ending.Token);
        Task first = await Task.WhenAny(ahead, batches);
        await ending.CancelAsync();
        await Task.WhenAll(ahead, batches).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await first;
        return first == batches ? await batches : null;
    }

    private async Task<ulong?> SendBatchesAsync(
        EventStream stream, SentJournal journal, ulong last, AlarmsAhead alarms, CancellationToken stopping)
    {
        JournalPosition at = journal.From;
        while (true)
        {
            JournalBatch next = await NextAsync(at, stopping);
            if (next.IsOtherJournal)
                return null;
            progress.EventsStand(progress.Events with { Waiting = next.Events.Count + next.Waiting });
            EventBatch batch = journal.Batch(at, next);
            // Who reads alarms only would never hear of one that a kill between the two has lost.
            await alarms.PassedAsync(batch.To, stopping);
            if (await stream.AppendAsync(batch, last, stopping) is not { } stored)
                return last;
            if (batch.Removed > 0)
                log.Warning("{Count} events are missing at the hub: the door had removed them before they could be sent", batch.Removed);
            (last, at, _stored) = (stored, next.Position, stored);
            Stand(at, next.Waiting);
        }
    }

    private void Stand(JournalPosition at, long waiting)
    {
        _at = at;
        progress.EventsStand(new EventsAtHub(waiting, at.Sequence > 0 ? at.Sequence : null));
    }

    /// <summary>Waits for the records after a position; returns at least one. A door that restarts is back within seconds.</summary>
    private async Task<JournalBatch> NextAsync(JournalPosition after, CancellationToken stopping)
    {
        LinkBackoff waits = new(LongestWaitForDoor, random);
        while (true)
        {
            try
            {
                JournalBatch next = await read(after, PollSeconds, stopping);
                waits.Reset();
                if (next.Events.Count > 0)
                    return next;
            }
            catch (LinkDoorException)
            {
                // The sync says so.
                await Task.Delay(waits.Next(), time, stopping);
            }
        }
    }

    // Two boards with one name and key, such as a copied card, would take turns, and each would send its whole journal each time.
    private void RefuseAnotherBoard(StoredBatch last)
    {
        if (_stored > 0 && last.Sequence > _stored && !_journals.Contains(last.Batch!.Journal))
        {
            throw new IOException("Another board sends events under this door's name, so that this one sends none: was its card copied? "
                + "Each board joins the fleet by itself.");
        }
    }
}
