using DoorAgent.Encodings;
using DoorAgent.Evaluation;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Evaluation;

/// <summary>Fits the tail on half of the people of LFW's development set, and compares with the other half.</summary>
[Slow]
public sealed class LfwTailTests(ITestOutputHelper output)
{
    private const double Rate = 1e-5;

    [Fact]
    public void TheTailOfHalfOfThePeopleForetellsTheNextDecadeOfTheOtherHalf()
    {
        PictureSet set = PictureSetFolder.Open(Shared.Need("faces/lfw-view1"));
        using FacePipeline pipeline = TestNetworks.Strong();
        EncodedSet all = new SetEncoder(pipeline, TestNetworks.Strong, null)
            .Encode(set, null, TestContext.Current.CancellationToken).Encodings;
        foreach (int half in new[] { 0, 1 })
        {
            NonMatedTail fitted = TailOf(all, half), other = TailOf(all, 1 - half);
            RateRow row = Assert.Single(fitted.Rows([Rate]));
            Assert.True(row.IsEstimate);
            Assert.True(row.Fmr < fitted.SmallestCounted / 3);

            // Three pairs of the other half lie below its distance at this rate; their number alone is uncertain by a factor of two.
            (double near, double far) = (Distance(other, 1), Distance(other, 2 * Rate * other.Comparisons));
            output.WriteLine($"half {half}: {row.Low:0.000} to {row.High:0.000}; the other half {near:0.000} to {far:0.000}");
            Assert.True(row.Low <= far && near <= row.High, $"{row}: {near} to {far}");
            Assert.Equal(row.Low, row.Distance);
        }
    }

    private static double Distance(NonMatedTail tail, double pairs) => tail.DistanceAt(pairs / tail.Comparisons)!.Value;

    private static NonMatedTail TailOf(EncodedSet all, int half)
    {
        int[] rows = [.. Enumerable.Range(0, all.Rows).Where(row => all.PersonOf[row] % 2 == half)];
        EncodedSet set = new(all.People, [.. rows.Select(row => all.PersonOf[row])],
            [.. rows.SelectMany(row => all.Vector(row).ToArray())], all.Dimension);
        ComparisonCounts counts = ComparisonCounts.OfPairs([.. set.CountOf]);
        int most = (int)NonMatedTail.NeededOf(counts.Total(), 1e-3);
        return new NonMatedTail(NearestPairs.Of(set, set, most), counts);
    }
}
