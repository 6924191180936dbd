namespace DoorAgent.Diagnostics;

/// <summary>What the doctor is asked to do beyond looking.</summary>
/// <param name="Listen">How long to listen to the badge reader; null for not at all.</param>
/// <param name="Picture">Where the camera's picture goes.</param>
/// <param name="MovesRelay">Whether the lock may be unlocked for a moment.</param>
internal sealed record DoctorRequest(TimeSpan? Listen, string Picture, bool MovesRelay);
