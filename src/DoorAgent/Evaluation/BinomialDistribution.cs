namespace DoorAgent.Evaluation;

/// <summary>The number of errors among independent trials.</summary>
internal static class BinomialDistribution
{
    /// <summary>Computes the probability of at most so many errors.</summary>
    /// <param name="errors">Number of errors; below 0 the probability is 0.</param>
    /// <param name="trials">Number of trials, at least 0.</param>
    /// <param name="rate">Probability of an error in a trial, 0 to 1.</param>
    /// <remarks>The terms are computed as logarithms, because thousands of trials would underflow.</remarks>
    public static double AtMost(long errors, long trials, double rate)
    {
        if (errors < 0)
            return 0;
        if (errors >= trials || rate <= 0)
            return 1;
        if (rate >= 1)
            return 0;
        double odds = Math.Log(rate) - double.LogP1(-rate), term = trials * double.LogP1(-rate), sum = 0;
        for (long i = 0; i <= errors; i++)
        {
            sum += Math.Exp(term);
            term += Math.Log((double)(trials - i) / (i + 1)) + odds;
        }

        return Math.Min(1, sum);
    }
}
