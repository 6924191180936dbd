using System.Numerics.Tensors;
using DoorAgent.Evaluation;
using DoorAgent.Networks;

namespace DoorAgent.Tests.Evaluation;

public sealed class DatasetCalibrationTests
{
    private static readonly int[] Counts = [.. Enumerable.Range(0, 250).Select(i => 1 + (i % 12))];

    [Fact]
    public void TheRowsOfTheNearestRuleAreTheRatesOfAllPairs()
    {
        EncodedSet set = SomeEncodings.Make(Counts, seed: 5, spread: 0.5, dimension: 32);
        DatasetCalibration table = Measure(set, "nearest");
        DistanceHistogram all = DistanceHistogram.Of(set, cancellation: TestContext.Current.CancellationToken);

        Assert.Equal(set.NonMatedPairs, table.Comparisons);
        RateRow[] counted = [.. table.Rows.Where(row => !row.IsEstimate)];
        Assert.Equal([1e-3, 1e-4, 3.4e-5, 1e-5], counted.Select(row => row.Fmr));
        foreach (RateRow row in counted)
            Assert.Equal(all.Plain.ThresholdAt(row.Fmr), row.Distance, 0.0003);
        Assert.Contains(table.Rows, row => row.IsEstimate);
        Assert.All(table.Rows.Zip(table.Rows.Skip(1)), pair => Assert.True(pair.First.Distance > pair.Second.Distance));
    }

    [Fact]
    public void AMeanIsMeasuredForEachNumberOfPicturesAndTheStrictestCounts()
    {
        DatasetCalibration table = Measure(Alike(SomeEncodings.Make(Counts, seed: 6, spread: 1, dimension: 32)), "mean");

        Assert.Equal([1, 2, 3, 5, 10], table.Parts.Select(part => part.Pictures));
        double[] atOneInAThousand = [.. table.Parts.Select(part => part.Rows.Single(row => row.Fmr == 1e-3).Distance)];
        Assert.Equal(atOneInAThousand.OrderDescending(), atOneInAThousand);
        Assert.True(atOneInAThousand[0] - atOneInAThousand[^1] > 0.02);
        Assert.Equal(atOneInAThousand[^1], table.Rows.Single(row => row.Fmr == 1e-3).Distance);
    }

    [Fact]
    public void CentredEncodingsLieFartherFromEachOther()
    {
        EncodedSet site = Alike(SomeEncodings.Make(Counts, seed: 7, spread: 0.5, dimension: 32));

        Assert.True(At(Measure(site, "nearest+centred")) - At(Measure(site, "nearest")) > 0.05);

        static double At(DatasetCalibration table) => table.Rows.Single(row => row.Fmr == 1e-3).Distance;
    }

    [Fact]
    public void EnrolledEncodingsThatDifferFromThoseAtTheDoorAreComparedInBothDirections()
    {
        EncodedSet probes = SomeEncodings.Make([2, 3, 1], seed: 8, spread: 0.5, dimension: 32);
        EncodedSet enrolled = new(probes.People, probes.PersonOf, [.. probes.Vectors], probes.Dimension);
        DatasetCalibration table = DatasetCalibration.Measure(enrolled, probes, ComparisonRule.Parse("nearest+flip-enrolment")!,
            cancellation: TestContext.Current.CancellationToken);

        Assert.Equal(2 * probes.NonMatedPairs, table.Comparisons);
    }

    [Fact]
    public void TemplatesOfOneDrawShareNoPictureAndFewerPicturesGiveNone()
    {
        EncodedSet set = SomeEncodings.Make([1, 2, 5], seed: 9, spread: 0.5, dimension: 32);
        EncodedSet pairs = SampleTemplates.Of(set, 2, TemplateKind.Mean);

        // Three draws of two groups from five pictures; two pictures have one group only.
        Assert.Equal([0, 1, 6], pairs.CountOf);
        (int first, int _) = set.RowsOf(1);
        Assert.Equal(Mean([.. set.Vector(first), .. set.Vector(first + 1)]), pairs.Vector(0).ToArray(), new Near());
    }

    [Fact]
    public void TooFewPeopleGiveNoTable()
    {
        Assert.Empty(Measure(SomeEncodings.Make([], seed: 1, spread: 0.5, dimension: 32), "mean").Rows);
        Assert.Empty(Measure(SomeEncodings.Make([9], seed: 1, spread: 0.5, dimension: 32), "nearest+centred").Rows);
        Assert.Empty(Measure(SomeEncodings.Make([1, 1, 1], seed: 1, spread: 0.5, dimension: 32), "mean+centred").Rows);
    }

    /// <summary>Adds a part that all have in common, as faces in one light have.</summary>
    private static EncodedSet Alike(EncodedSet set)
    {
        float[] alike = [.. set.Vectors];
        for (int row = 0; row < set.Rows; row++)
        {
            Span<float> vector = alike.AsSpan(row * set.Dimension, set.Dimension);
            vector[0] += 0.6f;
            TensorPrimitives.Divide(vector, TensorPrimitives.Norm<float>(vector), vector);
        }

        return new EncodedSet(set.People, set.PersonOf, alike, set.Dimension);
    }

    private static DatasetCalibration Measure(EncodedSet set, string rule) =>
        DatasetCalibration.Measure(set, set, ComparisonRule.Parse(rule)!);

    private static float[] Mean(float[] rows)
    {
        float[] sum = new float[32];
        for (int at = 0; at < rows.Length; at += sum.Length)
            TensorPrimitives.Add(sum, rows.AsSpan(at, sum.Length), sum);
        TensorPrimitives.Divide(sum, TensorPrimitives.Norm<float>(sum), sum);
        return sum;
    }

    private sealed class Near : IEqualityComparer<float>
    {
        public bool Equals(float x, float y) => MathF.Abs(x - y) < 1e-5f;

        public int GetHashCode(float obj) => 0;
    }
}
