namespace DoorAgent.Evaluation;

/// <summary>How small a false match rate a number of comparisons can show.</summary>
/// <param name="Comparisons">Number of comparisons of different people.</param>
internal readonly record struct ClaimSupport(long Comparisons)
{
    private const int MostDecades = 9;

    /// <summary>The smallest round rate (1e-1, 1e-2, ...) that the comparisons can show if none of them is a false match; null if not
    /// even one in ten. This is the rule of three: about 3,000 comparisons for 1e-3.</summary>
    public double? Smallest
    {
        get
        {
            long comparisons = Comparisons;
            double[] shown = [.. Enumerable.Range(1, MostDecades).Select(decade => Math.Pow(10, -decade))
                .Where(rate => Needed(rate) <= comparisons)];
            return shown.Length == 0 ? null : shown[^1];
        }
    }

    /// <summary>Returns whether the comparisons can show a rate.</summary>
    public bool Shows(double rate) => Needed(rate) <= Comparisons;

    /// <summary>Returns how many comparisons without a false match it takes to show a rate: ln 0.05 / ln(1 - rate).</summary>
    /// <param name="rate">The rate, above 0 and below 1.</param>
    public static double Needed(double rate) => Math.Ceiling(Math.Log(0.05) / double.LogP1(-rate));
}
