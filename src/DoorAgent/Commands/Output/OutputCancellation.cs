using DoorAgent.Storage;

namespace DoorAgent.Commands.Output;

/// <summary>Ends what goes on until Ctrl-C also when nobody can read it any more: 'log --follow | head', whose pipe says so only when it is
/// asked, or a device without room.</summary>
internal sealed class OutputCancellation : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _end;
    private readonly ITimer _timer;

    /// <param name="stopping">Ends it too.</param>
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
            // It had ended by itself.
        }
    }
}
