using DoorAgent.Hardware.Cameras;

namespace DoorAgent.Frames;

/// <summary>The frame rate of a camera over the last two seconds, unread frames included.</summary>
internal sealed class FrameRate
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(2);

    private readonly Queue<(long Sequence, TimeSpan At)> _frames = [];
    private (long Sequence, TimeSpan At) _newest;

    /// <summary>Frames per second; 0 before the second frame.</summary>
    public double Value => _frames.Count < 2 || _newest.At <= _frames.Peek().At
        ? 0
        : (_newest.Sequence - _frames.Peek().Sequence) / (_newest.At - _frames.Peek().At).TotalSeconds;

    /// <summary>Adds a frame that was captured later than the previous one.</summary>
    public void Add(Frame frame)
    {
        _newest = (frame.Sequence, frame.CapturedAt);
        _frames.Enqueue(_newest);
        // The last two frames are kept, however far apart they are.
        while (_frames.Count > 2 && _newest.At - _frames.Peek().At > Window)
            _frames.Dequeue();
    }

    /// <summary>Discards all frames, because the camera stopped delivering.</summary>
    public void Clear() => _frames.Clear();
}
