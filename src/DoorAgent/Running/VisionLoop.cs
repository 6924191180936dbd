using DoorAgent.Decisions;
using DoorAgent.Encodings;
using DoorAgent.Faces;
using DoorAgent.Frames;
using DoorAgent.Hardware;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Matching;
using DoorAgent.Networks;
using DoorAgent.Operating.Metrics;

namespace DoorAgent.Running;

/// <summary>
/// Reads the newest frame and posts observations. Every frame is checked by hash and brightness; the networks run only during an
/// attempt. The networks are requested for each frame, because the gallery may have changed to another encoder.
/// </summary>
internal sealed class VisionLoop(
    ICamera camera, Func<LoadedNetworks> networks, LivenessChecking liveness, AttemptPictures pictures, LookRequests looks,
    FrameOptions options, Func<TimeSpan, TimeSpan, bool> wants, Mailbox<DoorMessage> inbox, DoorMetrics metrics, TimeProvider time)
{
    private readonly Frame _frame = new();
    private readonly FrameHealth _health = new(options);
    private readonly FrameRateSampler _pace = new();
    private readonly FrameRate _rate = new();
    private double _framesPerSecond;
    private string? _fault;
    private CameraFaultKind _faultKind;
    private long _turns;

    /// <summary>The number of answers of the camera, frames and faults.</summary>
    public long Turns => Interlocked.Read(ref _turns);

    /// <summary>The camera's frames per second over the last two seconds; 0 without frames.</summary>
    public double FramesPerSecond => Volatile.Read(ref _framesPerSecond);

    /// <summary>Copies frames to an operator.</summary>
    public FrameRequests FrameRequests { get; } = new();

    /// <summary>Raised with the result of each frame that the networks processed, on the loop's own thread. A handler that throws is
    /// reported as a fault and not called again: an observer must not end the door.</summary>
    public event Action<FaceReading>? Looked;

    /// <summary>Reads frames until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        try
        {
            while (!stopping.IsCancellationRequested)
            {
                CaptureStatus fault = await camera.ReadAsync(_frame, options.SilentAfter, stopping);
                Interlocked.Increment(ref _turns);
                if (fault == CaptureStatus.Captured)
                    metrics.CountFrame();
                CheckHealth(fault);
                MeasureRate(fault);
                FrameRequests.Offer(_frame, fault == CaptureStatus.Captured ? null : _fault);
                TimeSpan takenUp = time.Monotonic();
                FaceReading? reading = fault == CaptureStatus.Captured && _fault is null && wants(_frame.CapturedAt, takenUp)
                    ? ProcessFrame(takenUp) : null;
                Show(fault, reading);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Normal shutdown.
        }
    }

    private void CheckHealth(CaptureStatus fault)
    {
        string? found = fault switch
        {
            CaptureStatus.Captured => _health.Judge(_frame),
            CaptureStatus.NoFrame => $"no frame for {options.SilentAfter.TotalSeconds:0.#} s",
            _ => camera.FaultDetail ?? WordsOf(fault),
        };
        // Opening a frozen camera again may help.
        if (fault == CaptureStatus.Captured && found is not null)
            camera.Restart();
        if (found is not null)
            _pace.Clear();
        else if (_pace.Add(_frame) is { } rate)
            inbox.Post(new DoorMessage.ForPolicy(new CameraCounted(rate)));
        CameraFaultKind kind = fault switch
        {
            CaptureStatus.NoFrame => CameraFaultKind.Silent,
            CaptureStatus.Lost => CameraFaultKind.Lost,
            _ => CameraFaultKind.Unusable,
        };
        if ((found, kind) == (_fault, _faultKind))
            return;
        (_fault, _faultKind) = (found, kind);
        inbox.Post(new DoorMessage.ForPolicy(new CameraChanged(found, kind)));
    }

    private void MeasureRate(CaptureStatus fault)
    {
        if (fault == CaptureStatus.Captured)
            _rate.Add(_frame);
        else
            _rate.Clear();
        Volatile.Write(ref _framesPerSecond, _rate.Value);
    }

    private static string WordsOf(CaptureStatus fault) => fault switch
    {
        CaptureStatus.Busy => "the camera is in use by another program",
        CaptureStatus.WrongFormat => "the camera sends pictures in a format that is not supported",
        CaptureStatus.Refused => "the camera is refused",
        _ => "the camera is gone",
    };

    private void Show(CaptureStatus fault, FaceReading? reading)
    {
        try
        {
            looks.Offer(fault == CaptureStatus.Captured ? _frame : null, _fault, reading, networks);
        }
        catch (NetworkFaultException broken)
        {
            inbox.Post(new DoorMessage.NetworkFault(broken.Message));
        }
    }

    private FaceReading? ProcessFrame(TimeSpan takenUp)
    {
        try
        {
            LoadedNetworks used = networks();
            FaceReading reading = liveness.Read(_frame, used.ForProbes());
            if (reading.Problem != UnusableReason.None)
                metrics.CountUnusable(reading.Problem);
            pictures.Offer(_frame, reading);
            inbox.Post(new DoorMessage.Seen(_frame.CapturedAt, takenUp, reading, used));
            Raise(reading);
            return reading;
        }
        catch (NetworkFaultException fault)
        {
            inbox.Post(new DoorMessage.NetworkFault(fault.Message));
            return null;
        }
    }

    private void Raise(FaceReading reading)
    {
        try
        {
            Looked?.Invoke(reading);
        }
#pragma warning disable CA1031 // Foreign code: whatever a handler throws, the loop continues.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            Looked = null;
            inbox.Post(new DoorMessage.Failed($"an observer of the frames failed and is no longer notified: {failure.Message}"));
        }
    }
}
