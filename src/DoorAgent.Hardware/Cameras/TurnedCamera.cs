namespace DoorAgent.Hardware.Cameras;

/// <summary>Rotates the frames of a camera that is mounted on its side or upside down.</summary>
/// <param name="camera">The mounted camera; disposed with this object.</param>
/// <param name="degrees">Rotation clockwise: 90, 180 or 270.</param>
internal sealed class TurnedCamera(ICamera camera, int degrees) : ICamera
{
    private readonly Frame _mounted = new();

    public string Description => camera.Description;

    public bool IsSimulated => camera.IsSimulated;

    public string? FaultDetail => camera.FaultDetail;

    /// <summary>Wraps a camera when its frames need rotation.</summary>
    /// <param name="camera">The mounted camera; owned by the returned object.</param>
    /// <param name="degrees">Rotation clockwise; 0 returns the camera itself.</param>
    public static ICamera Of(ICamera camera, int degrees) => degrees == 0 ? camera : new TurnedCamera(camera, degrees);

    public async ValueTask<CaptureStatus> ReadAsync(Frame frame, TimeSpan atMost, CancellationToken cancellationToken)
    {
        CaptureStatus fault = await camera.ReadAsync(_mounted, atMost, cancellationToken);
        if (fault == CaptureStatus.Captured)
            FrameTurning.Turn(_mounted, degrees, frame);
        return fault;
    }

    public void Restart() => camera.Restart();

    public void Dispose() => camera.Dispose();
}
