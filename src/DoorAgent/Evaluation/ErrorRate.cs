namespace DoorAgent.Evaluation;

/// <summary>Errors among independent trials, with the Clopper-Pearson interval at 95 %.</summary>
/// <param name="Errors">Number of errors, 0 to <paramref name="Trials"/>.</param>
/// <param name="Trials">Number of trials, at least 0.</param>
/// <remarks>C. J. Clopper and E. S. Pearson, The use of confidence or fiducial limits illustrated in the case of the binomial, Biometrika
/// 26 (1934).</remarks>
internal readonly record struct ErrorRate(long Errors, long Trials)
{
    /// <summary>The probability that the true rate is outside the interval; half of this on each side.</summary>
    private const double Doubt = 0.05;

    /// <summary>The number of halvings of an interval: the bounds are exact to 1e-15.</summary>
    private const int Halvings = 50;

    /// <summary>Errors divided by trials, 0 to 1; null without a trial.</summary>
    public double? Rate => Trials == 0 ? null : (double)Errors / Trials;

    /// <summary>The lower bound of the interval, 0 to 1.</summary>
    public double Lower
    {
        get
        {
            (long errors, long trials) = (Errors, Trials);
            return errors == 0 ? 0 : Bisect(rate => 1 - BinomialDistribution.AtMost(errors - 1, trials, rate) > Doubt / 2);
        }
    }

    /// <summary>The upper bound of the interval, 0 to 1; 1 without a trial.</summary>
    public double Upper
    {
        get
        {
            (long errors, long trials) = (Errors, Trials);
            return errors == trials ? 1 : Bisect(rate => BinomialDistribution.AtMost(errors, trials, rate) < Doubt / 2);
        }
    }

    /// <summary>Returns how many trials it takes to claim that the true rate is below a value, with 95 % confidence on this one
    /// side. Without errors this is the rule of three: 299 trials for 1 %.</summary>
    /// <param name="rate">The rate to claim, above 0 and below 1.</param>
    /// <param name="errors">Number of errors among the trials.</param>
    public static long TrialsToClaim(double rate, long errors = 0)
    {
        long enough = errors + 1;
        while (!IsEnough(enough))
            enough *= 2;
        for (long few = enough / 2; enough - few > 1;)
        {
            long middle = few + ((enough - few) / 2);
            (few, enough) = IsEnough(middle) ? (few, middle) : (middle, enough);
        }

        return enough;

        bool IsEnough(long trials) => BinomialDistribution.AtMost(errors, trials, rate) <= Doubt;
    }

    /// <summary>Finds the rate from which a condition holds.</summary>
    private static double Bisect(Func<double, bool> holds)
    {
        double below = 0, above = 1;
        for (int i = 0; i < Halvings; i++)
        {
            double middle = (below + above) / 2;
            (below, above) = holds(middle) ? (below, middle) : (middle, above);
        }

        return (below + above) / 2;
    }
}
