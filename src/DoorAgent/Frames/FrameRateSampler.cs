using DoorAgent.Hardware.Cameras;

namespace DoorAgent.Frames;

/// <summary>Measures a camera's frame rate, unread frames included, over consecutive intervals of five seconds.</summary>
internal sealed class FrameRateSampler
{
    /// <summary>Length of an interval: long enough that a pause of a second does not count as a slow camera.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private (long Sequence, TimeSpan At)? _start;

    /// <summary>Adds a frame.</summary>
    /// <returns>Frames per second when an interval is complete; otherwise null.</returns>
    public double? Add(Frame frame)
    {
        if (_start is not { } start)
        {
            Start(frame);
            return null;
        }

        TimeSpan elapsed = frame.CapturedAt - start.At;
        if (elapsed < Interval)
            return null;
        Start(frame);
        return (frame.Sequence - start.Sequence) / elapsed.TotalSeconds;
    }

    /// <summary>Discards the current interval, because the camera failed.</summary>
    public void Clear() => _start = null;

    private void Start(Frame frame) => _start = (frame.Sequence, frame.CapturedAt);
}
