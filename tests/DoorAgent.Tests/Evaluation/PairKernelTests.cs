using System.Collections.Concurrent;
using CsCheck;
using DoorAgent.Evaluation;

namespace DoorAgent.Tests.Evaluation;

public sealed class PairKernelTests
{
    // Sides of blocks and lengths of vector registers are crossed: rows up to 300, dimensions that are no multiple of 4.
    private static readonly Gen<(float[] Vectors, int Dimension)> Rows =
        from rows in Gen.Int[0, 300]
        from dimension in Gen.Int[1, 70]
        from vectors in Gen.Float[-1, 1].Array[rows * dimension]
        select (vectors, dimension);

    [Fact]
    public void EveryPairIsVisitedOnceWithTheProductOfANaiveLoop() => Rows.Sample(made =>
    {
        (float[] vectors, int dimension) = made;
        int rows = vectors.Length / dimension;
        ConcurrentBag<(int Row, int Column, float Dot)> seen = [];
        PairKernel.Run(vectors, dimension, () => seen, (bag, block) =>
        {
            for (int row = block.FirstRow; row < block.EndRow; row++)
            {
                ReadOnlySpan<float> dots = block.DotsOf(row);
                for (int i = 0; i < dots.Length; i++)
                    bag.Add((row, block.FirstColumnOf(row) + i, dots[i]));
            }
        });
        Assert.Equal(rows * (rows - 1) / 2, seen.Count);
        Assert.Equal(seen.Count, seen.Select(one => (one.Row, one.Column)).Distinct().Count());
        Assert.All(seen, one =>
        {
            Assert.True(one.Row < one.Column && one.Column < rows);
            double naive = Enumerable.Range(0, dimension)
                .Sum(i => (double)vectors[(one.Row * dimension) + i] * vectors[(one.Column * dimension) + i]);
            Assert.Equal(naive, one.Dot, 1e-4);
        });
    }, iter: 25);

    [Fact]
    public void ProgressEndsAtOneAndACancelledRunStops()
    {
        float[] vectors = new float[1000 * 8];
        List<double> shares = [];
        PairKernel.Run(vectors, 8, () => 0, (_, _) => { }, new Told(shares), TestContext.Current.CancellationToken);
        Assert.Equal(1, shares.Max(), 1e-12);
        Assert.ThrowsAny<OperationCanceledException>(
            () => PairKernel.Run(vectors, 8, () => 0, (_, _) => { }, cancellation: new CancellationToken(canceled: true)));
    }

    private sealed class Told(List<double> shares) : IProgress<double>
    {
        public void Report(double value)
        {
            lock (shares)
                shares.Add(value);
        }
    }
}
