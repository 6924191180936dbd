using DoorAgent.Hardware.Cameras;

namespace DoorAgent.Operating;

/// <summary>A running door that an operator sends requests to. No call blocks.</summary>
internal interface IOperable
{
    /// <summary>Sends a request. The answer arrives once, on the door's own thread, perhaps later or never; notices may precede
    /// it.</summary>
    /// <param name="request">The request.</param>
    /// <param name="by">The operator, for the record.</param>
    /// <param name="answer">Receives the answer; must not block.</param>
    void Ask(OperatorRequest request, string by, Action<OperatorAnswer> answer);

    /// <summary>Ends the wait for a badge that was requested with this callback.</summary>
    void StopAwaiting(Action<OperatorAnswer> answer);

    /// <summary>Waits for the camera's next frame.</summary>
    /// <param name="into">Receives the frame.</param>
    /// <param name="cancellation">Cancels the wait.</param>
    /// <returns>The fault of the camera when there was no frame; else null.</returns>
    /// <exception cref="OperationCanceledException">The wait was cancelled, or another client waits now.</exception>
    Task<string?> NextFrameAsync(Frame into, CancellationToken cancellation);
}
