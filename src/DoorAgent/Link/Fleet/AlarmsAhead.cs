using DoorAgent.Auditing;
using DoorAgent.Events;
using DoorAgent.Hub;

namespace DoorAgent.Link.Fleet;

/// <summary>Sends the alarms of a journal, and their ends, ahead of its batches. After a kill those of the last batch come again.</summary>
/// <param name="stream">The door's alarms at the hub.</param>
/// <param name="journal">The journal.</param>
/// <param name="next">Waits for the records after a position; returns at least one.</param>
internal sealed class AlarmsAhead(EventStream stream, SentJournal journal, Func<JournalPosition, CancellationToken, Task<JournalBatch>> next)
{
    private readonly Lock _gate = new();
    private TaskCompletionSource _moved = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _passed;

    /// <summary>Sends until the journal is another one.</summary>
    /// <exception cref="IOException">The hub does not answer or refuses.</exception>
    public async Task RunAsync(CancellationToken stopping)
    {
        JournalPosition at = journal.From;
        while (await next(at, stopping) is { IsOtherJournal: false } read)
        {
            foreach (DoorEvent alarm in read.Events.Where(record => PeopleNews.Has(SentEvents.Alarms, record)))
                await stream.AlarmAsync(new FleetAlarm(journal.Id, FleetEvent.Of(PeopleNews.Sent(alarm))), stopping);
            at = read.Position;
            Pass(at.Sequence);
        }
    }

    /// <summary>Waits until all alarms up to a record are at the hub.</summary>
    public async Task PassedAsync(long record, CancellationToken stopping)
    {
        while (true)
        {
            Task moved;
            lock (_gate)
            {
                if (_passed >= record)
                    return;
                moved = _moved.Task;
            }

            await moved.WaitAsync(stopping);
        }
    }

    private void Pass(long record)
    {
        TaskCompletionSource moved;
        lock (_gate)
        {
            _passed = record;
            (moved, _moved) = (_moved, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        moved.SetResult();
    }
}
