namespace DoorAgent.Hardware.Cameras;

/// <summary>A camera that is mounted on its side or upside down: its frames are turned upright.</summary>
/// <param name="camera">The camera; disposed of with this one.</param>
/// <param name="degrees">By how much its frames are turned, clockwise: 90, 180 or 270.</param>
internal sealed class TurnedCamera(ICamera camera, int degrees) : ICamera
{
    private readonly Frame _given = new();

    public string Description => camera.Description;

    public bool IsSimulated => camera.IsSimulated;

    public string? FaultDetail => camera.FaultDetail;

    /// <summary>A camera as it is mounted.</summary>
    /// <param name="camera">Owned by what is returned.</param>
    /// <param name="degrees">0, or by how much its frames are turned.</param>
    public static ICamera Of(ICamera camera, int degrees) => degrees == 0 ? camera : new TurnedCamera(camera, degrees);

    public async ValueTask<CaptureStatus> ReadAsync(Frame frame, TimeSpan atMost, CancellationToken cancellationToken)
    {
        CaptureStatus fault = await camera.ReadAsync(_given, atMost, cancellationToken);
        if (fault == CaptureStatus.Captured)
            FrameTurning.Turn(_given, degrees, frame);
        return fault;
    }

    public void Restart() => camera.Restart();

    public void Dispose() => camera.Dispose();
}
