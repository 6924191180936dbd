using DoorAgent.Hardware.Cameras;

namespace DoorAgent.Hardware.Tests.Cameras;

public sealed class SimulatedCameraTests : CameraContract
{
    private readonly SimulatedCamera _camera;
    private int _shown;

    public SimulatedCameraTests() => _camera = new SimulatedCamera(Time);

    private protected override ICamera Camera => _camera;

    private protected override void Due() => _camera.Show(frame =>
    {
        frame.Resize(64, 48);
        frame.Pixels.Fill((byte)(10 * ((_shown++ % 3) + 1)));
    });

    private protected override void Lose() => _camera.SetLost(true);

    [Fact]
    public async Task AFrameIsNeverReplacedBeforeItIsRead()
    {
        Due();
        Assert.Throws<InvalidOperationException>(Due);
        await _camera.ReadAsync(new Frame(), AtMost, Token);
        Due();
    }

    [Fact]
    public async Task TheCameraIsIdleOnceTheReaderAsksForMore()
    {
        Task idle = _camera.WhenIdleAsync();
        Assert.False(idle.IsCompleted);
        Task<CaptureStatus> reading = ReadAsync();
        await idle;
        Due();
        idle = _camera.WhenIdleAsync();
        Assert.Equal(CaptureStatus.Captured, await reading);
        Assert.False(idle.IsCompleted);
        Task<CaptureStatus> next = ReadAsync();
        await idle;
        Assert.False(next.IsCompleted);
        Assert.True(_camera.WhenIdleAsync().IsCompleted);
    }

    [Fact]
    public async Task AWaitingReaderReceivesTheLossAtOnceAndThenTheNextFrame()
    {
        Task<CaptureStatus> reading = ReadAsync();
        Lose();
        Assert.Equal(CaptureStatus.Lost, await reading);
        Due();
        reading = ReadAsync();
        _camera.SetLost(false);
        Assert.False(reading.IsCompleted);
        Due();
        Assert.Equal(CaptureStatus.Captured, await reading);
    }

    [Fact]
    public async Task DisposeWakesTheReaderAndItsWaiter()
    {
        Task<CaptureStatus> reading = ReadAsync();
        await _camera.WhenIdleAsync();
        Due();
        await reading;
        reading = ReadAsync();
        _camera.Dispose();
        Assert.Equal(CaptureStatus.Lost, await reading);
        await _camera.WhenIdleAsync();
    }

    private Task<CaptureStatus> ReadAsync() => _camera.ReadAsync(new Frame(), AtMost, Token).AsTask();
}
