namespace DoorAgent.Link;

/// <summary>The waits between attempts: each about twice as long as the one before, with a random part, so that many doors do not come
/// back to a server at the same moment.</summary>
/// <param name="longest">The longest wait.</param>
/// <param name="random">Draws the random part.</param>
internal sealed class LinkBackoff(TimeSpan longest, Random random)
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);

    private int _failures;

    /// <summary>Starts again with the shortest wait.</summary>
    public void Reset() => _failures = 0;

    /// <summary>Returns the next wait: between half of the nominal wait and all of it, 1 s at least.</summary>
    public TimeSpan Next()
    {
        double nominal = Math.Min(longest.TotalSeconds, Shortest.TotalSeconds * Math.Pow(2, Math.Min(_failures, 30)));
        _failures++;
        return TimeSpan.FromSeconds(Math.Max(Shortest.TotalSeconds, nominal * (0.5 + random.NextDouble() / 2)));
    }
}
