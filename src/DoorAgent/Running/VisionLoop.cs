using DoorAgent.Decisions;
using DoorAgent.Encodings;
using DoorAgent.Frames;
using DoorAgent.Hardware;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Networks;

namespace DoorAgent.Running;

/// <summary>
/// The seeing loop: newest frame in, observation out. A frame costs its hash and brightness; the networks run only while
/// somebody is looked at. Which networks is asked for each frame: the gallery may have come to another encoder.
/// </summary>
internal sealed class VisionLoop(
    ICamera camera, Func<FacePipeline> networks, FrameOptions options, Func<TimeSpan, TimeSpan, bool> wants, Mailbox<DoorMessage> inbox, TimeProvider time)
{
    private readonly Frame _frame = new();
    private readonly FrameHealth _health = new(options);
    private readonly FrameRateSampler _pace = new();
    private readonly FrameRate _rate = new();
    private double _framesASecond;
    private string? _fault;
    private long _turns;

    /// <summary>How often the camera answered, with a frame or with a fault.</summary>
    public long Turns => Interlocked.Read(ref _turns);

    /// <summary>Frames a second that the camera gives, over the last two seconds; 0 while none come.</summary>
    public double FramesASecond => Volatile.Read(ref _framesASecond);

    /// <summary>Where an operator gets frames from.</summary>
    public FrameTap Tap { get; } = new();

    /// <summary>Raised with what each frame showed that the networks looked at, on the loop's own thread. A handler that throws costs a
    /// fault and is not called again: whoever only watches ends no door.</summary>
    public event Action<FaceReading>? Looked;

    /// <summary>Reads frames until it is told to stop.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        try
        {
            while (!stopping.IsCancellationRequested)
            {
                CaptureStatus fault = await camera.ReadAsync(_frame, options.SilentAfter, stopping);
                Interlocked.Increment(ref _turns);
                Judge(fault);
                Count(fault);
                Tap.Offer(_frame, fault == CaptureStatus.Captured ? null : _fault);
                TimeSpan takenUp = time.Monotonic();
                if (fault == CaptureStatus.Captured && _fault is null && wants(_frame.CapturedAt, takenUp))
                    Look(takenUp);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // That is how it ends.
        }
    }

    private void Judge(CaptureStatus fault)
    {
        string? found = fault switch
        {
            CaptureStatus.Captured => _health.Judge(_frame),
            CaptureStatus.NoFrame => $"no frame for {options.SilentAfter.TotalSeconds:0.#} s",
            _ => camera.FaultDetail ?? WordsOf(fault),
        };
        // What shows the same bytes for ever may come to life when it is opened anew.
        if (fault == CaptureStatus.Captured && found is not null)
            camera.Restart();
        if (found is not null)
            _pace.Clear();
        else if (_pace.Add(_frame) is { } rate)
            inbox.Post(new DoorMessage.ForPolicy(new CameraCounted(rate)));
        if (found == _fault)
            return;
        _fault = found;
        inbox.Post(new DoorMessage.ForPolicy(new CameraChanged(found)));
    }

    private void Count(CaptureStatus fault)
    {
        if (fault == CaptureStatus.Captured)
            _rate.Add(_frame);
        else
            _rate.Clear();
        Volatile.Write(ref _framesASecond, _rate.Value);
    }

    private static string WordsOf(CaptureStatus fault) => fault switch
    {
        CaptureStatus.Busy => "the camera is in use by another program",
        CaptureStatus.WrongFormat => "what the camera sends is not a picture we can use",
        CaptureStatus.Refused => "the camera is refused",
        _ => "the camera is gone",
    };

    private void Look(TimeSpan takenUp)
    {
        try
        {
            FacePipeline reader = networks();
            FaceReading reading = reader.ReadFrame(_frame);
            inbox.Post(new DoorMessage.Seen(_frame.CapturedAt, takenUp, reading, reader));
            Raise(reading);
        }
        catch (NetworkFaultException fault)
        {
            inbox.Post(new DoorMessage.NetworkFault(fault.Message));
        }
    }

    private void Raise(FaceReading reading)
    {
        try
        {
            Looked?.Invoke(reading);
        }
#pragma warning disable CA1031 // Not this loop's own code: whatever it throws, the door looks on.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            Looked = null;
            inbox.Post(new DoorMessage.Failed($"whoever watches what the frames show failed and is not notified any more: {failure.Message}"));
        }
    }
}
