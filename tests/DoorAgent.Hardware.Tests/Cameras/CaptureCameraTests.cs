using DoorAgent.Hardware.Cameras;
using DoorAgent.Hardware.Tests.Support;

namespace DoorAgent.Hardware.Tests.Cameras;

public sealed class CaptureCameraTests : IDisposable
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly AwaitedTime _time = new();
    private readonly FakeSource _source = new();
    private readonly Frame _frame = new();
    private readonly CaptureCamera _camera;

    public CaptureCameraTests() => _camera = new CaptureCamera(_source, _time);

    public void Dispose()
    {
        _source.End();
        _camera.Dispose();
        _time.Dispose();
    }

    [Fact]
    public async Task AFaultIsNamedAndFixedByOpeningAgain()
    {
        FakeCapture first = await _source.NextAsync();
        first.Works(1);
        Assert.Equal(CaptureStatus.Captured, await ReadAsync());
        first.Fails(CaptureStatus.Lost, "/dev/video0 is gone");
        Assert.Equal((CaptureStatus.Lost, "/dev/video0 is gone"), (await ReadAsync(), _camera.FaultDetail));
        await first.Closed.Task;
        _time.Advance(Second);
        (await _source.NextAsync()).Works(2);
        Assert.Equal(CaptureStatus.Captured, await ReadAsync());
        Assert.Equal((2, 2L), (_frame.Pixels[0], _frame.Sequence));
    }

    [Fact]
    public async Task TheTimeBetweenAttemptsGrows()
    {
        // A reported fault is not reported again at once, hence a different fault each time.
        foreach ((int seconds, CaptureStatus fault)
            in new[] { 1, 2, 4, 8, 16, 30, 30 }.Select((seconds, i) => (seconds, i % 2 == 0 ? CaptureStatus.Busy : CaptureStatus.Lost)))
        {
            (await _source.NextAsync()).Opening.SetException(new CaptureFaultException(fault, $"fault before {seconds} s"));
            Assert.Equal((fault, $"fault before {seconds} s"), (await FaultAsync(), _camera.FaultDetail));
            _time.Advance((seconds * Second) - TimeSpan.FromMilliseconds(1));
            Assert.False(_source.WasAsked);
            _time.Advance(TimeSpan.FromMilliseconds(1));
        }
    }

    [Fact]
    public async Task OnlyACameraThatWorkedForAWhileIsOpenedAgainAtOnce()
    {
        (await _source.NextAsync()).Opening.SetException(new CaptureFaultException(CaptureStatus.Lost, "gone"));
        await FaultAsync();
        _time.Advance(Second);
        // The camera returns and fails at once: the waits keep growing.
        FakeCapture second = await _source.NextAsync();
        second.Works(1);
        Assert.Equal(CaptureStatus.Captured, await ReadAsync());
        second.Fails(CaptureStatus.Lost, "gone");
        Assert.Equal(CaptureStatus.Lost, await FaultAsync());
        _time.Advance(Second);
        Assert.False(_source.WasAsked);
        _time.Advance(Second);
        FakeCapture third = await _source.NextAsync();
        for (byte frame = 2; frame <= 6; frame++)
        {
            third.Works(frame);
            Assert.Equal(CaptureStatus.Captured, await ReadAsync());
            _time.Advance(10 * Second);
        }

        third.Fails(CaptureStatus.Lost, "gone");
        await FaultAsync();
        _time.Advance(Second);
        await _source.NextAsync();
    }

    [Fact]
    public async Task AHangingReadIsAbandonedAndAnotherThreadReads()
    {
        FakeCapture hanging = await _source.NextAsync();
        hanging.Works(1);
        Assert.Equal(CaptureStatus.Captured, await ReadAsync());
        Task<CaptureStatus> reading = ReadAsync(60 * Second);
        _time.Advance(14.9 * Second);
        Assert.False(hanging.IsAbandoned);
        _time.Advance(0.1 * Second);
        Assert.Equal((CaptureStatus.Lost, "fake camera does not answer"), (await reading, _camera.FaultDetail));
        Assert.True(hanging.IsAbandoned);
        _time.Advance(Second);
        FakeCapture next = await _source.NextAsync();
        next.Works(2);
        Assert.Equal(CaptureStatus.Captured, await ReadAsync());
        // The abandoned read's late frame is ignored.
        hanging.Gives(99);
        await hanging.Closed.Task;
        next.Gives(3);
        Assert.Equal(CaptureStatus.Captured, await ReadAsync());
        Assert.Equal(3, _frame.Pixels[0]);
    }

    [Fact]
    public async Task AHangingOpeningIsAbandonedAndClosedWhenItReturns()
    {
        FakeCapture hanging = await _source.NextAsync();
        Task<CaptureStatus> reading = ReadAsync(60 * Second);
        _time.Advance(19.9 * Second);
        Assert.False(reading.IsCompleted);
        _time.Advance(0.1 * Second);
        Assert.Equal(CaptureStatus.Lost, await reading);
        _time.Advance(Second);
        (await _source.NextAsync()).Works(1);
        Assert.Equal(CaptureStatus.Captured, await ReadAsync());
        hanging.Opening.SetResult();
        await hanging.Closed.Task;
        Assert.Equal(1, _frame.Pixels[0]);
    }

    [Fact]
    public async Task WhenThreeThreadsHangNoOtherIsStartedUntilOneReturns()
    {
        FakeCapture[] hanging = new FakeCapture[CaptureCamera.MaxAbandoned];
        for (int i = 0; i < hanging.Length; i++)
        {
            hanging[i] = await _source.NextAsync();
            _time.Advance(CaptureCamera.OpenWithin);
            _time.Advance(Backoff.Longest);
        }

        Assert.False(_source.WasAsked);
        _time.Advance(100 * Backoff.Longest);
        Assert.False(_source.WasAsked);
        hanging[1].Opening.SetResult();
        await hanging[1].Closed.Task;
        // Two waits were set before, of 1 s and 2 s; the thread that came back sets the third.
        await _time.PassAsync(4 * Second);
        (await _source.NextAsync()).Works(7);
        CaptureStatus fault = CaptureStatus.Lost;
        while (fault == CaptureStatus.Lost)
            fault = await ReadAsync();
        Assert.Equal((CaptureStatus.Captured, 7), (fault, _frame.Pixels[0]));
    }

    [Fact]
    public async Task AFrameAtTheLastMomentMovesTheDeadline()
    {
        FakeCapture capture = await _source.NextAsync();
        for (byte frame = 1; frame <= 4; frame++)
        {
            capture.Works(frame);
            Assert.Equal(CaptureStatus.Captured, await ReadAsync());
            _time.Advance(CaptureCamera.ReadWithin - TimeSpan.FromMilliseconds(1));
        }

        Assert.Equal(CaptureStatus.NoFrame, await _camera.ReadAsync(_frame, TimeSpan.Zero, Token));
        Assert.Single(_source.Captures);
    }

    [Fact]
    public async Task AFrozenCameraIsOpenedAgainAndNotTwiceAtOnce()
    {
        FakeCapture frozen = await _source.NextAsync();
        frozen.Works(1);
        Assert.Equal(CaptureStatus.Captured, await ReadAsync());
        _camera.Restart();
        _camera.Restart();
        frozen.Gives(1);
        await frozen.Closed.Task;
        _time.Advance(Second);
        (await _source.NextAsync()).Works(2);
        Assert.Equal(CaptureStatus.Captured, await ReadAsync());
        Assert.Equal((2, 2), (_frame.Pixels[0], _source.Captures.Count));
    }

    [Fact]
    public async Task AnUnexpectedExceptionIsALostCameraThatSaysSo()
    {
        FakeCapture capture = await _source.NextAsync();
        capture.Opening.SetResult();
        capture.Breaks();
        Assert.Equal((CaptureStatus.Lost, "fake camera failed: by nought"), (await ReadAsync(), _camera.FaultDetail));
    }

    [Fact]
    public async Task DisposeReleasesTheDeviceForGood()
    {
        FakeCapture capture = await _source.NextAsync();
        capture.Works(1);
        Assert.Equal(CaptureStatus.Captured, await ReadAsync());
        capture.Gives(2);
        _camera.Dispose();
        capture.Gives(3);
        await capture.Closed.Task;
        _time.Advance(Backoff.Longest);
        Assert.False(_source.WasAsked);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => ReadAsync());
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private Task<CaptureStatus> ReadAsync(TimeSpan? atMost = null) => _camera.ReadAsync(_frame, atMost ?? Second, Token).AsTask();

    /// <summary>Reads the next fault without advancing the clock.</summary>
    private Task<CaptureStatus> FaultAsync() => ReadAsync(TimeSpan.FromHours(1));
}
