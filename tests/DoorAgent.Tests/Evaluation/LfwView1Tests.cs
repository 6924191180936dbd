using System.Globalization;
using DoorAgent.Encodings;
using DoorAgent.Evaluation;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Evaluation;

/// <summary>Runs LFW's development test (500 pairs of one person, 500 of two) through the whole pipeline.</summary>
[Slow]
public sealed class LfwView1Tests(ITestOutputHelper output)
{
    private const int Seed = 1;

    [Fact]
    public void TheStrongPairReachesTheFiguresOfTheDesign()
    {
        (EncodedSet encodings, ComparedPairs pairs) = Compare("yunet-n", "mobilefacenet");
        MatchErrors errors = Report(pairs, 1.151, 1.086, 1.019);
        Assert.True(errors.Accuracy(1.151) >= 0.988);
        Assert.Equal(0, errors.NonMated.Below(1.086));
        Assert.InRange(errors.Fnmr(1.086), 0, 25 / 500.0);
        FoldedEvaluation folded = FoldedEvaluation.Of(pairs)!;
        Assert.True(folded.BestAccuracy >= 0.990);
        Assert.InRange(folded.Accuracy.Mean, 0.980, folded.BestAccuracy);
        Assert.InRange(folded.Validation.Mean, 0.95, 1);

        // All pairs of these pictures, at the distances of the catalogue: the rates of all pairs of LFW.
        MatchErrors all = DistanceHistogram.Of(encodings).Plain;
        Assert.Equal((983, 1_197_943), (all.Mated.Total, all.NonMated.Total));
        Assert.InRange(all.Fmr(1.151), 0.9e-3, 1.1e-3);
        Assert.InRange(all.Fmr(1.086), 0.7e-4, 1.3e-4);
    }

    // One more error of 1,000 pairs than was measured is a rounding of another processor.
    [Theory]
    [InlineData("mobilefacenet", true, 0.989)]
    [InlineData("face-reid-0095", false, 0.995)]
    [InlineData("mobilefacenet+face-reid-0095", false, 0.995)]
    [InlineData("mobilefacenet+face-reid-0095", true, 0.993)]
    public void AtTheBestThresholdAnEncoderReachesTheAccuracyThatWasMeasured(string encoder, bool flips, double least)
    {
        MatchErrors pairs = Report(Compare("yunet-n", encoder, flips).Pairs, 1.099, 1.071, 1.039);
        Assert.InRange(pairs.Accuracy(pairs.BestThreshold()), least, 1);
    }

    [Fact]
    public void TheBuiltInPairReachesTheFiguresOfItsModelCard()
    {
        MatchErrors errors = Report(Compare("door-detector", "door-encoder").Pairs, 1.196, 0.944, 0.883);
        Assert.True(errors.Accuracy(errors.BestThreshold()) >= 0.960);
        Assert.Equal(0, errors.NonMated.Below(0.944));
    }

    [Fact]
    public void TheBuiltInEncoderWithTheOtherDetectorReachesTheFiguresOfItsModelCard()
    {
        MatchErrors errors = Report(Compare("yunet-n", "door-encoder").Pairs, 1.194, 0.949);
        Assert.True(errors.Accuracy(errors.BestThreshold()) >= 0.980);
    }

    [Fact]
    public void RawPixelsDemonstrateThePurposeOfEncodings()
    {
        MatchErrors errors = Report(Compare("yunet-n", "pixels").Pairs, 0.3, 0.5);
        Assert.InRange(errors.Accuracy(errors.BestThreshold()), 0.6, 0.7);
        Assert.True(errors.NonMated.Below(0.5) > 100);
        // At a rate that accepts almost no stranger, raw pixels accept almost nobody.
        Assert.True(errors.Fnmr(0.3) > 450 / 500.0);
    }

    private static (EncodedSet Encodings, ComparedPairs Pairs) Compare(string detector, string encoder, bool flips = false)
    {
        string root = Shared.Need("faces/lfw-view1");
        PictureSet set = PairsFile.Read(Path.Combine(root, "pairsDevTest.txt")).In(root);
        Assert.Equal((500, 500), (set.Pairs.Count(pair => pair.IsMated), set.Pairs.Count(pair => !pair.IsMated)));
        using FacePipeline pipeline = Open();
        EncodedPictures encoded = new SetEncoder(pipeline, Open, cache: null)
            .Encode(set, cancellation: TestContext.Current.CancellationToken);
        Assert.Empty(encoded.Encodings.Failures);
        return (encoded.Encodings, ComparedPairs.Of(set, encoded.Encodings, Seed));

        FacePipeline Open()
        {
            FacePipeline opened = TestNetworks.Open(detector, encoder);
            opened.Flips = flips;
            return opened;
        }
    }

    private MatchErrors Report(ComparedPairs pairs, params double[] thresholds)
    {
        MatchErrors errors = MatchErrors.Of(pairs.Pairs);
        foreach (double threshold in (double[])[.. thresholds, errors.BestThreshold()])
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{threshold:0.000}: accuracy {errors.Accuracy(threshold):0.0000}, {errors.NonMated.Below(threshold)} false matches, "
                + $"{errors.Mated.Total - errors.Mated.Below(threshold)} false non-matches"));
        }

        return errors;
    }
}
