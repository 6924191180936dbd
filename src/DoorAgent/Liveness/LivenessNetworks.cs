using DoorAgent.Storage;

namespace DoorAgent.Liveness;

/// <summary>The liveness networks that are at hand, with one score. Not thread-safe.</summary>
/// <param name="pair">The two networks that judge together.</param>
/// <param name="third">The network that joins them; null where it is missing.</param>
internal sealed class LivenessNetworks((LivenessNetwork First, LivenessNetwork Second) pair, LivenessNetwork? third) : IDisposable
{
    /// <summary>The largest part of one network in the score: none outweighs the two others by more.</summary>
    public const double MaxLogit = 8;

    /// <summary>What judges: the pair or all three networks.</summary>
    public LivenessStrength Strength => third is null ? LivenessStrength.Pair : LivenessStrength.Full;

    /// <summary>The files from which the networks were read.</summary>
    public IReadOnlyList<LoadedFile> Files { get; init; } = [];

    /// <summary>
    /// Scores a frame's face, on the scale of a logit: higher is more likely live. All three networks: the sum of their live logits, each
    /// clipped to +-8. The pair: the logit of its mean probability of a live face, clipped to +-8. The networks run one after the other.
    /// </summary>
    /// <exception cref="Networks.NetworkFaultException">A network is broken.</exception>
    public double Score(LivenessFrame frame)
    {
        double first = pair.First.LiveLogit(frame), second = pair.Second.LiveLogit(frame);
        return third is null
            ? Clipped(Math.Log(Probability(first) + Probability(second)) - Math.Log(Probability(-first) + Probability(-second)))
            : Clipped(first) + Clipped(second) + Clipped(third.LiveLogit(frame));
    }

    /// <summary>Returns the mean logit of each network over two frames, with the network's id.</summary>
    /// <exception cref="Networks.NetworkFaultException">A network is broken.</exception>
    public IReadOnlyList<(string Network, double Logit)> LogitsOf(LivenessFrame first, LivenessFrame last) =>
        [.. new[] { pair.First, pair.Second, third }.OfType<LivenessNetwork>()
            .Select(network => (network.Entry.Id, (network.LiveLogit(first) + network.LiveLogit(last)) / 2))];

    public void Dispose()
    {
        pair.First.Dispose();
        pair.Second.Dispose();
        third?.Dispose();
    }

    private static double Probability(double logit) => 1 / (1 + Math.Exp(-logit));

    private static double Clipped(double logit) => Math.Clamp(logit, -MaxLogit, MaxLogit);
}
