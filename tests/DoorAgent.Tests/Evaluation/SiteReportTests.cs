using System.Numerics.Tensors;
using DoorAgent.Evaluation;
using DoorAgent.Matching;
using DoorAgent.Networks;

namespace DoorAgent.Tests.Evaluation;

public sealed class SiteReportTests
{
    private const int Dimension = 128;

    // About where random directions of this length have these rates.
    private static readonly CalibrationTable Table = new([(1e-5, 1.145), (1e-4, 1.18), (1e-3, 1.22)]);

    [Fact]
    public void AGalleryLikeTheTablesPicturesContradictsNothing()
    {
        SiteReport report = Measure(People(40));

        Assert.Empty(report.Findings.Contradictions);
        Assert.Null(report.Findings.Proposed);
        Assert.Equal("the gallery does not contradict the table", report.Findings.WhyNot);
        Assert.Equal((40, 120L * 39), (report.People, report.Study.FalseMatches.Trials));
        Assert.Equal(1e-3, report.Support.Smallest);
    }

    [Fact]
    public void PeopleWhoAreMoreAlikeContradictTheTableAndGetAStricterDistance()
    {
        SiteReport report = Measure(Alike(People(40)));

        Contradiction worst = report.Findings.Contradictions[0];
        Assert.Equal((1e-3, 1.22), (Math.Round(worst.Fmr, 9), worst.Distance));
        Assert.True(worst.Found.Lower > 1e-3 && worst.Pairs > 1);
        Assert.Null(report.Findings.WhyNot);
        double strictest = report.Study.People.Min(one => one.Threshold), proposed = report.Findings.Proposed!.Value;
        Assert.InRange(proposed, 0.5, strictest - 0.01);
        Assert.Equal(strictest - report.Findings.Shift, proposed, 2e-4);
    }

    [Fact]
    public void FewPeopleAreToldAndNothingIsProposed()
    {
        SiteReport report = Measure(Alike(People(19)));

        Assert.NotEmpty(report.Findings.Contradictions);
        Assert.Null(report.Findings.Proposed);
        Assert.Equal("fewer than 20 people say little about others", report.Findings.WhyNot);
    }

    [Fact]
    public void TwoPeopleWhoLookAlikeAreAMatterForTheAudit()
    {
        EncodedSet set = People(40);
        float[] vectors = [.. set.Vectors];
        // The second person is a twin of the first.
        vectors.AsSpan(0, 3 * Dimension).CopyTo(vectors.AsSpan(3 * Dimension));
        SiteReport report = Measure(new EncodedSet(set.People, set.PersonOf, vectors, Dimension));

        Assert.All(report.Findings.Contradictions, row => Assert.True(row.IsOfOnePair));
        Assert.NotEmpty(report.Findings.Contradictions);
        Assert.Null(report.Findings.Proposed);
        Assert.Contains("people audit", report.Findings.WhyNot, StringComparison.Ordinal);
        Assert.Equal(["person 0", "person 1"], report.WorstFirst.Take(2).Select(one => one.Name).Order());
    }

    [Fact]
    public void ADistanceThatWouldRefuseMostPeopleIsNotProposed()
    {
        // Pictures of one person that differ as much as those of two.
        SiteReport report = Measure(Alike(SomeEncodings.Make([.. Enumerable.Repeat(3, 40)], seed: 4, spread: 2, Dimension)));

        Assert.NotEmpty(report.Findings.Contradictions);
        Assert.Null(report.Findings.Proposed);
        Assert.Contains("would refuse most people", report.Findings.WhyNot, StringComparison.Ordinal);
    }

    [Fact]
    public void NobodyAndOnePersonContradictNothing()
    {
        Assert.Empty(Measure(People(0)).Findings.Contradictions);
        Assert.Empty(Measure(People(1)).Rows);
        Assert.Empty(Measure(People(1), "mean").Findings.Contradictions);
    }

    private static SiteReport Measure(EncodedSet set, string rule = "nearest")
    {
        Thresholds thresholds = new(new MatchingOptions { Fmr = 1e-4 }, Table);
        return SiteReport.Measure(set, new SiteConditions("encoder", "detector", ComparisonRule.Parse(rule)!, 1e-4, "LFW", Table),
            templates => thresholds.Verification(templates));
    }

    private static EncodedSet People(int people) =>
        SomeEncodings.Make([.. Enumerable.Repeat(3, people)], seed: 3, spread: 0.4, Dimension);

    private static EncodedSet Alike(EncodedSet set)
    {
        float[] alike = [.. set.Vectors];
        for (int row = 0; row < set.Rows; row++)
        {
            Span<float> vector = alike.AsSpan(row * Dimension, Dimension);
            vector[0] += 0.4f;
            TensorPrimitives.Divide(vector, TensorPrimitives.Norm<float>(vector), vector);
        }

        return new EncodedSet(set.People, set.PersonOf, alike, Dimension);
    }
}
