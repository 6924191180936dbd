using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;

namespace DoorAgent.Tests.Support;

/// <summary>A fake clock that reports which waits begin, so that a test moves the clock when a wait has begun, and not while other work
/// goes on, whose limits would be over then.</summary>
internal sealed class WatchedTime : FakeTimeProvider
{
    private readonly ConcurrentDictionary<TimeSpan, SemaphoreSlim> _begun = [];

    public WatchedTime()
    {
    }

    public WatchedTime(DateTimeOffset start)
        : base(start)
    {
    }

    /// <summary>Waits until the next wait of this length has begun, in a <see cref="Task.Delay(TimeSpan)"/> or a <c>WaitAsync</c>; the
    /// limit of a token is not a wait.</summary>
    public Task WaitBeginsAsync(TimeSpan length) => Begun(length).WaitAsync(TestContext.Current.CancellationToken);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ITimer made = base.CreateTimer(callback, state, dueTime, period);
        // A task that waits is the state of its timer.
        if (state is Task)
            Begun(dueTime).Release();
        return made;
    }

    private SemaphoreSlim Begun(TimeSpan length) => _begun.GetOrAdd(length, _ => new SemaphoreSlim(0));
}
