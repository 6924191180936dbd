using DoorAgent.Events;
using DoorAgent.Hardware;

namespace DoorAgent.Auditing;

/// <summary>The technicians' log without its echoes: <see cref="RepeatFilter"/> with a timer of its own. What waits is written when it is disposed.</summary>
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

    /// <summary>Writes the event, or counts it.</summary>
    public void Publish(DoorEvent made)
    {
        // What the level hides must not break off the counting of what it shows.
        if (!_log.Shows(made))
            return;
        lock (_writing)
            WriteThenWait(_repeats.Take(made, _time.Monotonic()));
    }

    public void Dispose()
    {
        // A line that hangs in a sink, in a pipe that nobody reads for one, must not keep the program from ending.
        if (!_writing.TryEnter(TimeToEnd))
            return;
        try
        {
            _isDisposed = true;
            _timer.Dispose();
            foreach (FilteredEvent line in _repeats.Told(_time.Monotonic()))
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
                WriteThenWait(_repeats.Due(_time.Monotonic()));
        }
    }

    private void WriteThenWait(IReadOnlyList<FilteredEvent> lines)
    {
        foreach (FilteredEvent line in lines)
            _log.Write(line);
        TimeSpan wait = _repeats.NextDue is { } due ? due - _time.Monotonic() : Timeout.InfiniteTimeSpan;
        // In whole milliseconds, upwards: a timer that fires early would only be set anew.
        _timer.Change(wait == Timeout.InfiniteTimeSpan ? wait : TimeSpan.FromMilliseconds(Math.Max(1, Math.Ceiling(wait.TotalMilliseconds))), Timeout.InfiniteTimeSpan);
    }
}
