using System.Numerics.Tensors;
using CsCheck;
using DoorAgent.Evaluation;
using DoorAgent.Networks;

namespace DoorAgent.Tests.Evaluation;

public sealed class GalleryStudyTests
{
    private const double Threshold = 1.1;

    [Fact]
    public void TheNearestRuleGivesTheNumbersOfPlainLoops() =>
        SomeEncodings.Sets.Sample(set => Check(set, TemplateKind.Nearest), iter: 200);

    [Fact]
    public void TheMeanGivesTheNumbersOfPlainLoops() => SomeEncodings.Sets.Sample(set => Check(set, TemplateKind.Mean), iter: 200);

    [Fact]
    public void EachPersonIsJudgedByTheThresholdOfTheirNumberOfTemplates()
    {
        EncodedSet set = SomeEncodings.Make([3, 1, 0], seed: 1);
        GalleryStudy nearest = GalleryStudy.Of(set, TemplateKind.Nearest, templates => 1.0 / templates,
            cancellation: TestContext.Current.CancellationToken);
        GalleryStudy mean = GalleryStudy.Of(set, TemplateKind.Mean, templates => 1.0 / templates,
            cancellation: TestContext.Current.CancellationToken);

        Assert.Equal([1.0 / 3, 1, 0], nearest.People.Select(one => one.Threshold));
        Assert.Equal([1.0, 1, 0], mean.People.Select(one => one.Threshold));
    }

    [Fact]
    public void OnePictureOfAPersonHasNoRightClaimAndOnePersonNoOther()
    {
        GalleryStudy one = GalleryStudy.Of(SomeEncodings.Make([1], seed: 1), TemplateKind.Nearest, _ => Threshold,
            cancellation: TestContext.Current.CancellationToken);
        GalleryStudy none = GalleryStudy.Of(SomeEncodings.Make([], seed: 1), TemplateKind.Mean, _ => Threshold,
            cancellation: TestContext.Current.CancellationToken);

        SitePerson person = Assert.Single(one.People);
        Assert.Empty(person.Own);
        Assert.Null(person.NearestOther);
        Assert.True(double.IsPositiveInfinity(person.NearestDistance));
        Assert.Equal(new ErrorRate(0, 0), one.FalseMatches);
        Assert.Equal(new ErrorRate(0, 0), none.FalseNonMatches);
        Assert.Equal(0, none.NonMated.Total);
    }

    private static void Check(EncodedSet set, TemplateKind kind)
    {
        GalleryStudy study = GalleryStudy.Of(set, kind, _ => Threshold,
            cancellation: TestContext.Current.CancellationToken);
        double comparisons = 0;
        for (int person = 0; person < set.People.Count; person++)
        {
            SitePerson found = study.People[person];
            float[][] own = RowsOf(set, person);
            (int Other, double Distance)[] claims = [.. Enumerable.Range(0, set.People.Count)
                .Where(other => other != person && own.Length > 0)
                .SelectMany(other => RowsOf(set, other).Select(probe => (other, Distance(probe, own, kind))))];
            comparisons += kind == TemplateKind.Nearest ? claims.Length * own.Length / 2.0 : claims.Length;

            Assert.Equal(claims.Length, found.Claims);
            Assert.Equal(claims.Count(claim => claim.Distance < Threshold), found.FalseMatches);
            Assert.Equal(claims.Select(claim => claim.Distance).DefaultIfEmpty(double.PositiveInfinity).Min(), found.NearestDistance, 1e-3);
            double[] expected = own.Length < 2 ? []
                : [.. own.Select((probe, i) => Distance(probe, [.. own.Where((_, k) => k != i)], kind))];
            Assert.Equal(expected.Length, found.Own.Count);
            Assert.All(expected.Zip(found.Own), pair => Assert.Equal(pair.First, pair.Second, 1e-3));
        }

        Assert.Equal(comparisons, study.NonMated.Total);
    }

    private static float[][] RowsOf(EncodedSet set, int person)
    {
        (int first, int count) = set.RowsOf(person);
        return [.. Enumerable.Range(first, count).Select(row => set.Vector(row).ToArray())];
    }

    private static double Distance(float[] probe, float[][] rows, TemplateKind kind)
    {
        if (kind == TemplateKind.Nearest)
            return rows.Min(row => TensorPrimitives.Distance<float>(probe, row));
        float[] mean = [.. Enumerable.Range(0, probe.Length).Select(i => rows.Sum(row => row[i]))];
        TensorPrimitives.Divide(mean, TensorPrimitives.Norm<float>(mean), mean);
        return TensorPrimitives.Distance<float>(probe, mean);
    }
}
