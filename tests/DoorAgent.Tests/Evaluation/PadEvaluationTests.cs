using CsCheck;
using DoorAgent.Evaluation;
using DoorAgent.Faces;
using DoorAgent.Liveness;

namespace DoorAgent.Tests.Evaluation;

public sealed class PadEvaluationTests
{
    private static readonly Gen<PresentationResult[]> Results =
        from people in Gen.Int[-6, 6].Array[1, 12]
        from attacks in Gen.Int[-6, 6].Array[1, 12]
        select people.Select(score => SomeResults.Judged("live", score == -6 ? double.NegativeInfinity : score))
            .Concat(attacks.Select(score => SomeResults.Judged("print", score == -6 ? double.NegativeInfinity : score))).ToArray();

    [Fact]
    public void UnusablePeopleAreRefusedAndUnusableAttacksAreNotAccepted()
    {
        PadEvaluation part = new([
            SomeResults.Judged("live", 3), SomeResults.Judged("live", -1), SomeResults.Unusable("live", UnusableReason.TooSmall),
            SomeResults.Judged("print", 1), SomeResults.Judged("print", -4), SomeResults.Unusable("print", UnusableReason.NoFace)]);
        PresentationErrors[] errors = [.. part.Errors(0)];
        Assert.Equal(["live", "print"], errors.Select(one => one.Class));
        Assert.Equal(["BPCER", "APCER"], errors.Select(one => one.Name));
        Assert.Equal([new ErrorRate(2, 3), new ErrorRate(1, 3)], errors.Select(one => one.OfAll));
        Assert.Equal([new ErrorRate(1, 2), new ErrorRate(1, 2)], errors.Select(one => one.OfJudged));
        Assert.Equal([(UnusableReason.TooSmall, 1)], errors[0].Problems);
        Assert.Equal([(SpoofSign.Score, 1)], errors[1].Refusals);
    }

    [Fact]
    public void TheCheckAloneIsMeasuredOnEveryFace()
    {
        PadEvaluation part = new([SomeResults.Judged("live", 3),
            SomeResults.Unusable("live", UnusableReason.TooSmall) with { Unusable = new JudgedAttempt(SpoofSign.None, 4) },
            SomeResults.Unusable("live", UnusableReason.FaceTurned) with { Unusable = new JudgedAttempt(SpoofSign.None, -4) },
            SomeResults.Unusable("live", UnusableReason.NoFace)]);
        PresentationErrors live = part.Errors(0)[0];
        Assert.Equal((new ErrorRate(3, 4), new ErrorRate(0, 1), new ErrorRate(1, 3)), (live.OfAll, live.OfJudged, live.OfFaces));
    }

    [Fact]
    public void ACueRefusesAtEveryThresholdAndIsCountedAsItsOwnSign()
    {
        PadEvaluation part = new([SomeResults.Judged("live", 1), SomeResults.Judged("print", double.NegativeInfinity)]);
        PresentationErrors print = part.Errors(double.NegativeInfinity)[1];
        Assert.Equal(0, print.OfAll.Errors);
        Assert.Equal([(SpoofSign.Edges, 1)], print.Refusals);
    }

    [Fact]
    public void TheCuesAloneAcceptWhatTheyDoNotDenyAndGiveNoThreshold()
    {
        PresentationResult passed = new(SomeResults.Still("live", "1.jpg"), UnusableReason.None, [new JudgedAttempt(SpoofSign.None, null)]);
        PadEvaluation part = new([passed]);
        Assert.False(part.HasScores);
        Assert.Equal(0, part.Errors(0)[0].OfAll.Errors);
        Assert.Null(part.ThresholdFor(0.05));
        Assert.Empty(part.Roc("print"));
    }

    [Fact]
    public void ErrorsAreCountedByGroupToo()
    {
        PadEvaluation part = new([SomeResults.Judged("print", 1, "1", "a"), SomeResults.Judged("print", 2, "2", "a"),
            SomeResults.Judged("print", -2, "3", "a"), SomeResults.Judged("print", -2, "4", "b")]);
        PresentationErrors print = part.Errors(0)[0];
        Assert.Equal(new ErrorRate(1, 2), print.OfGroups);
        Assert.Equal(("a", new ErrorRate(2, 3)), print.Groups[0]);
        Assert.False(part.HasLive);
    }

    [Fact]
    public void TheThresholdIsTheHighestThatRefusesAtMostTheStatedShare() =>
        Gen.Select(Results, Gen.Int[1, 19]).Sample((results, twentieths) =>
    {
        double bpcer = twentieths / 20.0;
        double[] candidates = [.. results.Where(one => one.Presentation.IsLive).Select(one => one.First.Strength).Where(double.IsFinite)];
        double[] holding = [.. candidates.Where(threshold => Refused(results, threshold) <= bpcer + 1e-9)];
        Assert.Equal(holding.Length == 0 || results.All(one => one.First.Score is null) ? null : holding.Max(),
            new PadEvaluation(results).ThresholdFor(bpcer));
    });

    [Fact]
    public void TheCharacteristicAgreesWithCountingAtEachThreshold() => Results.Sample(results =>
    {
        RocPoint[] points = [.. new PadEvaluation(results).Roc("print")];
        Assert.All(points, point => Assert.Equal((Refused(results, point.Threshold), Accepted(results, point.Threshold)),
            (point.Bpcer, point.Apcer)));
        Assert.Equal(points.OrderBy(point => point.Bpcer), points);
        Assert.Equal((1.0, 0.0), (points[^1].Bpcer, points[^1].Apcer));
    });

    [Fact]
    public void TheWorstAttacksAreTheAcceptedOnesWithTheHighestScores()
    {
        PadEvaluation part = new([
            SomeResults.Judged("print", 1, "a"), SomeResults.Judged("mask", 7, "b"), SomeResults.Judged("print", -1, "c"),
            SomeResults.Judged("live", 9, "d"), SomeResults.Judged("live", -3, "e"), SomeResults.Judged("print", 4, "f")]);
        Assert.Equal(["mask/b", "print/f"], part.WorstAttacks(0, 2).Select(one => one.Presentation.Name));
        Assert.Equal(["live/e"], part.RefusedPeople(0, 9).Select(one => one.Presentation.Name));
        Assert.Equal(["live", "print", "mask"], part.Classes);
    }

    private static double Refused(PresentationResult[] results, double threshold)
    {
        PresentationResult[] people = [.. results.Where(one => one.Presentation.IsLive)];
        return (double)people.Count(one => !one.IsAccepted(threshold)) / people.Length;
    }

    private static double Accepted(PresentationResult[] results, double threshold)
    {
        PresentationResult[] attacks = [.. results.Where(one => !one.Presentation.IsLive)];
        return 1 - ((double)attacks.Count(one => !one.IsAccepted(threshold)) / attacks.Length);
    }
}
