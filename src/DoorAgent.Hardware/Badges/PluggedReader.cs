namespace DoorAgent.Hardware.Badges;

/// <summary>An open connection to a reader that can be unplugged. <see cref="PluggedReader"/> opens another one when it fails.</summary>
internal interface IReaderDevice : IDisposable
{
    /// <summary>Waits for the reader's next signal. Only one caller may wait at a time.</summary>
    /// <exception cref="IOException">The device is gone; the message names the cause.</exception>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    ValueTask<BadgeRead> NextAsync(CancellationToken stopping);
}

/// <summary>
/// A reader that can be unplugged. Its loss is reported once, and the device is opened again with growing delays until it is back.
/// Meanwhile the reader counts as listening, since a restart of the agent would not bring the device back. A device that is missing
/// at the start is treated the same way.
/// </summary>
internal sealed class PluggedReader : IBadgeReader
{
    /// <summary>The time that a connection must last before the next loss starts again with the shortest delay.</summary>
    public static readonly TimeSpan Steady = TimeSpan.FromSeconds(30);

    private readonly Func<CancellationToken, Task<IReaderDevice>> _open;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;
    private bool _isGone;

    /// <param name="description">The reader's description in log lines.</param>
    /// <param name="open">Opens the device; throws an <see cref="IOException"/> while the device is missing.</param>
    /// <param name="time">The clock.</param>
    public PluggedReader(string description, Func<CancellationToken, Task<IReaderDevice>> open, TimeProvider time)
    {
        (Description, _open, _time) = (description, open, time);
        // Opening a device may block, so it must not run on the caller's thread.
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
            // Normal shutdown.
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
