using System.Globalization;
using System.Text.Json;
using DoorAgent.Encodings;
using DoorAgent.Evaluation;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Networks;
using DoorAgent.Storage;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Evaluation;

/// <summary>Runs LFW's development test (500 pairs of one person, 500 of two) through the whole pipeline.</summary>
[Slow]
public sealed class LfwView1Tests(ITestOutputHelper output)
{
    /// <summary>Three pairs of 1,000.</summary>
    private const double OtherProcessor = 0.003;

    [Fact]
    public void TheStrongPairReachesTheFiguresOfTheDesign()
    {
        using FacePipeline pipeline = TestNetworks.Strong();
        MatchErrors pairs = Evaluate(pipeline);
        Report(pairs, 1.151, 1.086, 1.019);
        Assert.True(pairs.Accuracy(1.151) >= 0.988);
        Assert.Equal(0, pairs.NonMated.Below(1.086));
        Assert.InRange(pairs.Mated.Total - pairs.Mated.Below(1.086), 0, 25);
    }

    // One more error of 1,000 pairs than was measured is a rounding of another processor.
    [Theory]
    [InlineData("mobilefacenet", true, 0.989)]
    [InlineData("face-reid-0095", false, 0.995)]
    [InlineData("mobilefacenet+face-reid-0095", false, 0.995)]
    [InlineData("mobilefacenet+face-reid-0095", true, 0.993)]
    public void AtTheBestThresholdAnEncoderReachesTheAccuracyThatWasMeasured(string encoder, bool flips, double least)
    {
        using FacePipeline pipeline = TestNetworks.Open("yunet-n", encoder);
        pipeline.Flips = flips;
        MatchErrors pairs = Evaluate(pipeline);
        Report(pairs, 1.100, 1.071, 1.039);
        Assert.InRange(pairs.Accuracy(pairs.BestThreshold()), least, 1);
    }

    [Fact]
    public void TheBuiltInPairReachesTheFiguresOfItsModelCard()
    {
        using FacePipeline pipeline = TestNetworks.BuiltIn();
        MatchErrors pairs = Evaluate(pipeline);
        NoWorseThanItsCard(pairs, pipeline);
        // Of 500 pairs of two people none is expected at a rate of 1e-5.
        Assert.Equal(0, pairs.NonMated.Below(pipeline.CalibrationOf(ComparisonRule.Nearest)!.Rows.Single(row => row.Fmr == 1e-5).Distance));
    }

    [Fact]
    public void TheBuiltInEncoderWithTheOtherDetectorReachesTheFiguresOfItsModelCard()
    {
        using FacePipeline pipeline = TestNetworks.Open("yunet-n", "door-encoder");
        MatchErrors pairs = Evaluate(pipeline);
        NoWorseThanItsCard(pairs, pipeline);
    }

    [Fact]
    public void RawPixelsDemonstrateThePurposeOfEncodings()
    {
        using FacePipeline pipeline = TestNetworks.Open("yunet-n", "pixels");
        MatchErrors pairs = Evaluate(pipeline);
        Report(pairs, 0.3, 0.5);
        Assert.InRange(pairs.Accuracy(pairs.BestThreshold()), 0.6, 0.7);
        Assert.True(pairs.NonMated.Below(0.5) > 100);
        // At a rate that accepts almost no stranger, raw pixels accept almost nobody.
        Assert.True(pairs.Mated.Total - pairs.Mated.Below(0.3) > 450);
    }

    /// <summary>Compares with the accuracy on View 1 in the manifest of the built-in networks.</summary>
    private void NoWorseThanItsCard(MatchErrors pairs, FacePipeline pipeline)
    {
        Report(pairs);
        using JsonDocument manifest = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Places.BuiltInModels, "manifest.json")));
        double measured = manifest.RootElement.GetProperty("models").EnumerateArray()
            .Single(one => one.GetProperty("id").GetString() == Catalogue.BuiltInEncoder)
            .GetProperty("view1").GetProperty(pipeline.DetectorId).GetDouble();
        Assert.InRange(pairs.Accuracy(pairs.BestThreshold()), measured - OtherProcessor, 1);
    }

    private static MatchErrors Evaluate(FacePipeline pipeline)
    {
        string root = Shared.Need("faces/lfw-view1");
        Frame frame = new();
        Dictionary<string, FaceEncoding> encodings = [];
        List<float> mated = [], nonMated = [];
        foreach (string line in File.ReadLines(Path.Combine(root, "pairsDevTest.txt")).Skip(1))
        {
            string[] words = line.Split('\t');
            if (words.Length == 3)
                mated.Add(Encoding(words[0], words[1]).DistanceTo(Encoding(words[0], words[2])));
            else
                nonMated.Add(Encoding(words[0], words[1]).DistanceTo(Encoding(words[2], words[3])));
        }

        Assert.Equal((500, 500), (mated.Count, nonMated.Count));
        return new MatchErrors(Distribution(mated), Distribution(nonMated));

        FaceEncoding Encoding(string name, string number)
        {
            string path = Path.Combine(root, name, $"{name}_{int.Parse(number, CultureInfo.InvariantCulture):0000}.jpg");
            if (!encodings.TryGetValue(path, out FaceEncoding? encoding))
                encodings[path] = encoding = pipeline.Encode(path, frame);
            return encoding;
        }
    }

    private static DistanceDistribution Distribution(List<float> distances)
    {
        double[] counts = new double[DistanceDistribution.Bins];
        foreach (float distance in distances)
            counts[DistanceDistribution.BinOf(distance)]++;
        return new DistanceDistribution(counts);
    }

    private void Report(MatchErrors pairs, params double[] thresholds)
    {
        foreach (double threshold in (double[])[.. thresholds, pairs.BestThreshold()])
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{threshold:0.000}: accuracy {pairs.Accuracy(threshold):0.0000}, "
                + $"{pairs.NonMated.Below(threshold)} false matches, {pairs.Mated.Total - pairs.Mated.Below(threshold)} false non-matches"));
        }
    }
}
