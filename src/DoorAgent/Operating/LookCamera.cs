using DoorAgent.Encodings;
using DoorAgent.Faces;
using DoorAgent.Hardware.Cameras;

namespace DoorAgent.Operating;

/// <summary>The running door's camera for an enrolment inside the daemon: each frame comes with the reading of the door's own networks, so
/// that no second copy of them is loaded.</summary>
/// <param name="door">The door.</param>
/// <param name="time">The clock.</param>
internal sealed class LookCamera(ISeeingDoor door, TimeProvider time) : ICamera
{
    private FaceReading? _reading;

    public string Description => "the door's camera";

    public bool IsSimulated => false;

    public string? FaultDetail { get; private set; }

    /// <summary>Returns the door's reading of the last frame.</summary>
    public FaceReading Read(Frame frame) => _reading ?? new FaceReading(UnusableReason.NoFace, null, 0, null, 0);

    public async ValueTask<CaptureStatus> ReadAsync(Frame frame, TimeSpan atMost, CancellationToken cancellationToken)
    {
        using CancellationTokenSource late = new(atMost, time);
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
        try
        {
            while (true)
            {
                Look look = await door.LookAsync(LookUse.Enrol, end.Token);
                if (look.Picture is not { } picture || look.Fault is not null)
                {
                    FaultDetail = look.Fault ?? "there is no picture";
                    return CaptureStatus.Lost;
                }

                // While somebody else is being decided, the door does not read for an enrolment.
                if (look.Reading is not { } reading)
                    continue;
                _reading = reading;
                frame.CopyFrom(picture);
                return CaptureStatus.Captured;
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return CaptureStatus.NoFrame;
        }
    }

    public void Dispose()
    {
        // The camera belongs to the door.
    }
}
