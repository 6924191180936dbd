using DoorAgent.Encodings;
using DoorAgent.Faces;
using DoorAgent.Hardware;
using DoorAgent.Hardware.Cameras;

namespace DoorAgent.Diagnostics;

/// <summary>Looks through a camera with the door's networks for a short while, and keeps the best of what it saw.</summary>
internal sealed class CameraLook(ICamera camera, FacePipeline reader, TimeProvider time)
{
    private static readonly TimeSpan FirstWithin = TimeSpan.FromSeconds(15);

    // A camera that was just opened is still finding its exposure.
    private static readonly TimeSpan LooksFor = TimeSpan.FromSeconds(2);

    /// <summary>The picture that is kept.</summary>
    public Frame Picture { get; } = new();

    /// <summary>What is seen on it.</summary>
    public Sight Sight { get; private set; } = new(new FaceReading(UnusableReason.NoFace, null, 0, null, 0), null);

    /// <summary>Takes pictures for two seconds; the one with the best usable face is kept, else the last.</summary>
    /// <returns>Why there is no picture, in words; null when there is one.</returns>
    public async Task<string?> TakeAsync(CancellationToken cancellationToken)
    {
        Frame frame = new();
        CaptureStatus fault = await camera.ReadAsync(frame, FirstWithin, cancellationToken);
        if (fault != CaptureStatus.Captured)
            return camera.FaultDetail ?? $"{camera.Description} gave no picture within {FirstWithin.TotalSeconds:0} s";
        for (TimeSpan end = time.Monotonic() + LooksFor; fault == CaptureStatus.Captured;)
        {
            Keep(frame);
            TimeSpan left = end - time.Monotonic();
            if (left <= TimeSpan.Zero)
                break;
            fault = await camera.ReadAsync(frame, left, cancellationToken);
        }

        return null;
    }

    /// <summary>By how many degrees the picture must be turned clockwise until a face on it is upright; 0 where it is, or none is seen.</summary>
    public int Turn => reader.RotationToUpright(Picture, Sight.Reading);

    /// <summary>Every face of the picture.</summary>
    public IReadOnlyList<Face> Faces => reader.FindFaces(Picture);

    private void Keep(Frame frame)
    {
        Sight sight = Sight.Of(reader, frame);
        if (Sight.IsUsable && !(sight.IsUsable && sight.Reading.Quality > Sight.Reading.Quality))
            return;
        Sight = sight;
        Picture.CopyFrom(frame);
    }
}
