using DoorAgent.Auditing;

namespace DoorAgent.Link;

/// <summary>
/// Sends a channel's summary once a day. The counts are read from the door's journal when the summary is due, and the position is stored
/// after
/// the summary was accepted; so a link that was away sends one summary of the whole time, and none is lost.
/// </summary>
/// <param name="at">The local time of the day.</param>
/// <param name="path">File of the state.</param>
/// <param name="readAfter">Reads the door's records after a position; null for the newest record's position.</param>
/// <param name="faults">Asks the door for its present faults.</param>
/// <param name="status">Reads how the channels fare; null where the link has not written it.</param>
/// <param name="time">The clock.</param>
internal sealed class SummarySchedule(TimeOnly at, string path, Func<JournalPosition?, CancellationToken, Task<JournalBatch>> readAfter,
    Func<CancellationToken, Task<IReadOnlyList<string>>> faults, Func<LinkStatus?> status, TimeProvider time)
{
    // The wall clock may be set meanwhile, and a door that does not answer may be back.
    private static readonly TimeSpan Look = TimeSpan.FromMinutes(1);

    private SummaryState? _state;

    /// <summary>Sends summaries until it is cancelled.</summary>
    /// <param name="send">Sends a summary, and returns when the other side has accepted it.</param>
    /// <param name="stopping">Ends the schedule.</param>
    /// <exception cref="IOException">A summary was not accepted, or its state cannot be stored.</exception>
    public async Task RunAsync(Func<DaySummary, CancellationToken, Task> send, CancellationToken stopping)
    {
        while (true)
        {
            try
            {
                _state ??= SummaryState.Read(path) ?? await BeginAsync(stopping);
                if (IsDue(_state))
                    await SendAsync(_state, send, stopping);
            }
            catch (LinkDoorException)
            {
                // The link reports a door that does not answer; the summary follows when the door is back.
            }

            await Task.Delay(Look, time, stopping);
        }
    }

    private bool IsDue(SummaryState state)
    {
        DateTimeOffset now = time.GetUtcNow();
        // A clock that was set back would let a summary wait for days.
        DateTimeOffset since = state.Since > now ? now.AddDays(-1) : state.Since;
        return SummaryTime.Next(since, at, time.LocalTimeZone) <= now;
    }

    private async Task<SummaryState> BeginAsync(CancellationToken stopping)
    {
        // On a full disk the schedule goes on from memory, and does not fail again and again, which would delay the alarms.
        _state = new SummaryState(time.GetLocalNow(), (await readAfter(null, stopping)).Position);
        Store(_state);
        return _state;
    }

    private async Task SendAsync(SummaryState last, Func<DaySummary, CancellationToken, Task> send, CancellationToken stopping)
    {
        DaySummary summary = new(last.Since, time.GetLocalNow());
        JournalPosition position = last.Position;
        JournalBatch batch;
        do
        {
            batch = await readAfter(position, stopping);
            summary.Add(batch.Events);
            summary.Removed += batch.Removed;
            position = batch.Position;
        }
        while (batch.Events.Count > 0 && batch.Waiting > 0);
        summary.Faults = await faults(stopping);
        foreach (ChannelStatus channel in status()?.Channels.Where(channel => channel.Waiting > 0 || channel.NextTry is not null) ?? [])
            summary.Waiting[channel.Name] = channel.Waiting;
        await send(summary, stopping);
        _state = new SummaryState(summary.To, position);
        Store(_state);
    }

    private void Store(SummaryState state)
    {
        try
        {
            state.Write(path);
        }
        catch (UnauthorizedAccessException failure)
        {
            throw new IOException(failure.Message, failure);
        }
    }
}
