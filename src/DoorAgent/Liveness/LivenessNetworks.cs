namespace DoorAgent.Liveness;

/// <summary>The liveness networks that are at hand, with one score.</summary>
internal sealed class LivenessNetworks : IDisposable
{
    /// <summary>What judges: the pair or all three networks.</summary>
    public LivenessStrength Strength { get; } = LivenessStrength.Pair;

    /// <summary>Scores a frame's face, on the scale of a logit: higher is more likely live.</summary>
    /// <exception cref="Networks.NetworkFaultException">A network is broken.</exception>
    public double Score(LivenessFrame frame) => throw new NotSupportedException($"{this} {frame}");

    public void Dispose()
    {
    }
}
