using System.Threading.Channels;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Hardware.Tests.Support;

namespace DoorAgent.Hardware.Tests.Cameras;

/// <summary>A source whose every step blocks, like a slow driver, until the test decides the result.</summary>
internal sealed class FakeSource : ICaptureSource
{
    private readonly Channel<FakeCapture> _asked = Channel.CreateUnbounded<FakeCapture>();

    public string Description => "fake camera";

    /// <summary>The opened captures in order, including those whose opening still blocks.</summary>
    public List<FakeCapture> Captures { get; } = [];

    /// <summary>Waits for the next opening.</summary>
    public Task<FakeCapture> NextAsync() => _asked.Reader.ReadAsync(TestContext.Current.CancellationToken).InTimeAsync();

    /// <summary>Whether an opening has not yet been observed by the test.</summary>
    public bool WasAsked => _asked.Reader.TryPeek(out _);

    /// <summary>Ends every blocked step at the end of the test.</summary>
    public void End()
    {
        lock (Captures)
        {
            foreach (FakeCapture capture in Captures)
            {
                capture.Opening.TrySetResult();
                capture.Fails(CaptureStatus.Lost, "over");
            }
        }
    }

    public ICapture Open()
    {
        FakeCapture capture = new();
        lock (Captures)
            Captures.Add(capture);
        _asked.Writer.TryWrite(capture);
        capture.Opening.Task.GetAwaiter().GetResult();
        return capture;
    }
}

/// <summary>An opened capture, controlled by the test.</summary>
internal sealed class FakeCapture : ICapture
{
    private readonly System.Collections.Concurrent.BlockingCollection<Action<Frame>> _reads = [];

    /// <summary>Ends the opening.</summary>
    public TaskCompletionSource Opening { get; } = new();

    /// <summary>Completes when the capture is disposed.</summary>
    public TaskCompletionSource Closed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public bool IsAbandoned { get; private set; }

    /// <summary>Lets the opening succeed and delivers the first frame.</summary>
    public void Works(byte grey)
    {
        Opening.TrySetResult();
        Gives(grey);
    }

    /// <summary>Makes the next read deliver a frame.</summary>
    public void Gives(byte grey) => _reads.Add(frame =>
    {
        frame.Resize(64, 48);
        frame.Pixels.Fill(grey);
    });

    /// <summary>Makes the next read fail.</summary>
    public void Fails(CaptureStatus fault, string why) => _reads.Add(_ => throw new CaptureFaultException(fault, why));

    /// <summary>Makes the next read throw an unexpected exception.</summary>
    public void Breaks() => _reads.Add(_ => throw new DivideByZeroException("by nought"));

    public void Read(Frame frame) => _reads.Take()(frame);

    public void Abandon() => IsAbandoned = true;

    public void Dispose() => Closed.TrySetResult();
}
