using DoorAgent.Encodings;
using DoorAgent.Hardware;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Matching;
using DoorAgent.Networks;
using DoorAgent.Operating;

namespace DoorAgent.Running;

/// <summary>Shows the camera's frames, with what the networks see in them, to those who ask. Without a request no frame is copied and no
/// network runs. The door goes first: while an attempt is open, only its own readings are shown.</summary>
/// <param name="keepsCrops">Whether readings for an enrolment contain the aligned faces.</param>
/// <param name="liveness">Runs the networks.</param>
/// <param name="isDeciding">Whether an attempt is open.</param>
/// <param name="time">The clock.</param>
internal sealed class LookRequests(bool keepsCrops, LivenessChecking liveness, Func<bool> isDeciding, TimeProvider time)
{
    // The networks take a processor for a part of this.
    private static readonly TimeSpan BetweenPictures = TimeSpan.FromMilliseconds(200);

    private readonly Lock _gate = new();
    private TaskCompletionSource<Look>? _show, _enrol;
    private TimeSpan? _shown;

    /// <summary>Waits for the next frame; all who wait for the same use get the same.</summary>
    public Task<Look> NextAsync(LookUse use, CancellationToken cancellation)
    {
        lock (_gate)
        {
            TaskCompletionSource<Look> waiting = (use == LookUse.Show ? _show : _enrol)
                ?? new TaskCompletionSource<Look>(TaskCreationOptions.RunContinuationsAsynchronously);
            if (use == LookUse.Show)
                _show = waiting;
            else
                _enrol = waiting;
            return waiting.Task.WaitAsync(cancellation);
        }
    }

    /// <summary>Offers a result of the camera; called by the loop that reads the camera.</summary>
    /// <param name="frame">The frame; null when the camera gave none.</param>
    /// <param name="fault">What is wrong with the camera or the frame.</param>
    /// <param name="reading">The reading that an attempt has made of this frame; null for none.</param>
    /// <param name="networks">The networks in use.</param>
    /// <exception cref="NetworkFaultException">A network is broken.</exception>
    public void Offer(Frame? frame, string? fault, FaceReading? reading, Func<LoadedNetworks> networks)
    {
        if (Volatile.Read(ref _show) is null && Volatile.Read(ref _enrol) is null)
            return;
        bool isFree = !isDeciding(), canRead = isFree && frame is not null && fault is null;
        // The reading of an attempt is for a comparison, and perhaps encoded in another way than those of a gallery.
        if (isFree && Take(ref _enrol) is { } enrolment)
            Answer(enrolment, frame, fault, canRead ? liveness.ReadToEnrol(frame!, networks(), keepsCrops) : null);
        TimeSpan now = time.Monotonic();
        if (_shown is { } last && now - last < BetweenPictures)
            return;
        if (Take(ref _show) is { } picture)
        {
            _shown = now;
            Answer(picture, frame, fault, reading ?? (canRead ? liveness.Look(frame!, networks().ForProbes()) : null));
        }
    }

    private TaskCompletionSource<Look>? Take(ref TaskCompletionSource<Look>? waiting)
    {
        lock (_gate)
        {
            TaskCompletionSource<Look>? taken = waiting;
            waiting = null;
            return taken;
        }
    }

    private static void Answer(TaskCompletionSource<Look> waiting, Frame? frame, string? fault, FaceReading? reading)
    {
        Frame? copy = frame is null ? null : new Frame();
        copy?.CopyFrom(frame!);
        waiting.TrySetResult(new Look(copy, fault, reading));
    }
}
