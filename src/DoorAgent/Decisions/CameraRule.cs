using DoorAgent.Events;

namespace DoorAgent.Decisions;

/// <summary>The rules for a camera that fails, works again, or is slow.</summary>
internal static class CameraRule
{
    /// <summary>Raises one event when the camera fails and one when it works again; a failure ends an attempt that needs a face. A badge
    /// and its PIN open only where the fault began with a camera that is lost or silent, and only while no picture comes: covering the lens
    /// must not skip the face, nor must a camera that is opened again because its picture is frozen.</summary>
    /// <param name="transition">The call in progress.</param>
    /// <param name="camera">The change.</param>
    /// <param name="fallsBack">Whether a badge and its PIN open while the camera is lost or silent.</param>
    public static void Changes(AccessTransition transition, CameraChanged camera, bool fallsBack)
    {
        bool hadFault = transition.State.HasCameraFault, wasFallback = transition.State.IsCameraFallback;
        bool hasFault = camera.Fault is not null, isAbsent = hasFault && camera.Kind != CameraFaultKind.Unusable;
        bool isFallback = fallsBack && isAbsent && (wasFallback || !hadFault);
        transition.State = transition.State with { HasCameraFault = hasFault, IsCameraFallback = isFallback };
        if (hasFault != hadFault)
            transition.Raise(new DoorEvent(hasFault ? DoorEventKind.CameraFault : DoorEventKind.CameraRestored) { Detail = camera.Fault });
        if (isFallback != wasFallback)
            transition.Raise(new DoorEvent(isFallback ? DoorEventKind.CameraFallback : DoorEventKind.CameraFallbackEnded));
        bool isWorse = hasFault && (!hadFault || (wasFallback && !isFallback));
        // Where a badge and its PIN are enough, the door needs no camera.
        if (isWorse && (transition.State.Attempt is { IsIdentification: true } || transition.NeedsFace))
            transition.End(DenyReason.CameraFault);
    }

    /// <summary>Raises an event when the camera becomes too slow: otherwise people would notice only that the door stays shut.</summary>
    public static void IsCounted(AccessTransition transition, double rate)
    {
        bool isSlow = !FramePace.Suffices(rate, transition.Options, transition.Liveness);
        if (isSlow && !transition.State.IsCameraSlow)
        {
            transition.Raise(new DoorEvent(DoorEventKind.CameraSlow)
            {
                Detail = FramePace.Words(rate, transition.Options, transition.Liveness),
            });
        }

        transition.State = transition.State with { IsCameraSlow = isSlow };
    }
}
