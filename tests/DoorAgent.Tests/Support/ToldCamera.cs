using DoorAgent.Hardware.Cameras;

namespace DoorAgent.Tests.Support;

/// <summary>A real camera that performs the steps prescribed by the test, and then waits.</summary>
internal sealed class ToldCamera : ICamera
{
    private readonly Queue<Func<Frame, CaptureStatus>> _steps = new();
    private long _sequence;

    public string Description => "told camera";

    public bool IsSimulated => false;

    public string? FaultDetail { get; private set; }

    /// <summary>How often the camera was opened again.</summary>
    public int Restarts { get; private set; }

    /// <summary>Completes when all steps are done.</summary>
    public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ToldCamera Fails(CaptureStatus fault, string? detail)
    {
        _steps.Enqueue(_ =>
        {
            FaultDetail = detail;
            return fault;
        });
        return this;
    }

    /// <summary>Shows a picture file, captured at a time.</summary>
    public ToldCamera Shows(string picture, TimeSpan at)
    {
        _steps.Enqueue(frame =>
        {
            PictureFile.Read(picture, frame);
            (frame.CapturedAt, frame.Sequence) = (at, ++_sequence);
            return CaptureStatus.Captured;
        });
        return this;
    }

    public async ValueTask<CaptureStatus> ReadAsync(Frame frame, TimeSpan atMost, CancellationToken cancellationToken)
    {
        if (_steps.TryDequeue(out Func<Frame, CaptureStatus>? step))
            return step(frame);
        Done.TrySetResult();
        await new TaskCompletionSource().Task.WaitAsync(cancellationToken);
        return CaptureStatus.NoFrame;
    }

    public void Restart() => Restarts++;

    public void Dispose()
    {
        // This camera has no open device.
    }
}
