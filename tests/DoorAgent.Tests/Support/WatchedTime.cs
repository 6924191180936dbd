using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;

namespace DoorAgent.Tests.Support;

/// <summary>A clock of the test's that knows whether somebody waits on it for a short while: then, and only then, it need be moved.</summary>
internal sealed class WatchedTime() : FakeTimeProvider(new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.Zero))
{
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<Watched, DateTimeOffset> _due = [];

    /// <summary>Whether a timer of less than ten seconds runs.</summary>
    public bool IsAwaited => _due.Values.Any(due => due > GetUtcNow());

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Watched timer = new(this, base.CreateTimer(callback, state, dueTime, period));
        Note(timer, dueTime);
        return timer;
    }

    private void Note(Watched timer, TimeSpan dueTime)
    {
        if (dueTime >= TimeSpan.Zero && dueTime < Short)
            _due[timer] = GetUtcNow() + dueTime;
        else
            _due.TryRemove(timer, out _);
    }

    private sealed class Watched(WatchedTime owner, ITimer timer) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            owner.Note(this, dueTime);
            return timer.Change(dueTime, period);
        }

        public void Dispose()
        {
            owner.Note(this, Timeout.InfiniteTimeSpan);
            timer.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            owner.Note(this, Timeout.InfiniteTimeSpan);
            return timer.DisposeAsync();
        }
    }
}
