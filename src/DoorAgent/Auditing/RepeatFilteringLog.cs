using DoorAgent.Events;
using DoorAgent.Hardware;

namespace DoorAgent.Auditing;

/// <summary>Publishes events to the technicians' log, with repeats summarised by <see cref="RepeatFilter"/> and a timer. Dispose writes all
/// counts.</summary>
internal sealed class RepeatFilteringLog : IEventPublisher, IDisposable
{
    private static readonly TimeSpan TimeToEnd = TimeSpan.FromSeconds(1);

    private readonly DoorLog _log;
    private readonly TimeProvider _time;
    private readonly RepeatFilter _repeats = new();
    private readonly Lock _writing = new();
    private readonly ITimer _timer;
    private bool _isDisposed;

    public RepeatFilteringLog(DoorLog log, TimeProvider time)
    {
        (_log, _time) = (log, time);
        _timer = time.CreateTimer(_ => Tick(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public string Name => "the log";

    /// <summary>Writes the event, or counts a repeat.</summary>
    public void Publish(DoorEvent made)
    {
        // A hidden event must not interrupt the count of a visible one.
        if (!_log.Shows(made))
            return;
        lock (_writing)
            WriteAndSetTimer(_repeats.Add(made, _time.Monotonic()));
    }

    public void Dispose()
    {
        // A line that hangs in a sink, such as a pipe without a reader, must not keep the program from ending.
        if (!_writing.TryEnter(TimeToEnd))
            return;
        try
        {
            _isDisposed = true;
            _timer.Dispose();
            foreach (FilteredEvent line in _repeats.Flush(_time.Monotonic()))
                _log.Write(line);
        }
        finally
        {
            _writing.Exit();
        }
    }

    private void Tick()
    {
        lock (_writing)
        {
            if (!_isDisposed)
                WriteAndSetTimer(_repeats.Due(_time.Monotonic()));
        }
    }

    private void WriteAndSetTimer(IReadOnlyList<FilteredEvent> lines)
    {
        foreach (FilteredEvent line in lines)
            _log.Write(line);
        TimeSpan wait = _repeats.NextDue is { } due ? due - _time.Monotonic() : Timeout.InfiniteTimeSpan;
        // Whole milliseconds, rounded up: a timer that fires early would only be set again.
        _timer.Change(wait == Timeout.InfiniteTimeSpan ? wait
            : TimeSpan.FromMilliseconds(Math.Max(1, Math.Ceiling(wait.TotalMilliseconds))), Timeout.InfiniteTimeSpan);
    }
}
