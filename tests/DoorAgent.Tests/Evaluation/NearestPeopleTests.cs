using CsCheck;
using DoorAgent.Evaluation;

namespace DoorAgent.Tests.Evaluation;

public sealed class NearestPeopleTests
{
    private const int Dimension = 16;

    private static readonly Gen<float[]> Vector = Gen.Float[-1, 1].Array[Dimension].Where(values => values.Sum(value => value * value) > 0.01f)
        .Select(values =>
        {
            float length = MathF.Sqrt(values.Sum(value => value * value));
            return values.Select(value => value / length).ToArray();
        });

    [Fact]
    public void RowsAndPairsAgreeWithANaiveLoop() => Gen.Select(Vector.Array[0, 4].Array[0, 40], Gen.Int[1, 30]).Sample((people, most) =>
    {
        EncodedSet set = SetOf(people);
        NearestPeople found = NearestPeople.Of(set, most);
        for (int row = 0; row < set.Rows; row++)
        {
            int[] others = [.. Enumerable.Range(0, set.Rows).Where(other => set.PersonOf[other] != set.PersonOf[row])];
            if (others.Length == 0)
            {
                Assert.Null(found.OfRow(row));
                continue;
            }

            (int nearest, float distance) = found.OfRow(row)!.Value;
            Assert.Contains(nearest, others);
            Assert.Equal(others.Min(other => Distance(set, row, other)), Distance(set, row, nearest), 1e-3);
            Assert.Equal(Distance(set, row, nearest), distance, 2e-3);
        }

        double[] pairs = [.. Pairs(set).Order().Take(most)];
        Assert.Equal(pairs.Length, found.Pairs.Count);
        Assert.All(pairs.Zip(found.Pairs), pair => Assert.Equal(pair.First, pair.Second.Distance, 2e-3));
        Assert.Equal(found.Pairs.Count, found.Pairs.Select(pair => (pair.One, pair.Other)).Distinct().Count());
        Assert.All(found.Pairs, pair => Assert.True(pair.One < pair.Other));
    }, iter: 200);

    [Fact]
    public void ManyPairsAreReducedToTheNearestWithoutLosingOne()
    {
        Random random = new(5);
        float[][][] people = [.. Enumerable.Range(0, 700).Select(_ => new[] { Unit(random) })];
        EncodedSet set = SetOf(people);
        IReadOnlyList<PeoplePair> all = NearestPeople.Of(set, 300_000, cancellation: TestContext.Current.CancellationToken).Pairs;
        Assert.Equal(700 * 699 / 2, all.Count);
        Assert.Equal(all.Take(50), NearestPeople.Of(set, 50, cancellation: TestContext.Current.CancellationToken).Pairs);
    }

    private static float[] Unit(Random random)
    {
        float[] values = [.. Enumerable.Range(0, Dimension).Select(_ => (float)random.NextDouble() - 0.5f)];
        float length = MathF.Sqrt(values.Sum(value => value * value));
        return [.. values.Select(value => value / length)];
    }

    private static EncodedSet SetOf(float[][][] people) => new([.. people.Select((_, i) => $"{i}")],
        [.. people.SelectMany((own, i) => own.Select(_ => i))], [.. people.SelectMany(own => own.SelectMany(vector => vector))], Dimension);

    private static Dictionary<(int, int), double>.ValueCollection Pairs(EncodedSet set)
    {
        Dictionary<(int, int), double> pairs = [];
        for (int row = 0; row < set.Rows; row++)
        {
            for (int other = row + 1; other < set.Rows; other++)
            {
                (int, int) people = (set.PersonOf[row], set.PersonOf[other]);
                if (people.Item1 != people.Item2)
                    pairs[people] = Math.Min(Distance(set, row, other), pairs.GetValueOrDefault(people, double.PositiveInfinity));
            }
        }

        return pairs.Values;
    }

    private static double Distance(EncodedSet set, int row, int other)
    {
        double sum = 0;
        for (int i = 0; i < set.Dimension; i++)
            sum += Math.Pow((double)set.Vector(row)[i] - set.Vector(other)[i], 2);
        return Math.Sqrt(sum);
    }
}
