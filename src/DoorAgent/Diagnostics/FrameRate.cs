namespace DoorAgent.Diagnostics;

/// <summary>How many frames a second come, over the last two seconds.</summary>
internal sealed class FrameRate
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(2);

    private readonly Queue<TimeSpan> _frames = [];

    /// <summary>Frames a second; 0 before the second frame.</summary>
    public double Value => _frames.Count < 2 ? 0 : (_frames.Count - 1) / (_frames.Last() - _frames.Peek()).TotalSeconds;

    /// <summary>A frame came.</summary>
    /// <param name="capturedAt">Later than the one before.</param>
    public void Note(TimeSpan capturedAt)
    {
        _frames.Enqueue(capturedAt);
        while (capturedAt - _frames.Peek() > Window)
            _frames.Dequeue();
    }

    /// <summary>The camera fell silent: what was is over.</summary>
    public void Clear() => _frames.Clear();
}
