using DoorAgent.Encodings;
using DoorAgent.Faces;
using DoorAgent.Hardware;
using DoorAgent.Hardware.Cameras;

namespace DoorAgent.Diagnostics;

/// <summary>Watches a camera with the door's networks for two seconds and keeps the best picture.</summary>
internal sealed class CameraPreview(ICamera camera, FacePipeline pipeline, TimeProvider time)
{
    private static readonly TimeSpan FirstFrameTimeout = TimeSpan.FromSeconds(15);

    // A camera that was just opened is still adjusting its exposure.
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(2);

    /// <summary>The picture that was kept.</summary>
    public Frame Picture { get; } = new();

    /// <summary>The main face of the picture.</summary>
    public FaceInspection Inspection { get; private set; } = new(new FaceReading(UnusableReason.NoFace, null, 0, null, 0), null);

    /// <summary>Reads frames for two seconds and keeps the frame with the best usable face, else the last frame.</summary>
    /// <returns>Why there is no picture; null when there is one.</returns>
    public async Task<string?> CaptureAsync(CancellationToken cancellationToken)
    {
        Frame frame = new();
        CaptureStatus fault = await camera.ReadAsync(frame, FirstFrameTimeout, cancellationToken);
        if (fault != CaptureStatus.Captured)
            return camera.FaultDetail ?? $"{camera.Description} gave no picture within {FirstFrameTimeout.TotalSeconds:0} s";
        for (TimeSpan end = time.Monotonic() + Duration; fault == CaptureStatus.Captured;)
        {
            Keep(frame);
            TimeSpan left = end - time.Monotonic();
            if (left <= TimeSpan.Zero)
                break;
            fault = await camera.ReadAsync(frame, left, cancellationToken);
        }

        return null;
    }

    /// <summary>Degrees by which the picture must be turned clockwise to make the face upright: 0, 90, 180 or 270; 0 without a
    /// face.</summary>
    public int Turn => pipeline.RotationToUpright(Picture, Inspection.Reading);

    /// <summary>All faces in the picture.</summary>
    public IReadOnlyList<Face> Faces => pipeline.FindFaces(Picture);

    private void Keep(Frame frame)
    {
        FaceInspection inspection = FaceInspection.Of(pipeline, frame);
        if (Inspection.IsUsable && !(inspection.IsUsable && inspection.Reading.Quality > Inspection.Reading.Quality))
            return;
        Inspection = inspection;
        Picture.CopyFrom(frame);
    }
}
