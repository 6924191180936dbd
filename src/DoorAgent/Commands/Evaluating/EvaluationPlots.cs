using DoorAgent.Commands.Output.Plots;
using DoorAgent.Evaluation;

namespace DoorAgent.Commands.Evaluating;

/// <summary>Draws the plots of an evaluation: a curve for each encoder, histograms for one.</summary>
internal static class EvaluationPlots
{
    // A curve has a corner for every 0.002 of distance, and a histogram a bar for every 0.02.
    private const int CurveStep = 20, BarStep = 200;
    private const double LeastFnmr = 1e-4, MostOfDet = 0.4, LongestBar = 2.0;
    private const string DotWords = "Dots: the distances that the catalogue's calibration gives for its rates.";

    /// <summary>Draws the receiver operating characteristic: accepted pairs of one person against accepted pairs of two.</summary>
    public static string Roc(IReadOnlyList<EncoderEvaluation> encoders)
    {
        double from = LeastFmr(encoders);
        // Strong encoders would all lie on the upper edge of a plot that begins at 0.
        double least = encoders.Min(one => 1 - one.AllPairs.Histogram.Plain.Fnmr(one.AllPairs.Histogram.Plain.ThresholdAt(from)));
        double bottom = Math.Clamp(Math.Floor(least * 10) / 10, 0, 0.9);
        return CurvePlot.Of("Receiver operating characteristic",
            PlotAxis.Logarithmic("FMR: pairs of two people that match", from, 1),
            PlotAxis.Linear("pairs of one person that match (1 - FNMR)", bottom, 1, bottom >= 0.5 ? 0.05 : 0.1, PlotAxis.Percent),
            [.. encoders.Select((one, i) => Curve(one, i, fnmr => 1 - fnmr))], Note(encoders));
    }

    /// <summary>Draws the detection error tradeoff on axes of normal deviates.</summary>
    public static string Det(IReadOnlyList<EncoderEvaluation> encoders) => CurvePlot.Of("Detection error tradeoff",
        PlotAxis.NormalDeviate("FMR: pairs of two people that match", LeastFmr(encoders), MostOfDet),
        PlotAxis.NormalDeviate("FNMR: pairs of one person that do not match", LeastFnmr, MostOfDet),
        [.. encoders.Select((one, i) => Curve(one, i, fnmr => fnmr))], Note(encoders));

    /// <summary>Draws the distances of the pairs of one person and of two, with the thresholds for rates that the set can show.</summary>
    /// <param name="encoder">The encoder.</param>
    /// <param name="series">Number of its colour.</param>
    public static string Histogram(EncoderEvaluation encoder, int series)
    {
        MatchErrors pairs = encoder.AllPairs.Histogram.Plain;
        PlotAxis x = PlotAxis.Linear("distance (dashed: thresholds for a false match rate)", 0, LongestBar, 0.25);
        return HistogramPlot.Of("Distances of all pairs", x, 0, (double)BarStep / DistanceDistribution.BinsPerUnit,
            [
                Strip("one person", pairs.Mated, series, isOutlined: false), Strip("two people", pairs.NonMated, series, isOutlined: true),
            ],
            [
                .. encoder.AllPairs.AtRates.Where(point => point.IsSupported).Select(point =>
                    new HistogramLine(point.Threshold,
                        $"{EvaluationWords.Target(point.Target)}: {EvaluationWords.Distance(point.Threshold)}")),
            ]);
    }

    private static HistogramStrip Strip(string name, DistanceDistribution distances, int series, bool isOutlined)
    {
        int bars = (int)(LongestBar * DistanceDistribution.BinsPerUnit) / BarStep;
        double[] counts = [.. Enumerable.Range(0, bars)
            .Select(bar => distances.BelowBin((bar + 1) * BarStep) - distances.BelowBin(bar * BarStep))];
        return new HistogramStrip($"{name} ({EvaluationWords.Count((long)distances.Total)})", counts, series) { IsOutlined = isOutlined };
    }

    private static PlotCurve Curve(EncoderEvaluation one, int series, Func<double, double> ofFnmr)
    {
        MatchErrors pairs = one.AllPairs.Histogram.Plain;
        return new PlotCurve(one.Networks.Name, [.. Enumerable.Range(0, DistanceDistribution.Bins / CurveStep)
            .Select(step => DistanceDistribution.DistanceOf(step * CurveStep))
            .Select(threshold => (pairs.Fmr(threshold), ofFnmr(pairs.Fnmr(threshold))))], series)
        {
            Dots = [.. one.AllPairs.AtCatalogue.Where(point => point.Fmr.Rate is not null && point.Fnmr.Rate is not null).Select(point => (
                point.Fmr.Rate!.Value, ofFnmr(point.Fnmr.Rate!.Value),
                $"{one.Networks.Name} at {EvaluationWords.Distance(point.Threshold)}: FMR {EvaluationWords.Small(point.Fmr)}, "
                    + $"FNMR {EvaluationWords.Percent(point.Fnmr)}"))],
        };
    }

    /// <summary>Returns the least false match rate that is drawn: the next power of ten below one pair of the largest set.</summary>
    private static double LeastFmr(IReadOnlyList<EncoderEvaluation> encoders) => Math.Pow(10, Math.Clamp(
        Math.Floor(-Math.Log10(Math.Max(1, encoders.Max(one => one.AllPairs.Histogram.Plain.NonMated.Total)))), -6, -2));

    private static string Note(IReadOnlyList<EncoderEvaluation> encoders) =>
        encoders.Any(one => one.AllPairs.AtCatalogue.Count > 0) ? DotWords : "";
}
