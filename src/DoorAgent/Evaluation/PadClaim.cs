namespace DoorAgent.Evaluation;

/// <summary>What it takes to claim a lower error rate than a measurement allows.</summary>
/// <param name="Rate">The rate to claim.</param>
/// <param name="WithoutError">Presentations needed if none of them is an error.</param>
/// <param name="WithErrors">Presentations needed with as many errors as were found.</param>
internal readonly record struct PadClaim(double Rate, long WithoutError, long WithErrors)
{
    private static readonly double[] Rates = [0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001];

    /// <summary>Returns the next two round rates below the upper bound of a measurement.</summary>
    public static IReadOnlyList<PadClaim> Below(ErrorRate measured) => [.. Rates.Where(rate => rate < measured.Upper).Take(2)
        .Select(rate => new PadClaim(rate, ErrorRate.TrialsToClaim(rate), ErrorRate.TrialsToClaim(rate, measured.Errors)))];
}
