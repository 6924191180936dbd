using DoorAgent.Encodings;
using DoorAgent.Faces;
using DoorAgent.Frames;
using DoorAgent.Hardware;
using DoorAgent.Hardware.Cameras;

namespace DoorAgent;

/// <summary>
/// The seeing loop: newest frame in, observation out. A frame costs its hash and brightness; the networks run only while
/// somebody is looked at.
/// </summary>
internal sealed class Seeing(
    ICamera camera, FaceReader reader, FrameHealth health, FrameOptions options, TimeSpan minFrameInterval,
    Mailbox<DoorMessage> inbox, TimeProvider time)
{
    private readonly Frame _frame = new();
    private string? _fault;
    private TimeSpan _lastUsable = TimeSpan.MinValue;
    private volatile bool _isLooking;

    /// <summary>Set by the deciding loop: whether an attempt looks, or the mode identifies.</summary>
    public bool IsLooking
    {
        get => _isLooking;
        set => _isLooking = value;
    }

    /// <summary>Reads frames until it is told to stop.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            CameraFault fault = await camera.ReadAsync(_frame, options.SilentAfter, stopping);
            Judge(fault);
            if (fault == CameraFault.None && _fault is null && IsLooking)
                Look();
        }
    }

    private void Judge(CameraFault fault)
    {
        string? found = fault switch
        {
            CameraFault.None => health.Judge(_frame),
            CameraFault.NoFrame => $"no frame for {options.SilentAfter.TotalSeconds:0.#} s",
            CameraFault.Lost => "the camera is gone",
            _ => "what the camera sends is not a picture we can use",
        };
        if (found == _fault)
            return;
        _fault = found;
        inbox.Post(new DoorMessage.CameraHealth(found));
    }

    private void Look()
    {
        // Policy would refuse a frame so soon after a usable one: the networks need not run for it.
        if (_frame.CapturedAt < _lastUsable + minFrameInterval)
            return;
        TimeSpan takenUp = time.Monotonic();
        try
        {
            FaceReading reading = reader.ReadFrame(_frame);
            if (reading.Problem == UnusableReason.None)
                _lastUsable = _frame.CapturedAt;
            inbox.Post(new DoorMessage.Seen(_frame.CapturedAt, takenUp, reading));
        }
        catch (NetworkFaultException fault)
        {
            inbox.Post(new DoorMessage.NetworkFault(fault.Message));
        }
    }
}
