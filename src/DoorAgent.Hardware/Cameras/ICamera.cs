namespace DoorAgent.Hardware.Cameras;

/// <summary>The door's camera.</summary>
public interface ICamera : IDisposable
{
    /// <summary>What it is, for log lines.</summary>
    string Description { get; }

    /// <summary>Whether its pictures come from files: a real relay refuses such a camera.</summary>
    bool IsSimulated { get; }

    /// <summary>
    /// Reads the newest frame not yet read into <paramref name="frame"/>, waiting for it at most <paramref name="atMost"/>.
    /// One caller at a time. Never throws for what a camera does in life: that is the named fault. A fault
    /// is reported at once, and while it lasts again after <paramref name="atMost"/>, so that a caller may simply read again.
    /// </summary>
    ValueTask<CaptureStatus> ReadAsync(Frame frame, TimeSpan atMost, CancellationToken cancellationToken);

    /// <summary>What the last fault was, in words for a log line; null where its name says it all.</summary>
    string? FaultDetail => null;

    /// <summary>What it shows is no longer alive: where that can help, it is closed and opened anew, after a while.</summary>
    void Restart()
    {
        // Pictures from files are what they are.
    }
}
