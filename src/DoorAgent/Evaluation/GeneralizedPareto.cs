namespace DoorAgent.Evaluation;

/// <summary>The distribution of what exceeds a high threshold: P(Y > y) = (1 + shape y / scale)^(-1/shape), for y of at least 0.</summary>
/// <param name="Shape">The shape; negative for a tail that ends, 0 for an exponential one. Below 1.</param>
/// <param name="Scale">The scale, above 0, in the unit of the exceedances.</param>
/// <remarks>J. Pickands, Statistical inference using extreme order statistics, Annals of Statistics 3 (1975).</remarks>
internal readonly record struct GeneralizedPareto(double Shape, double Scale)
{
    // Nearer to 0 than this the power form loses its digits, and the tail is exponential.
    private const double Exponential = 1e-7;

    /// <summary>Returns the exceedance that is exceeded with a probability above 0 and up to 1.</summary>
    public double Quantile(double probability) => Math.Abs(Shape) < Exponential
        ? -Scale * Math.Log(probability)
        : Scale / Shape * double.ExpM1(-Shape * Math.Log(probability));

    /// <summary>Fits the distribution by probability-weighted moments.</summary>
    /// <param name="exceedances">What exceeds the threshold, ascending, at least 0.</param>
    /// <param name="weights">How often each counts, at least 0.</param>
    /// <returns>Null if fewer than two different exceedances have a weight: there is nothing to fit.</returns>
    /// <remarks>J. R. M. Hosking and J. R. Wallis, Parameter and quantile estimation for the generalized Pareto distribution,
    /// Technometrics 29 (1987): with a0 the mean of y and a1 the mean of y (1 - F(y)), shape = 2 - a0 / (a0 - 2 a1) and scale =
    /// 2 a0 a1 / (a0 - 2 a1). Unlike the maximum of the likelihood this exists for every sample, without a search.</remarks>
    public static GeneralizedPareto? Fit(ReadOnlySpan<double> exceedances, ReadOnlySpan<double> weights)
    {
        double total = 0;
        foreach (double weight in weights)
            total += weight;
        double below = 0, mean = 0, weighted = 0;
        for (int i = 0; i < exceedances.Length; i++)
        {
            // F at the middle of the step that this exceedance makes.
            double above = 1 - ((below + (weights[i] / 2)) / total);
            mean += weights[i] / total * exceedances[i];
            weighted += weights[i] / total * exceedances[i] * above;
            below += weights[i];
        }

        // Equal exceedances make a0 = 2 a1.
        double spread = mean - (2 * weighted);
        return total > 0 && spread > 1e-12 * mean && weighted > 0
            ? new GeneralizedPareto(2 - (mean / spread), 2 * mean * weighted / spread) : null;
    }
}
