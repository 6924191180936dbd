using DoorAgent.Hardware.Cameras;

namespace DoorAgent.Running;

/// <summary>Gives a copy of the camera's next frame to an operator who asks for one. While nobody asks it costs nothing, and it keeps
/// no frame.</summary>
internal sealed class FrameTap
{
    private Wish? _wish;

    /// <summary>Waits for the next frame; who asked before and still waits does so in vain.</summary>
    /// <param name="into">Is filled with it; not to be read before the answer.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>What is wrong with the camera, in words, where there was no frame; else null.</returns>
    public async Task<string?> NextAsync(Frame into, CancellationToken cancellation)
    {
        Wish wish = new(into);
        Interlocked.Exchange(ref _wish, wish)?.Answer.TrySetCanceled(CancellationToken.None);
        await using CancellationTokenRegistration ended = cancellation.Register(() => wish.Answer.TrySetCanceled(cancellation));
        return await wish.Answer.Task;
    }

    /// <summary>What the camera gave; called by the loop that reads it.</summary>
    /// <param name="frame">Stays the caller's.</param>
    /// <param name="fault">Why there is none; null when there is.</param>
    public void Offer(Frame frame, string? fault)
    {
        if (Volatile.Read(ref _wish) is null || Interlocked.Exchange(ref _wish, null) is not { } wish)
            return;
        if (fault is null)
            wish.Into.CopyFrom(frame);
        wish.Answer.TrySetResult(fault);
    }

    private sealed record Wish(Frame Into)
    {
        public TaskCompletionSource<string?> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
