using System.Threading.Channels;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Hardware.Tests.Support;

namespace DoorAgent.Hardware.Tests.Cameras;

/// <summary>A source whose every step waits until the test says what comes of it, as a driver that blocks does.</summary>
internal sealed class FakeSource : ICaptureSource
{
    private readonly Channel<FakeCapture> _asked = Channel.CreateUnbounded<FakeCapture>();

    public string Description => "fake camera";

    /// <summary>The captures that were opened, in order; those whose opening still waits too.</summary>
    public List<FakeCapture> Captures { get; } = [];

    /// <summary>Waits for the next opening; only a test that fails waits in vain.</summary>
    public Task<FakeCapture> NextAsync() => _asked.Reader.ReadAsync(TestContext.Current.CancellationToken).InTimeAsync();

    /// <summary>Whether an opening waits to be taken note of.</summary>
    public bool WasAsked => _asked.Reader.TryPeek(out _);

    /// <summary>The test is over: whatever hangs comes back.</summary>
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

/// <summary>One opening, and what is read from it.</summary>
internal sealed class FakeCapture : ICapture
{
    private readonly System.Collections.Concurrent.BlockingCollection<Action<Frame>> _reads = [];

    /// <summary>Ends the opening.</summary>
    public TaskCompletionSource Opening { get; } = new();

    /// <summary>Completes when the source is given back.</summary>
    public TaskCompletionSource Closed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public bool IsAbandoned { get; private set; }

    /// <summary>Lets the opening succeed, and gives the first frame.</summary>
    public void Works(byte grey)
    {
        Opening.TrySetResult();
        Gives(grey);
    }

    /// <summary>The next read gives a frame.</summary>
    public void Gives(byte grey) => _reads.Add(frame =>
    {
        frame.Resize(64, 48);
        frame.Pixels.Fill(grey);
    });

    /// <summary>The next read fails.</summary>
    public void Fails(CaptureStatus fault, string why) => _reads.Add(_ => throw new CaptureFaultException(fault, why));

    /// <summary>The next read fails as nobody foresaw.</summary>
    public void Breaks() => _reads.Add(_ => throw new DivideByZeroException("by nought"));

    public void Read(Frame frame) => _reads.Take()(frame);

    public void Abandon() => IsAbandoned = true;

    public void Dispose() => Closed.TrySetResult();
}
