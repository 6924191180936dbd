using DoorAgent.Encodings;
using DoorAgent.Networks;

namespace DoorAgent.Evaluation;

/// <summary>The comparisons with templates of one number of pictures.</summary>
/// <param name="Pictures">Number of pictures of each template.</param>
/// <param name="Templates">Number of templates.</param>
/// <param name="Comparisons">Number of comparisons of different people.</param>
/// <param name="Rows">The rows that these comparisons support, the smallest rate first.</param>
internal sealed record TemplateMeasurement(int Pictures, int Templates, long Comparisons, IReadOnlyList<RateRow> Rows);

/// <summary>A calibration table, measured on a data set: single pictures against templates of other people.</summary>
/// <param name="Rule">The rule of comparison.</param>
/// <param name="Parts">The measurement for each number of pictures of a template; one part with single pictures for the nearest
/// encoding.</param>
internal sealed record DatasetCalibration(ComparisonRule Rule, IReadOnlyList<TemplateMeasurement> Parts)
{
    private const double Least = 1e-3;

    /// <summary>The rates of the rows: those of the catalogue's tables, and smaller ones that can only be estimated.</summary>
    public static IReadOnlyList<double> Rates { get; } = [1e-3, 1e-4, 3.4e-5, 1e-5, 1e-6, 1e-7, 1e-8, 1e-9];

    /// <summary>The largest number of comparisons of the parts.</summary>
    public long Comparisons => Parts.Count == 0 ? 0 : Parts.Max(part => part.Comparisons);

    /// <summary>The rows of the table, the largest rate first: at each rate the strictest of the parts. A row is measured where at least
    /// one part counted so small a rate; a part with too few comparisons joins with the lower end of its estimate.</summary>
    public IReadOnlyList<RateRow> Rows
    {
        get
        {
            List<RateRow> rows = [];
            foreach (double rate in Rates)
            {
                RateRow[] all = [.. Parts.SelectMany(part => part.Rows).Where(row => row.Fmr == rate)];
                // Distances grow with rates: a row that does not follow is none, and neither is one at which nobody ever matches.
                if (all.MinBy(row => row.Distance) is { Distance: > Least } strictest
                    && (rows.Count == 0 || strictest.Distance < rows[^1].Distance))
                    rows.Add(strictest with { IsEstimate = all.All(row => row.IsEstimate) });
            }

            return rows;
        }
    }

    /// <summary>Measures a data set.</summary>
    /// <param name="enrolled">The encodings as they would be enrolled.</param>
    /// <param name="probes">The encodings of the same pictures as a door would see them; the same set where there is no difference.</param>
    /// <param name="rule">The rule of comparison.</param>
    /// <param name="progress">Receives the share of the work that is done, 0 to 1.</param>
    /// <param name="cancellation">Cancels the measurement.</param>
    /// <exception cref="OperationCanceledException">The measurement was cancelled.</exception>
    public static DatasetCalibration Measure(EncodedSet enrolled, EncodedSet probes, ComparisonRule rule,
        IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        if (rule.IsCentred && enrolled.Rows > 0)
        {
            EncodingCentre centre = EncodingCentre.Of(enrolled.Vectors, enrolled.Dimension, enrolled.PersonOf);
            EncodedSet centred = Centred(enrolled, centre);
            (enrolled, probes) = (centred, ReferenceEquals(enrolled, probes) ? centred : Centred(probes, centre));
        }

        int[] counts = rule.Template == TemplateKind.Nearest ? [1] : [.. SampleTemplates.PictureCounts];
        List<TemplateMeasurement> parts = [];
        foreach (int pictures in counts)
        {
            EncodedSet templates = SampleTemplates.Of(enrolled, pictures, rule.Template);
            if (templates.Rows > 0)
                parts.Add(Measure(templates, probes, pictures, new PartOf(progress, parts.Count, counts.Length), cancellation));
        }

        progress?.Report(1);
        return new DatasetCalibration(rule, parts);
    }

    private static TemplateMeasurement Measure(
        EncodedSet templates, EncodedSet probes, int pictures, IProgress<double> progress, CancellationToken cancellation)
    {
        ComparisonCounts counts = new(templates.CountOf, probes.CountOf, ReferenceEquals(templates, probes));
        double comparisons = counts.Total();
        int most = (int)Math.Min(int.MaxValue / 4, Math.Ceiling(NonMatedTail.NeededOf(comparisons, Rates[0])));
        IReadOnlyList<RateRow> rows = comparisons == 0 ? []
            : new NonMatedTail(NearestPairs.Of(templates, probes, Math.Max(1, most), progress, cancellation), counts).Rows(Rates);
        return new TemplateMeasurement(pictures, templates.Rows, (long)comparisons, rows);
    }

    private static EncodedSet Centred(EncodedSet set, EncodingCentre centre)
    {
        float[] vectors = [.. set.Vectors];
        centre.ApplyToAll(vectors);
        return new EncodedSet(set.People, set.PersonOf, vectors, set.Dimension) { PictureOf = set.PictureOf, Failures = set.Failures };
    }

    private sealed class PartOf(IProgress<double>? whole, int part, int parts) : IProgress<double>
    {
        public void Report(double value) => whole?.Report((part + value) / parts);
    }
}
