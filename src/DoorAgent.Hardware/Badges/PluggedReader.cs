namespace DoorAgent.Hardware.Badges;

/// <summary>
/// A reader on a plug. One that is gone is said once and opened again, ever more slowly, until it is back; meanwhile it counts
/// as listening, since a restart of the agent would not bring it back. One that is not there at the start is no different.
/// </summary>
internal sealed class PluggedReader : IBadgeReader
{
    /// <summary>One that was there for less is flapping: the next try does not begin anew with the shortest wait.</summary>
    public static readonly TimeSpan Steady = TimeSpan.FromSeconds(30);

    private readonly Func<CancellationToken, Task<IReaderDevice>> _open;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;
    private bool _isGone;

    /// <param name="description">What it is, for log lines.</param>
    /// <param name="open">Opens the device; fails with an <see cref="IOException"/> while it is not there.</param>
    /// <param name="time">The clock.</param>
    public PluggedReader(string description, Func<CancellationToken, Task<IReaderDevice>> open, TimeProvider time)
    {
        (Description, _open, _time) = (description, open, time);
        // Not on the caller's thread: opening a device may take its time.
        _running = Task.Run(RunAsync);
    }

    public string Description { get; }

    public bool IsSimulated => false;

    public bool IsListening => !_running.IsCompleted;

    public Mailbox<BadgeRead> Reads { get; } = new(capacity: 16);

    public void Dispose()
    {
        _stop.Cancel();
        Reads.Close();
    }

    private async Task RunAsync()
    {
        Backoff backoff = new();
        try
        {
            while (true)
            {
                TimeSpan begun = _time.Monotonic();
                try
                {
                    await ListenAsync();
                }
                catch (IOException gone)
                {
                    if (!_isGone)
                        ReportHealth(new ReaderHealth(gone.Message));
                    _isGone = true;
                }

                if (_time.Monotonic() - begun >= Steady)
                    backoff.Reset();
                await Task.Delay(backoff.Next(), _time, _stop.Token);
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // That is how it ends.
        }
        finally
        {
            Reads.Close();
        }
    }

    private async Task ListenAsync()
    {
        using IReaderDevice device = await _open(_stop.Token);
        if (_isGone)
            ReportHealth(new ReaderHealth(Fault: null));
        _isGone = false;
        while (true)
            Reads.Post(await device.NextAsync(_stop.Token));
    }

    private void ReportHealth(ReaderHealth health) => Reads.Post(BadgeRead.Of(health, _time.Monotonic()));
}
