namespace DoorAgent.Hardware.Badges;

/// <summary>A reader that can be unplugged, while it is there: <see cref="PluggedReader"/> opens another one when it is gone.</summary>
internal interface IReaderDevice : IDisposable
{
    /// <summary>Waits for its next signal. One caller at a time.</summary>
    /// <exception cref="IOException">The device is gone; the message says what it said last.</exception>
    /// <exception cref="OperationCanceledException">Nobody waits any more.</exception>
    ValueTask<BadgeRead> NextAsync(CancellationToken stopping);
}
