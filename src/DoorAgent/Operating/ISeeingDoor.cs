using DoorAgent.Encodings;
using DoorAgent.Enrolment;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Liveness;
using DoorAgent.Matching;

namespace DoorAgent.Operating;

/// <summary>For what somebody looks through the door's camera.</summary>
internal enum LookUse
{
    /// <summary>To show the picture, with what the door sees in it.</summary>
    Show,

    /// <summary>To enrol the person: as <see cref="Show"/>, with an encoding for the gallery.</summary>
    Enrol,
}

/// <summary>What the door sees at one moment.</summary>
/// <param name="Picture">A copy of the frame; null where the camera gives none.</param>
/// <param name="Fault">What is wrong with the camera or the frame; null for a healthy frame.</param>
/// <param name="Reading">What the networks found; null where they did not read the frame: an attempt goes first.</param>
internal sealed record Look(Frame? Picture, string? Fault, FaceReading? Reading);

/// <summary>A running door through whose camera and networks somebody looks, while it keeps deciding.</summary>
internal interface ISeeingDoor
{
    /// <summary>The networks in use with their thresholds. Only the door's own loop may read frames with them.</summary>
    LoadedNetworks Networks { get; }

    /// <summary>Waits for the next frame.</summary>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    Task<Look> LookAsync(LookUse use, CancellationToken cancellation);

    /// <summary>Judges, as the door does, whether pictures for an enrolment show a person or a picture of a person.</summary>
    /// <returns>The verdict; null where liveness is not checked.</returns>
    /// <exception cref="DoorAgent.Networks.NetworkFaultException">A network is broken.</exception>
    LivenessVerdict? JudgeLiveness(LivePictures taken);
}
