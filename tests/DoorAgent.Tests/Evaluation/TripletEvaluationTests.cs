using CsCheck;
using DoorAgent.Evaluation;

namespace DoorAgent.Tests.Evaluation;

public sealed class TripletEvaluationTests
{
    private const double Rounding = 1e-5;

    [Fact]
    public void SharesAndLossAgreeWithNaiveLoops() => SomeEncodings.Sets.Sample(set =>
    {
        // A small set is one batch: all rows of the people with several.
        int[] rows = [.. Enumerable.Range(0, set.Rows).Where(row => set.CountOf[set.PersonOf[row]] > 1)];
        float[][] encodings = [.. rows.Select(row => set.Vector(row).ToArray())];
        int[] people = [.. rows.Select(row => set.PersonOf[row])];
        TripletEvaluation? found = TripletEvaluation.Of(set, seed: 1);
        Assert.Equal(people.Distinct().Count() < 2, found is null);
        if (found is null)
            return;
        double[] all = [.. from a in Enumerable.Range(0, rows.Length)
                           from p in Enumerable.Range(0, rows.Length)
                           where p != a && people[p] == people[a]
                           from n in Enumerable.Range(0, rows.Length)
                           where people[n] != people[a]
                           select Excess(new Triplet(a, p, n))];
        double[] hard = [.. NaiveTriplets.HardNegatives(encodings, people).Select(Excess)];
        Assert.Equal((rows.Length, all.Length), (found.Rows, found.Triplets));
        // Squares of another order of sums may fall on the other side of a limit that a triplet lies on, and nothing else may differ.
        int undecided = all.Count(excess => Math.Abs(excess) < Rounding || Math.Abs(excess - TripletLoss.DefaultAlpha) < Rounding);
        Assert.Equal(all.Count(excess => excess > 0), found.Violated * all.Length, undecided + 1e-6);
        Assert.Equal(hard.Count(excess => excess > 0), found.HardViolated * hard.Length, undecided + 1e-6);
        Assert.Equal(hard.Average(excess => Math.Max(excess, 0)), found.MeanLoss, 1e-5);
        Assert.Equal(NaiveTriplets.SemiHard(encodings, people, TripletLoss.DefaultAlpha).Count(), found.SemiHard, undecided + 1e-6);

        double Excess(Triplet one) => NaiveTriplets.Square(encodings[one.Anchor], encodings[one.Positive])
            - NaiveTriplets.Square(encodings[one.Anchor], encodings[one.Negative]) + TripletLoss.DefaultAlpha;
    });

    [Fact]
    public void ALargeSetGivesABatchOfBoundedSize()
    {
        TripletEvaluation found = TripletEvaluation.Of(SomeEncodings.Make([.. Enumerable.Repeat(30, 200)], seed: 1), seed: 1)!;
        Assert.InRange(found.Rows, 900, 1000);
        Assert.Equal(found.Rows, 10 * found.People);
    }
}
