using DoorAgent.Matching;
using DoorAgent.Networks;

namespace DoorAgent.Evaluation;

/// <summary>What a gallery and its table were checked with.</summary>
/// <param name="Encoder">Catalogue id of the encoder.</param>
/// <param name="Detector">Catalogue id of the detector.</param>
/// <param name="Rule">The rule of comparison.</param>
/// <param name="Fmr">The false match rate of a claim that the door promises.</param>
/// <param name="MeasuredOn">The pictures on which the table was measured, in words.</param>
/// <param name="Table">The table.</param>
internal sealed record SiteConditions(
    string Encoder, string Detector, ComparisonRule Rule, double Fmr, string MeasuredOn, CalibrationTable Table);

/// <summary>A check of the table against a gallery.</summary>
/// <param name="Conditions">What was checked.</param>
/// <param name="Study">The gallery's comparisons with itself.</param>
/// <param name="Rows">Where this gallery reaches the table's rates, the largest first; rates that its data do not support are
/// missing.</param>
/// <param name="Findings">What contradicts the table, and what follows.</param>
internal sealed record SiteReport(
    SiteConditions Conditions, GalleryStudy Study, IReadOnlyList<RateRow> Rows, SiteCalibration Findings)
{
    /// <summary>What a report does not say, for every form of it.</summary>
    public const string Limits = "The enrolled pictures are good ones, taken together; at the door light and pose differ, and the right "
        + "person is refused more often. Comparisons that share a person are not independent, so that intervals over comparisons "
        + "(Clopper-Pearson) are narrower than the truth; those of distances draw whole people.";

    private const int MostPairs = 2_000_000;

    /// <summary>How small a rate the claims of others can show.</summary>
    public ClaimSupport Support => new(Study.FalseMatches.Trials);

    /// <summary>Number of people with an encoding.</summary>
    public int People => Study.People.Count(one => one.Encodings > 0);

    /// <summary>The people, the worst first: who is taken for by others, then who is refused most, then who has the nearest
    /// other.</summary>
    public IEnumerable<SitePerson> WorstFirst => Study.People.OrderByDescending(one => one.FalseMatches)
        .ThenByDescending(one => (double)one.Refused / Math.Max(1, one.Own.Count)).ThenBy(one => one.NearestDistance - one.Threshold);

    /// <summary>Checks the table.</summary>
    /// <param name="set">The gallery's encodings, as they are compared.</param>
    /// <param name="conditions">What is checked.</param>
    /// <param name="thresholdOf">Returns the distance for a claim against so many templates.</param>
    /// <param name="progress">Receives the number of people that were compared with all others.</param>
    /// <param name="cancellation">Cancels the work.</param>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public static SiteReport Measure(EncodedSet set, SiteConditions conditions, Func<int, double> thresholdOf,
        IProgress<int>? progress = null, CancellationToken cancellation = default)
    {
        TemplateKind kind = conditions.Rule.Template;
        EncodedSet templates = kind == TemplateKind.Nearest ? set : GalleryStudy.OneOfEach(set, kind);
        GalleryStudy study = GalleryStudy.Of(set, kind, thresholdOf, progress, cancellation);
        ComparisonCounts counts = new(templates.CountOf, set.CountOf, kind == TemplateKind.Nearest);
        double[] rates = [.. conditions.Table.Measured.Select(row => row.Rate)];
        double largest = conditions.Table.Measured.Max(row => row.Distance);
        double needed = Math.Max(NonMatedTail.NeededOf(counts.Total(), rates.Max()), study.NonMated.Below(largest) + 1);
        IReadOnlyList<NearPair> nearest = NearestPairs.Of(templates, set, (int)Math.Clamp(Math.Ceiling(needed), 1, MostPairs),
            cancellation: cancellation);
        NonMatedTail tail = new(nearest, counts);
        double strictest = study.People.Where(one => one.Encodings > 0).Select(one => one.Threshold).DefaultIfEmpty(0).Min();
        return new SiteReport(conditions, study, [.. tail.Rows(rates).Reverse()],
            SiteCalibration.Of(study, nearest, tail, conditions.Table, strictest));
    }
}
