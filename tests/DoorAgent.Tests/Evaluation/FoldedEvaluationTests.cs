using CsCheck;
using DoorAgent.Evaluation;

namespace DoorAgent.Tests.Evaluation;

public sealed class FoldedEvaluationTests
{
    // Distances are in the middle of bins, so that rounding decides nothing.
    private static readonly Gen<ComparedPair> Pair =
        from step in Gen.Int[0, 199]
        from isMated in Gen.Bool
        from fold in Gen.Int[0, 3]
        select new ComparedPair((step / 100f) + 0.00005f, isMated, fold);

    private static readonly Gen<ComparedPair[]> Pairs = Pair.Array[0, 60];

    [Fact]
    public void NoThresholdIsBetterThanTheBestAndFoldsAreJudgedByTheOthers() => Pairs.Sample(pairs =>
    {
        int[] folds = [.. pairs.GroupBy(pair => pair.Fold).Where(fold => fold.Select(pair => pair.IsMated).Distinct().Count() == 2)
            .Select(fold => fold.Key).Order()];
        FoldedEvaluation? found = FoldedEvaluation.Of(new ComparedPairs(pairs, ""), far: 0.2);
        Assert.Equal(folds.Length < 2, found is null);
        if (found is null)
            return;
        ComparedPair[] used = [.. pairs.Where(pair => folds.Contains(pair.Fold))];
        Assert.Equal(Enumerable.Range(0, 2001).Max(step => NaiveAccuracy(used, step / 1000.0)), found.BestAccuracy, 1e-9);
        Assert.Equal(found.BestAccuracy, NaiveAccuracy(used, found.BestThreshold), 1e-9);
        foreach ((int at, int fold) in folds.Index())
        {
            ComparedPair[] own = [.. used.Where(pair => pair.Fold == fold)], others = [.. used.Where(pair => pair.Fold != fold)];
            Assert.Equal(NaiveAccuracy(own, MatchErrors.Of(others).BestThreshold()), found.Accuracy.Folds[at], 1e-9);
            double strict = Enumerable.Range(0, 2001).Select(step => step / 1000.0).Last(threshold => NaiveFar(others, threshold) <= 0.2);
            Assert.Equal(own.Count(pair => pair.IsMated && pair.Distance < strict) / (double)own.Count(pair => pair.IsMated),
                found.Validation.Folds[at], 1e-9);
            Assert.Equal(NaiveFar(own, strict), found.FalseAccepts.Folds[at], 1e-9);
        }
    });

    [Fact]
    public void TheStandardErrorIsThatOfTheMean()
    {
        FoldedRate rate = FoldedRate.Of([0.9, 1.0, 0.8]);
        Assert.Equal(0.9, rate.Mean, 1e-12);
        Assert.Equal(0.1 / Math.Sqrt(3), rate.StandardError, 1e-12);
        Assert.Equal(0, FoldedRate.Of([0.5]).StandardError);
    }

    [Fact]
    public void AThresholdBetweenSeparatedPairsIsInTheMiddle()
    {
        MatchErrors errors = MatchErrors.Of([new(0.6f, true, 0), new(1.2f, false, 0), new(float.PositiveInfinity, false, 0)]);
        Assert.Equal(0.9, errors.BestThreshold(), 1e-3);
        Assert.Equal(1, errors.Accuracy(0.9));
    }

    [Fact]
    public void APairWithoutAFaceMatchesAtNoThreshold()
    {
        MatchErrors errors = MatchErrors.Of([new(float.PositiveInfinity, true, 0), new(0.1f, true, 0)]);
        Assert.Equal(0.5, errors.Fnmr(2));
    }

    [Fact]
    public void PairsOfAFileAreDealtIntoFoldsAndDrawnPairsShareNoPersonBetweenFolds()
    {
        EncodedSet encodings = SomeEncodings.Make([.. Enumerable.Range(0, 60).Select(person => 1 + (person % 3))], seed: 4);
        PictureSet set = SetOf(encodings);
        IReadOnlyList<SetPair> drawn = PairDrawing.Of(encodings, 10, seed: 7);
        Assert.Equal(drawn, PairDrawing.Of(encodings, 10, seed: 7));
        Assert.All(drawn, pair => Assert.Equal(pair.IsMated, encodings.PersonOf[pair.One] == encodings.PersonOf[pair.Other]));
        Assert.All(drawn.GroupBy(pair => pair.Fold), fold =>
            Assert.Equal(fold.Count(pair => pair.IsMated), fold.Count(pair => !pair.IsMated)));
        Assert.Equal(drawn.Count, drawn.DistinctBy(pair => (pair.One, pair.Other)).Count());
        Dictionary<int, int> foldOf = [];
        foreach (SetPair pair in drawn)
        {
            foreach (int person in new[] { encodings.PersonOf[pair.One], encodings.PersonOf[pair.Other] })
                Assert.Equal(pair.Fold, foldOf.TryAdd(person, pair.Fold) ? pair.Fold : foldOf[person]);
        }

        PictureSet listed = set with { Folds = 1, Pairs = [.. drawn.Select(pair => pair with { Fold = 0 })] };
        ComparedPairs dealt = ComparedPairs.Of(listed, encodings, seed: 7);
        Assert.Equal(10, dealt.Pairs.Select(pair => pair.Fold).Distinct().Count());
        Assert.Equal(drawn.Count, dealt.Pairs.Count);
    }

    private static PictureSet SetOf(EncodedSet encodings) => new("/set", encodings.People,
        [.. Enumerable.Range(0, encodings.Rows).Select(row => new SetPicture($"{row}", $"/set/{row}", encodings.PersonOf[row]))]);

    private static double NaiveAccuracy(ComparedPair[] pairs, double threshold) =>
        pairs.Count(pair => pair.IsMated == pair.Distance < threshold) / (double)pairs.Length;

    private static double NaiveFar(ComparedPair[] pairs, double threshold) =>
        pairs.Count(pair => !pair.IsMated && pair.Distance < threshold) / (double)pairs.Count(pair => !pair.IsMated);
}
