using DoorAgent.Commands.Output;
using DoorAgent.Evaluation;

namespace DoorAgent.Commands.Evaluating;

/// <summary>Writes a report for programs: all rates, and the curves in steps of 0.001 of distance.</summary>
internal static class EvaluationJson
{
    private const int BinsOfAStep = 10;

    public static string Of(EvaluationReport report) => JsonLine.Of(new
    {
        report.Set,
        report.MadeAt,
        report.Seed,
        Encoders = report.Encoders.Select(Encoder),
        EvaluationReport.Limits,
    });

    private static object Encoder(EncoderEvaluation one) => new
    {
        one.Networks,
        one.Encoded,
        one.Failures,
        one.Notes,
        AllPairs = new
        {
            Mated = (long)one.AllPairs.Histogram.Plain.Mated.Total,
            NonMated = (long)one.AllPairs.Histogram.Plain.NonMated.Total,
            one.AllPairs.EqualErrorThreshold,
            one.AllPairs.EqualErrorRate,
            one.AllPairs.AtRates,
            one.AllPairs.AtCatalogue,
            Curve = Curve(one.AllPairs.Histogram),
        },
        one.Pairs,
        one.Identification,
        Templates = one.Templates.Select(trial => new
        {
            trial.Kind,
            trial.Pictures,
            trial.People,
            WrongClaims = (long)trial.Claims.NonMated.Total,
            AtRates = AllPairsEvaluation.Rates.Select(rate => new
            {
                Target = rate,
                Threshold = trial.Claims.ThresholdAt(rate),
                trial.Claims.CountsAt(trial.Claims.ThresholdAt(rate)).Fnmr,
            }),
        }),
        one.Triplets,
    };

    /// <summary>The rates at successive thresholds, from the last without an error to the first that accepts all.</summary>
    private static IEnumerable<object> Curve(DistanceHistogram histogram)
    {
        for (int bin = 0; bin < DistanceDistribution.Bins; bin += BinsOfAStep)
        {
            double threshold = DistanceDistribution.DistanceOf(bin);
            bool isBefore = histogram.Plain.NonMated.BelowBin(bin) + histogram.Plain.Mated.BelowBin(bin) == 0;
            if (isBefore || histogram.Plain.Fmr(threshold) >= 1)
                continue;
            yield return new
            {
                Threshold = threshold,
                Fmr = histogram.Plain.Fmr(threshold),
                Fnmr = histogram.Plain.Fnmr(threshold),
                BalancedFmr = histogram.Balanced.Fmr(threshold),
                BalancedFnmr = histogram.Balanced.Fnmr(threshold),
            };
        }
    }
}
