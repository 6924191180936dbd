using DoorAgent.Hardware.Cameras;

namespace DoorAgent.Frames;

/// <summary>Measures how many frames a second a camera gives, whoever reads them or not. It remembers where the measure began.</summary>
internal sealed class CameraPace
{
    /// <summary>How long is measured: a pause of a second does not make a camera slow.</summary>
    public static readonly TimeSpan Measured = TimeSpan.FromSeconds(5);

    private (long Sequence, TimeSpan At)? _begin;

    /// <summary>A frame came.</summary>
    /// <returns>Frames a second, once for each measure that is complete; else null.</returns>
    public double? Note(Frame frame)
    {
        if (_begin is not { } begin)
        {
            Begin(frame);
            return null;
        }

        TimeSpan took = frame.CapturedAt - begin.At;
        if (took < Measured)
            return null;
        Begin(frame);
        return (frame.Sequence - begin.Sequence) / took.TotalSeconds;
    }

    /// <summary>The camera failed: what was measured says nothing.</summary>
    public void Clear() => _begin = null;

    private void Begin(Frame frame) => _begin = (frame.Sequence, frame.CapturedAt);
}
