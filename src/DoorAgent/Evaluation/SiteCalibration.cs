using System.Globalization;
using DoorAgent.Matching;

namespace DoorAgent.Evaluation;

/// <summary>A row of the table of which a gallery has more false matches than it allows.</summary>
/// <param name="Fmr">The row's rate.</param>
/// <param name="Distance">The row's distance.</param>
/// <param name="Found">Comparisons of two people below this distance.</param>
/// <param name="Pairs">Number of pairs of people among them.</param>
/// <param name="OfOnePair">The most of them that belong to one pair of people.</param>
internal sealed record Contradiction(double Fmr, double Distance, ErrorRate Found, int Pairs, int OfOnePair)
{
    /// <summary>Whether one pair of people, who look alike, is the whole contradiction.</summary>
    public bool IsOfOnePair => new ErrorRate(Found.Errors - OfOnePair, Found.Trials).Lower <= Fmr;
}

/// <summary>What a gallery says about the table by which the door judges it.</summary>
/// <param name="Contradictions">The contradicted rows, the largest rate first.</param>
/// <param name="Proposed">The largest distance that fits what was found; null if there is nothing to propose.</param>
/// <param name="Shift">By how much the gallery's people lie nearer to each other than the table says; 0 without a proposal.</param>
/// <param name="WhyNot">Why nothing is proposed; null with a proposal.</param>
internal sealed record SiteCalibration(IReadOnlyList<Contradiction> Contradictions, double? Proposed, double Shift, string? WhyNot)
{
    /// <summary>The least number of people whose distances can change the door's threshold.</summary>
    public const int LeastPeople = 20;

    /// <summary>The largest share of right comparisons that a proposal may refuse.</summary>
    public const double MostRefused = 0.5;

    // A distance is written with four decimals, rounded towards the strict side.
    private const double Step = 1e-4;

    /// <summary>Compares a gallery with the table.</summary>
    /// <param name="study">The gallery's comparisons.</param>
    /// <param name="nearest">The nearest comparisons of two people: all that lie below the table's largest distance, and as many as
    /// <see cref="NonMatedTail.NeededOf"/> says.</param>
    /// <param name="tail">The same comparisons as a tail.</param>
    /// <param name="table">The table.</param>
    /// <param name="strictest">The smallest distance for a claim that the door uses in this gallery.</param>
    public static SiteCalibration Of(
        GalleryStudy study, IReadOnlyList<NearPair> nearest, NonMatedTail tail, CalibrationTable table, double strictest)
    {
        long comparisons = (long)study.NonMated.Total;
        Contradiction[] contradictions = [.. table.Measured.OrderByDescending(row => row.Rate)
            .Select(Contradicted)
            .Where(row => row.Found.Lower > row.Fmr)];
        return contradictions.Length == 0 ? Nothing("the gallery does not contradict the table")
            : study.People.Count(one => one.Encodings > 0) < LeastPeople
                ? Nothing($"fewer than {LeastPeople} people say little about others")
            : contradictions.All(row => row.IsOfOnePair) ? Nothing("it is one pair of people, who look alike: "
                + "'dooragent people audit' says what to do about them")
            : Propose();

        SiteCalibration Nothing(string why) => new(contradictions, null, 0, why);

        SiteCalibration Propose()
        {
            // The safe end of where this gallery reaches a rate, against where the table does.
            double shift = tail.Rows(table.Measured.Select(row => row.Rate).Where(rate => rate >= tail.SmallestCounted / 10))
                .Select(row => table.DistanceAt(row.Fmr)!.Value - row.Low).DefaultIfEmpty(0).Max();
            double proposed = Math.Floor((strictest - shift) / Step) * Step;
            if (shift <= 0)
                return Nothing("the distances of this gallery are not smaller than the table's");
            double refused = study.People.Sum(one => one.RefusedAt(proposed)) / Math.Max(1.0, study.People.Sum(one => one.Own.Count));
            return proposed <= 0 || refused > MostRefused
                ? Nothing(string.Create(CultureInfo.InvariantCulture, $"at {strictest:0.000} - {shift:0.000} the door would refuse most "
                    + $"people: enrol with a stronger encoder, or centre the encodings on the site"))
                : new SiteCalibration(contradictions, proposed, shift, null);
        }

        Contradiction Contradicted((double Rate, double Distance) row)
        {
            int[] pairs = [.. nearest.Where(pair => pair.Distance < row.Distance)
                .CountBy(pair => (Math.Min(pair.One, pair.Other), Math.Max(pair.One, pair.Other))).Select(pair => pair.Value)];
            return new Contradiction(row.Rate, row.Distance, new ErrorRate((long)study.NonMated.Below(row.Distance), comparisons),
                pairs.Length, pairs.DefaultIfEmpty(0).Max());
        }
    }
}
