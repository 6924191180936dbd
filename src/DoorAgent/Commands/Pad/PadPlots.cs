using DoorAgent.Commands.Output.Plots;
using DoorAgent.Evaluation;

namespace DoorAgent.Commands.Pad;

/// <summary>Draws the plots of a report about presentations.</summary>
internal static class PadPlots
{
    // Beyond this share of refused people no door is usable, and the interesting part would be too small.
    private const double MostBpcer = 0.5;

    /// <summary>Draws the histogram of the scores: a strip for each class, in bins of one logit, with the threshold.</summary>
    /// <returns>An empty text without scores.</returns>
    public static string Histogram(PadEvaluation part, double threshold)
    {
        if (!part.HasScores)
            return "";
        double[][] scores = [.. part.Classes.Select(name => part.Scores(name).ToArray())];
        double[] all = [.. scores.SelectMany(one => one), threshold];
        int from = (int)Math.Floor(all.Min()), to = (int)Math.Floor(all.Max()) + 1;
        HistogramStrip[] strips = [.. scores.Select((one, i) =>
            new HistogramStrip($"{part.Classes[i]} ({one.Length})", Counts(one, from, to), i))];
        PlotAxis x = PlotAxis.Linear("score (dashed: the threshold; at least that is live)", from, to, Math.Max(1, (to - from) / 8));
        return HistogramPlot.Of("Scores of each class", x, from, 1, strips, [new HistogramLine(threshold)]);
    }

    /// <summary>Draws the receiver operating characteristic: accepted attacks of each class against refused people, with the door's own
    /// threshold as a dot.</summary>
    /// <returns>An empty text without people, attacks or scores.</returns>
    public static string Roc(PadEvaluation part, double threshold)
    {
        string[] attacks = [.. part.Classes.Where(name => part.Roc(name).Count > 0 && name != Presentation.Live)];
        return attacks.Length == 0 ? "" : CurvePlot.Of("Accepted attacks against refused people",
            PlotAxis.Linear("BPCER: people refused, of those judged", 0, MostBpcer, MostBpcer / 5, PadWords.Share),
            PlotAxis.Linear("APCER: attacks accepted, of those judged", 0, 1, 0.2, PadWords.Share),
            [.. attacks.Select((attack, i) => Curve(attack, part.Roc(attack), threshold, i))],
            "Dot: this door's threshold.");
    }

    private static PlotCurve Curve(string attack, IReadOnlyList<RocPoint> points, double threshold, int series)
    {
        RocPoint door = points.First(point => point.Threshold >= threshold);
        return new PlotCurve(attack, [.. points.Select(point => (point.Bpcer, point.Apcer))], series)
        {
            Dots = [(door.Bpcer, door.Apcer, $"{attack}: BPCER {PadWords.Share(door.Bpcer)}, APCER {PadWords.Share(door.Apcer)}")],
        };
    }

    private static double[] Counts(double[] scores, int from, int to)
    {
        double[] counts = new double[to - from];
        foreach (double score in scores)
            counts[(int)Math.Floor(score) - from]++;
        return counts;
    }
}
