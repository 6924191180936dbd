namespace DoorAgent.Models;

/// <summary>Gives up what is waited for when nothing has moved for a while, or when the program is to stop.</summary>
internal sealed class StallTimer : IDisposable
{
    /// <summary>Without a byte for so long, nothing more is expected from a connection.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource _gaveUp;
    private readonly ITimer _timer;

    public StallTimer(TimeProvider time, CancellationToken stopping)
    {
        _gaveUp = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        _timer = time.CreateTimer(_ => _gaveUp.Cancel(), null, Limit, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Cancelled by either.</summary>
    public CancellationToken Token => _gaveUp.Token;

    /// <summary>Something moved: patience begins anew.</summary>
    public void RecordProgress() => _timer.Change(Limit, Timeout.InfiniteTimeSpan);

    public void Dispose()
    {
        _timer.Dispose();
        _gaveUp.Dispose();
    }
}
