using DoorAgent.Hardware.Cameras;
using Microsoft.Extensions.Time.Testing;

namespace DoorAgent.Tests.Support;

/// <summary>A camera whose frames the test makes, a tenth of a second apart; reading a frame moves the clock.</summary>
internal sealed class ListedCamera(FakeTimeProvider time, Func<int, Frame, CaptureStatus> fill) : ICamera
{
    public static readonly TimeSpan Period = TimeSpan.FromMilliseconds(100);

    public int Reads { get; private set; }

    public string Description => "a list of frames";

    public bool IsSimulated => true;

    public ValueTask<CaptureStatus> ReadAsync(Frame frame, TimeSpan atMost, CancellationToken cancellationToken)
    {
        time.Advance(atMost < Period ? atMost : Period);
        return ValueTask.FromResult(atMost < Period ? CaptureStatus.NoFrame : fill(Reads++, frame));
    }

    public void Dispose()
    {
    }
}
