namespace DoorAgent.Hardware.Cameras;

/// <summary>The door's camera.</summary>
public interface ICamera : IDisposable
{
    /// <summary>A short description for log lines.</summary>
    string Description { get; }

    /// <summary>Whether the pictures come from files or a script: a real relay refuses such a camera.</summary>
    bool IsSimulated { get; }

    /// <summary>
    /// Reads the newest unread frame into <paramref name="frame"/> and waits for at most <paramref name="atMost"/>. Supports one caller at
    /// a time. Camera faults are returned, never thrown. A fault is reported at once, and while the fault lasts once more after every
    /// <paramref name="atMost"/>, so that a caller can read in a loop.
    /// </summary>
    ValueTask<CaptureStatus> ReadAsync(Frame frame, TimeSpan atMost, CancellationToken cancellationToken);

    /// <summary>A description of the last fault for a log line; null when the fault's name is sufficient.</summary>
    string? FaultDetail => null;

    /// <summary>Closes a camera whose picture is frozen and opens the camera again after a while, where that can help.</summary>
    void Restart()
    {
        // Restarting cannot change pictures from files.
    }
}
