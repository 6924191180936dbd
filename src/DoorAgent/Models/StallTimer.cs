namespace DoorAgent.Models;

/// <summary>Cancels an operation that makes no progress for a while, or when the program is stopping.</summary>
internal sealed class StallTimer : IDisposable
{
    /// <summary>Time without a received byte after which a connection counts as stalled.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource _cancellation;
    private readonly ITimer _timer;

    public StallTimer(TimeProvider time, CancellationToken stopping)
    {
        _cancellation = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        _timer = time.CreateTimer(_ => _cancellation.Cancel(), null, Limit, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Cancelled by a stall or by the stop.</summary>
    public CancellationToken Token => _cancellation.Token;

    /// <summary>Records progress and restarts the timer.</summary>
    public void RecordProgress() => _timer.Change(Limit, Timeout.InfiniteTimeSpan);

    public void Dispose()
    {
        _timer.Dispose();
        _cancellation.Dispose();
    }
}
