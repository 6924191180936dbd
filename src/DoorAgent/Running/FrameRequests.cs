using DoorAgent.Hardware.Cameras;

namespace DoorAgent.Running;

/// <summary>Copies the camera's next frame to an operator on request. Without a request no frame is copied or kept.</summary>
internal sealed class FrameRequests
{
    private FrameRequest? _request;

    /// <summary>Waits for the next frame and cancels an earlier wait.</summary>
    /// <param name="into">Receives the frame; must not be read before this completes.</param>
    /// <param name="cancellation">Cancels the wait.</param>
    /// <returns>The fault of the camera when there was no frame; else null.</returns>
    public async Task<string?> NextAsync(Frame into, CancellationToken cancellation)
    {
        FrameRequest request = new(into);
        Interlocked.Exchange(ref _request, request)?.Answer.TrySetCanceled(CancellationToken.None);
        await using CancellationTokenRegistration ended = cancellation.Register(() => request.Answer.TrySetCanceled(cancellation));
        return await request.Answer.Task;
    }

    /// <summary>Offers a result of the camera; called by the loop that reads the camera.</summary>
    /// <param name="frame">The frame, which is copied.</param>
    /// <param name="fault">The fault; null when there is a frame.</param>
    public void Offer(Frame frame, string? fault)
    {
        if (Volatile.Read(ref _request) is null || Interlocked.Exchange(ref _request, null) is not { } request)
            return;
        if (fault is null)
            request.Into.CopyFrom(frame);
        request.Answer.TrySetResult(fault);
    }

    private sealed record FrameRequest(Frame Into)
    {
        public TaskCompletionSource<string?> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
