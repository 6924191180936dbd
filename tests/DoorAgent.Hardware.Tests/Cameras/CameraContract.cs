using DoorAgent.Hardware.Cameras;
using Microsoft.Extensions.Time.Testing;

namespace DoorAgent.Hardware.Tests.Cameras;

/// <summary>The contract of every camera. Its pictures are greys of 10, 20 and 30, 64 x 48, ten a second.</summary>
public abstract class CameraContract : IDisposable
{
    private protected static readonly TimeSpan AtMost = TimeSpan.FromSeconds(2);
    private protected static readonly TimeSpan Period = TimeSpan.FromMilliseconds(100);

    private readonly Frame _frame = new();

    private protected FakeTimeProvider Time { get; } = new();

    private protected TempFolder Folder { get; } = new();

    private protected abstract ICamera Camera { get; }

    /// <summary>Makes the next frame due, where frames do not arrive by themselves.</summary>
    private protected virtual void Due() => Time.Advance(Period);

    /// <summary>Makes the camera lose its pictures.</summary>
    private protected abstract void Lose();

    private protected virtual bool IsSimulated => true;

    /// <summary>Ends blocked calls of the test's device at the end of the test.</summary>
    protected virtual void Ended()
    {
    }

    public void Dispose()
    {
        Ended();
        Camera.Dispose();
        Folder.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task FramesArriveInOrderWithNumberAndTime()
    {
        long last = 0;
        foreach (int grey in new[] { 10, 20, 30, 10 })
        {
            Due();
            Assert.Equal(CaptureStatus.Captured, await ReadAsync());
            Assert.Equal((64, 48, last + 1, Time.Monotonic()), (_frame.Width, _frame.Height, _frame.Sequence, _frame.CapturedAt));
            Assert.InRange(_frame.Pixels[0], grey - 2, grey + 2);
            last = _frame.Sequence;
        }
    }

    [Fact]
    public async Task AReadWithoutAFrameByTheDeadlineReportsTheMissingFrame()
    {
        Due();
        Assert.Equal(CaptureStatus.Captured, await ReadAsync());
        Task<CaptureStatus> reading = Camera.ReadAsync(_frame, Period / 2, Token).AsTask();
        Assert.False(reading.IsCompleted);
        Time.Advance(Period / 2);
        Assert.Equal(CaptureStatus.NoFrame, await reading);
    }

    [Fact]
    public async Task ALossIsReportedAtOnceAndThenAfterEachWait()
    {
        Due();
        Assert.Equal(CaptureStatus.Captured, await ReadAsync());
        Lose();
        Time.Advance(Period);
        Assert.Equal(CaptureStatus.Lost, await ReadAsync());
        Task<CaptureStatus> again = ReadAsync();
        Time.Advance(AtMost - TimeSpan.FromMilliseconds(1));
        Assert.False(again.IsCompleted);
        Time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(CaptureStatus.Lost, await again);
    }

    [Fact]
    public async Task ASecondReaderIsRefused()
    {
        Due();
        Assert.Equal(CaptureStatus.Captured, await ReadAsync());
        Task<CaptureStatus> first = ReadAsync();
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await Camera.ReadAsync(new Frame(), AtMost, Token));
        Due();
        Assert.Equal(CaptureStatus.Captured, await first);
    }

    [Fact]
    public async Task AReadCanBeCancelledAndTheNextOneWorks()
    {
        Due();
        Assert.Equal(CaptureStatus.Captured, await ReadAsync());
        using CancellationTokenSource cancel = new();
        Task<CaptureStatus> reading = Camera.ReadAsync(_frame, AtMost, cancel.Token).AsTask();
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
        Due();
        Assert.Equal(CaptureStatus.Captured, await ReadAsync());
    }

    [Fact]
    public async Task AReadAfterDisposeThrows()
    {
        Camera.Dispose();
        Camera.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await Camera.ReadAsync(_frame, AtMost, Token));
    }

    [Fact]
    public void TheCameraHasADescriptionAndSaysWhetherItIsSimulated()
    {
        Assert.Equal(IsSimulated, Camera.IsSimulated);
        Assert.NotEmpty(Camera.Description);
    }

    private protected static CancellationToken Token => TestContext.Current.CancellationToken;

    private Task<CaptureStatus> ReadAsync() => Camera.ReadAsync(_frame, AtMost, Token).AsTask();
}
