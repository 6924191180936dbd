using Microsoft.AspNetCore.Http;

namespace DoorAgent.Page;

/// <summary>Notices when nobody has used the page for a time. A stream that is open counts as use: its session ends without activity, and
/// with the session the stream.</summary>
internal sealed class PageIdle : IDisposable
{
    private readonly Lock _gate = new();
    private readonly TimeSpan _after;
    private readonly ITimer _timer;
    private int _active;

    /// <param name="after">The time without a request.</param>
    /// <param name="end">Called once when the time is over.</param>
    /// <param name="time">The clock.</param>
    public PageIdle(TimeSpan after, Action end, TimeProvider time)
    {
        _after = after;
        _timer = time.CreateTimer(_ => End(end), null, after, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Runs a request; the time without requests begins after the last one.</summary>
    public async Task RunAsync(HttpContext http, RequestDelegate next)
    {
        lock (_gate)
        {
            _active++;
            _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        try
        {
            await next(http);
        }
        finally
        {
            lock (_gate)
            {
                if (--_active == 0)
                    _timer.Change(_after, Timeout.InfiniteTimeSpan);
            }
        }
    }

    public void Dispose() => _timer.Dispose();

    private void End(Action end)
    {
        lock (_gate)
        {
            if (_active > 0)
                return;
        }

        end();
    }
}
