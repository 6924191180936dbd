using DoorAgent.Hardware.Cameras;
using Microsoft.Extensions.Time.Testing;

namespace DoorAgent.Hardware.Tests.Cameras;

public sealed class LatestFrameTests : IDisposable
{
    private static readonly TimeSpan AtMost = TimeSpan.FromSeconds(2);

    private readonly FakeTimeProvider _time = new();
    private readonly LatestFrame _latest;
    private readonly Frame _frame = new();
    private Frame _filled = new();

    public LatestFrameTests() => _latest = new LatestFrame(_time);

    public void Dispose() => _latest.Dispose();

    [Fact]
    public async Task TheNewestFrameWins()
    {
        Put(1);
        Put(2);
        Assert.Equal(CaptureStatus.Captured, await ReadAsync());
        Assert.Equal((2, 2L), (_frame.Pixels[0], _frame.Sequence));
        Task<CaptureStatus> next = ReadAsync();
        Assert.False(next.IsCompleted);
        Put(3);
        Assert.Equal(CaptureStatus.Captured, await next);
        Assert.Equal(3, _frame.Pixels[0]);
    }

    [Fact]
    public async Task TheDeadlineFollowsTheInjectedClock()
    {
        Task<CaptureStatus> reading = ReadAsync();
        _time.Advance(AtMost - TimeSpan.FromMilliseconds(1));
        Assert.False(reading.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(CaptureStatus.NoFrame, await reading);
        Put(1);
        Assert.Equal(CaptureStatus.Captured, await ReadAsync());
    }

    [Fact]
    public async Task AFaultIsReportedAtOnceThenAfterEachWaitAndEndsWithAFrame()
    {
        Task<CaptureStatus> reading = ReadAsync();
        _latest.Fail(CaptureStatus.Lost);
        Assert.Equal(CaptureStatus.Lost, await reading);
        reading = ReadAsync();
        _latest.Fail(CaptureStatus.Lost);
        Assert.False(reading.IsCompleted);
        _time.Advance(AtMost);
        Assert.Equal(CaptureStatus.Lost, await reading);
        reading = ReadAsync();
        Put(1);
        Assert.Equal(CaptureStatus.Captured, await reading);
        _latest.Fail(CaptureStatus.WrongFormat);
        Assert.Equal(CaptureStatus.WrongFormat, await ReadAsync());
    }

    [Fact]
    public async Task ASecondReaderAndUseAfterDisposeThrow()
    {
        Task<CaptureStatus> first = ReadAsync();
        await Assert.ThrowsAsync<InvalidOperationException>(ReadAsync);
        _latest.Dispose();
        Assert.Equal(CaptureStatus.Lost, await first);
        await Assert.ThrowsAsync<ObjectDisposedException>(ReadAsync);
    }

    [Fact]
    public async Task AReadCanBeCancelled()
    {
        using CancellationTokenSource cancel = new();
        Task<CaptureStatus> reading = _latest.ReadAsync(_frame, AtMost, cancel.Token).AsTask();
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
        Put(1);
        Assert.Equal(CaptureStatus.Captured, await ReadAsync());
    }

    private void Put(byte grey)
    {
        _filled.Resize(8, 8);
        _filled.Pixels.Fill(grey);
        _latest.Publish(ref _filled);
    }

    private Task<CaptureStatus> ReadAsync() => _latest.ReadAsync(_frame, AtMost, TestContext.Current.CancellationToken).AsTask();
}
