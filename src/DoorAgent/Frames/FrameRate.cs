using DoorAgent.Hardware.Cameras;

namespace DoorAgent.Frames;

/// <summary>How many frames a second a camera gives, over the last two seconds; those that nobody read count too.</summary>
internal sealed class FrameRate
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(2);

    private readonly Queue<(long Sequence, TimeSpan At)> _frames = [];
    private (long Sequence, TimeSpan At) _newest;

    /// <summary>Frames a second; 0 before the second frame.</summary>
    public double Value => _frames.Count < 2 || _newest.At <= _frames.Peek().At ? 0 : (_newest.Sequence - _frames.Peek().Sequence) / (_newest.At - _frames.Peek().At).TotalSeconds;

    /// <summary>A frame was read, later than the one before.</summary>
    public void Note(Frame frame)
    {
        _newest = (frame.Sequence, frame.CapturedAt);
        _frames.Enqueue(_newest);
        // Two are kept, however far apart they are.
        while (_frames.Count > 2 && _newest.At - _frames.Peek().At > Window)
            _frames.Dequeue();
    }

    /// <summary>The camera fell silent: what was is over.</summary>
    public void Clear() => _frames.Clear();
}
