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
    private static readonly Range MobileFaceNet = ..128, FaceReid = 128..;

    /// <summary>Three pairs of 1,000.</summary>
    private const double OtherProcessor = 0.003;

    // The encoding of the composite holds those of its parts, so that pictures are read once for all three encoders.
    [Fact]
    public void TheStrongEncodersReachTheFiguresOfTheDesign()
    {
        using FacePipeline pipeline = OpenComposite(flips: false);
        Dictionary<string, FaceEncoding> encodings = Encode(pipeline);
        MatchErrors pairs = Compare(encodings, MobileFaceNet);
        Report(pairs, 1.151, 1.086, 1.019);
        Assert.True(pairs.Accuracy(1.151) >= 0.988);
        Assert.Equal(0, pairs.NonMated.Below(1.086));
        Assert.InRange(pairs.Mated.Total - pairs.Mated.Below(1.086), 0, 25);
        ReachesAtItsBestThreshold(Compare(encodings, FaceReid), 0.995);
        ReachesAtItsBestThreshold(Compare(encodings, Range.All), 0.995);
    }

    [Fact]
    public void WithMirrorImagesTheStrongEncodersReachTheAccuracyThatWasMeasured()
    {
        using FacePipeline pipeline = OpenComposite(flips: true);
        Dictionary<string, FaceEncoding> encodings = Encode(pipeline);
        ReachesAtItsBestThreshold(Compare(encodings, MobileFaceNet), 0.989);
        ReachesAtItsBestThreshold(Compare(encodings, Range.All), 0.993);
    }

    [Fact]
    public void TheBuiltInPairReachesTheFiguresOfItsModelCard()
    {
        using FacePipeline pipeline = TestNetworks.BuiltIn();
        MatchErrors pairs = Compare(Encode(pipeline), Range.All);
        NoWorseThanItsCard(pairs, pipeline);
        // Of 500 pairs of two people none is expected at a rate of 1e-5.
        Assert.Equal(0, pairs.NonMated.Below(pipeline.CalibrationOf(ComparisonRule.Nearest)!.Rows.Single(row => row.Fmr == 1e-5).Distance));
    }

    [Fact]
    public void TheBuiltInEncoderWithTheOtherDetectorReachesTheFiguresOfItsModelCard()
    {
        using FacePipeline pipeline = TestNetworks.Open("yunet-n", "door-encoder");
        MatchErrors pairs = Compare(Encode(pipeline), Range.All);
        NoWorseThanItsCard(pairs, pipeline);
    }

    [Fact]
    public void RawPixelsDemonstrateThePurposeOfEncodings()
    {
        using FacePipeline pipeline = TestNetworks.Open("yunet-n", "pixels");
        MatchErrors pairs = Compare(Encode(pipeline), Range.All);
        Report(pairs, 0.3, 0.5);
        Assert.InRange(pairs.Accuracy(pairs.BestThreshold()), 0.6, 0.7);
        Assert.True(pairs.NonMated.Below(0.5) > 100);
        // At a rate that accepts almost no stranger, raw pixels accept almost nobody.
        Assert.True(pairs.Mated.Total - pairs.Mated.Below(0.3) > 450);
    }

    private static FacePipeline OpenComposite(bool flips)
    {
        FacePipeline pipeline = TestNetworks.Open("yunet-n", "mobilefacenet+face-reid-0095");
        pipeline.Flips = flips;
        return pipeline;
    }

    // One more error of 1,000 pairs than was measured is a rounding of another processor.
    private void ReachesAtItsBestThreshold(MatchErrors pairs, double least)
    {
        Report(pairs, 1.100, 1.071, 1.039);
        Assert.InRange(pairs.Accuracy(pairs.BestThreshold()), least, 1);
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

    /// <summary>Returns the encodings of all pictures of the pairs.</summary>
    private static Dictionary<string, FaceEncoding> Encode(FacePipeline pipeline)
    {
        Frame frame = new();
        return Pairs().SelectMany(pair => new[] { pair.One, pair.Other }).Distinct()
            .ToDictionary(path => path, path => pipeline.Encode(path, frame));
    }

    /// <summary>Returns the errors of an encoder whose encoding is this part of a longer one.</summary>
    private static MatchErrors Compare(Dictionary<string, FaceEncoding> encodings, Range numbers)
    {
        ILookup<bool, float> distances = Pairs().ToLookup(pair => pair.IsMated,
            pair => encodings[pair.One].Part(numbers).DistanceTo(encodings[pair.Other].Part(numbers)));
        Assert.Equal((500, 500), (distances[true].Count(), distances[false].Count()));
        return new MatchErrors(Distribution(distances[true]), Distribution(distances[false]));
    }

    private static IEnumerable<(string One, string Other, bool IsMated)> Pairs()
    {
        string root = Shared.Need("faces/lfw-view1");
        foreach (string[] words in File.ReadLines(Path.Combine(root, "pairsDevTest.txt")).Skip(1).Select(line => line.Split('\t')))
        {
            yield return words.Length == 3 ? (Picture(words[0], words[1]), Picture(words[0], words[2]), true)
                : (Picture(words[0], words[1]), Picture(words[2], words[3]), false);
        }

        string Picture(string name, string number) =>
            Path.Combine(root, name, $"{name}_{int.Parse(number, CultureInfo.InvariantCulture):0000}.jpg");
    }

    private static DistanceDistribution Distribution(IEnumerable<float> distances)
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
