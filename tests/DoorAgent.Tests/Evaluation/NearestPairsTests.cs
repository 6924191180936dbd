using System.Numerics.Tensors;
using DoorAgent.Evaluation;

namespace DoorAgent.Tests.Evaluation;

public sealed class NearestPairsTests
{
    [Theory]
    [InlineData(50)]
    [InlineData(5_000)]
    public void TheNearestPairsOfASetAreThoseOfALoop(int most)
    {
        EncodedSet set = SomeEncodings.Make([3, 1, 0, 2, 40, 1, 5, 30], seed: 1, spread: 0.5, dimension: 32);
        Check(set, set, most, (row, column) => row < column);
    }

    [Theory]
    [InlineData(50)]
    [InlineData(5_000)]
    public void TheNearestTemplatesAreThoseOfALoop(int most)
    {
        EncodedSet templates = SomeEncodings.Make([1, 0, 2, 10], seed: 2, spread: 0.5, dimension: 32);
        EncodedSet pictures = SomeEncodings.Make([30, 2, 70, 9], seed: 3, spread: 0.5, dimension: 32);
        Check(templates, pictures, most, (_, _) => true);
    }

    [Fact]
    public void OnePersonOrNobodyHasNoPairs()
    {
        EncodedSet one = SomeEncodings.Make([4], seed: 1, spread: 0.5, dimension: 32);
        EncodedSet none = SomeEncodings.Make([0, 0], seed: 1, spread: 0.5, dimension: 32);
        Assert.Empty(NearestPairs.Of(one, one, 10, cancellation: TestContext.Current.CancellationToken));
        Assert.Empty(NearestPairs.Of(none, none, 10, cancellation: TestContext.Current.CancellationToken));
    }

    private static void Check(EncodedSet templates, EncodedSet pictures, int most, Func<int, int, bool> isCompared)
    {
        NearPair[] naive = [.. from row in Enumerable.Range(0, templates.Rows)
                               from column in Enumerable.Range(0, pictures.Rows)
                               where isCompared(row, column) && templates.PersonOf[row] != pictures.PersonOf[column]
                               select new NearPair(TensorPrimitives.Distance(templates.Vector(row), pictures.Vector(column)),
                                   templates.PersonOf[row], pictures.PersonOf[column])];
        int wanted = Math.Min(most, naive.Length);
        NearPair[] found = [.. NearestPairs.Of(templates, pictures, most).OrderBy(pair => pair.Distance).Take(wanted)];

        Assert.Equal(wanted, found.Length);
        foreach ((NearPair expected, NearPair actual) in naive.OrderBy(pair => pair.Distance).Zip(found))
        {
            Assert.Equal(expected.Distance, actual.Distance, 1e-4f);
            Assert.Equal((expected.One, expected.Other), (actual.One, actual.Other));
        }

        Assert.Equal(naive.Length,
            new ComparisonCounts(templates.CountOf, pictures.CountOf, ReferenceEquals(templates, pictures)).Total());
    }
}
