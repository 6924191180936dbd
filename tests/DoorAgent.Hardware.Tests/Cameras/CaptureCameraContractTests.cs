using DoorAgent.Hardware.Cameras;

namespace DoorAgent.Hardware.Tests.Cameras;

/// <summary>Runs the camera contract on a <see cref="CaptureCamera"/> with a fake device.</summary>
public sealed class CaptureCameraContractTests : CameraContract
{
    private readonly FakeSource _source = new();
    private readonly CaptureCamera _camera;
    private FakeCapture? _capture;
    private int _shown;

    public CaptureCameraContractTests() => _camera = new CaptureCamera(_source, Time);

    private protected override ICamera Camera => _camera;

    private protected override bool IsSimulated => false;

    private protected override void Due()
    {
        _capture ??= _source.NextAsync().GetAwaiter().GetResult();
        _capture.Works((byte)(10 * ((_shown++ % 3) + 1)));
    }

    private protected override void Lose() => _capture!.Fails(CaptureStatus.Lost, "unplugged");

    protected override void Ended() => _source.End();
}
