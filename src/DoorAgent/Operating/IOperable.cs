using DoorAgent.Hardware.Cameras;

namespace DoorAgent.Operating;

/// <summary>A door that an operator may ask something. Neither call blocks.</summary>
internal interface IOperable
{
    /// <summary>Asks; the answer comes once, on the door's own thread, perhaps later or never; notices may come before it.</summary>
    /// <param name="request">What is asked.</param>
    /// <param name="by">Who asks, for the record.</param>
    /// <param name="answer">Is told the answer; must not block.</param>
    void Ask(OperatorRequest request, string by, Action<OperatorAnswer> answer);

    /// <summary>Whoever waited for a badge with this answer does not any more.</summary>
    void StopAwaiting(Action<OperatorAnswer> answer);

    /// <summary>Waits for the camera's next frame.</summary>
    /// <param name="into">Is filled with it.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>What is wrong with the camera, in words, where it gave none; else null.</returns>
    /// <exception cref="OperationCanceledException">It was ended, or somebody else asks now.</exception>
    Task<string?> NextFrameAsync(Frame into, CancellationToken cancellation);
}
