using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;

namespace DoorAgent.Hardware.Tests.Support;

/// <summary>A clock that reports pending waits, so that a test does not advance the time too early.</summary>
internal sealed class AwaitedTime : FakeTimeProvider, IDisposable
{
    private readonly ConcurrentQueue<TimeSpan> _waits = new();
    private readonly SemaphoreSlim _made = new(0);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        AwaitedTimer timer = new(this, base.CreateTimer(callback, state, dueTime, period));
        Note(dueTime);
        return timer;
    }

    /// <summary>Waits until the next wait has begun, and advances the time to its end.</summary>
    /// <returns>The length of that wait in seconds.</returns>
    public async Task<double> PassAsync()
    {
        TimeSpan wait = await WaitAsync();
        Advance(wait);
        return wait.TotalSeconds;
    }

    /// <summary>Waits until a wait of this length has begun, and advances the time to its end. Waits of other lengths are
    /// ignored.</summary>
    public async Task PassAsync(TimeSpan wait)
    {
        while (await WaitAsync() != wait)
            continue;
        Advance(wait);
    }

    /// <summary>Waits until the next wait has begun, and does not advance the time.</summary>
    public async Task<TimeSpan> WaitAsync()
    {
        await _made.WaitAsync(TestContext.Current.CancellationToken).InTimeAsync();
        Assert.True(_waits.TryDequeue(out TimeSpan wait));
        return wait;
    }

    public void Dispose() => _made.Dispose();

    private void Note(TimeSpan dueTime)
    {
        if (dueTime == Timeout.InfiniteTimeSpan)
            return;
        _waits.Enqueue(dueTime);
        _made.Release();
    }

    private sealed class AwaitedTimer(AwaitedTime owner, ITimer timer) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            bool isChanged = timer.Change(dueTime, period);
            owner.Note(dueTime);
            return isChanged;
        }

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}
