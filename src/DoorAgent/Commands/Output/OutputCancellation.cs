using DoorAgent.Storage;

namespace DoorAgent.Commands.Output;

/// <summary>Cancels a command that follows events when its output can no longer be written: the reader of a pipe has ended ('log --follow |
/// head'), or a device is full.</summary>
internal sealed class OutputCancellation : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _end;
    private readonly ITimer _timer;

    /// <param name="stopping">Cancels the command too.</param>
    public OutputCancellation(CancellationToken stopping)
    {
        _end = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        _timer = TimeProvider.System.CreateTimer(_ => EndIfGone(), null, Interval, Interval);
    }

    public CancellationToken Token => _end.Token;

    public void Dispose()
    {
        _timer.Dispose();
        _end.Dispose();
    }

    private void EndIfGone()
    {
        try
        {
            if (Terminal.IsOutputLost || StandardStreams.IsOutputGone())
                _end.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The command has already ended.
        }
    }
}
