using DoorAgent.Encodings;
using DoorAgent.Faces;
using DoorAgent.Models;
using DoorAgent.Networks;
using DoorAgent.Storage;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Models;

public sealed class SelfTestTests
{
    private static readonly CatalogueEntry Encoder = Catalogue.Embedded.Find(Catalogue.BuiltInEncoder);

    [Theory]
    [InlineData("door-detector")]
    [InlineData("yunet-n")]
    [InlineData("yunet-2023mar")]
    public void EveryDetectorOfTheCataloguePassesItsSelfTest(string id)
    {
        using FaceDetector detector = Detector(id);
        DetectorSelfTest.Run(detector);
    }

    [Theory]
    [InlineData("door-encoder")]
    [InlineData("mobilefacenet")]
    [InlineData("face-reid-0095")]
    public void EveryEncoderOfTheCataloguePassesItsSelfTest(string id)
    {
        using FaceDetector detector = Detector(Catalogue.BuiltInDetector);
        CatalogueEntry entry = Catalogue.Embedded.Find(id);
        using FaceEncoder encoder = new(entry, new Network(id, Store(id).Open(entry).Content));
        EncoderSelfTest.Run(encoder, detector);
    }

    [Fact]
    public void ACompositePassesItsSelfTestAndReportsItsWorstPart()
    {
        ModelStore store = Store("mobilefacenet");
        using FaceDetector detector = Detector(Catalogue.BuiltInDetector);
        using FaceEncoder one = FaceEncoder.Open(Catalogue.Embedded.Find("mobilefacenet"), store);
        using FaceEncoder two = FaceEncoder.Open(Catalogue.Embedded.Find("face-reid-0095"), store);
        using FaceEncoder both = FaceEncoder.Open(Catalogue.Embedded.Find("mobilefacenet+face-reid-0095"), store);
        float[] parts = [EncoderSelfTest.Run(one, detector)!.Value, EncoderSelfTest.Run(two, detector)!.Value];
        Assert.Equal(parts.Max(), EncoderSelfTest.Run(both, detector));
    }

    [Fact]
    public void ACollapsedPartIsRefusedByItsNameAlthoughTheOtherPartTellsPeopleApart()
    {
        CatalogueEntry pixels = Catalogue.Embedded.Find("pixels") with { File = "network.onnx" };
        CatalogueEntry entry = Encoder with { Id = "made", File = "", Parts = [Encoder.Id, pixels.Id] };
        using FaceDetector detector = Detector(Catalogue.BuiltInDetector);
        using FaceEncoder encoder = new(entry,
            [EncoderPart.Open(Encoder, Store(Encoder.Id)), new EncoderPart(pixels, new RawPixels(pixels.Input))]);
        string why = Assert.Throws<UserErrorException>(() => EncoderSelfTest.Run(encoder, detector)).Message;
        Assert.StartsWith("The part pixels of the encoder made failed its self-test: two people are", why, StringComparison.Ordinal);
    }

    [Fact]
    public void APartWithAnotherAnswerIsRefusedByItsName()
    {
        CatalogueEntry wrong = Encoder with { KnownAnswer = [.. Encoder.KnownAnswer.Reverse()] };
        using FaceDetector detector = Detector(Catalogue.BuiltInDetector);
        using FaceEncoder encoder = new(Encoder with { Id = "made", File = "", Parts = [Encoder.Id] },
            [new EncoderPart(wrong, new Network(wrong.Id, Store(wrong.Id).Open(wrong).Content))]);
        string why = Assert.Throws<UserErrorException>(() => EncoderSelfTest.Run(encoder, detector)).Message;
        Assert.StartsWith(
            "The part door-encoder of the encoder made failed its self-test: for a known input", why, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("door-detector", "pixels from the known face")]
    [InlineData("door-encoder", "from the known answer")]
    public void TheCheckReportsTheDeviationFromTheKnownAnswer(string id, string words)
    {
        CheckedModel model = new ModelCheck(Store(id), TimeProvider.System).Run(Catalogue.Embedded.Find(id));
        Assert.Null(model.Refusal);
        Assert.EndsWith(words, model.Off, StringComparison.Ordinal);
    }

    [Fact]
    public void TheCheckRefusesADetectorThatFindsTheKnownFaceElsewhere()
    {
        CatalogueEntry entry = Catalogue.Embedded.Find(Catalogue.BuiltInDetector);
        KnownFace face = entry.KnownFace!;
        float[] box = [face.Box[0] + 40, .. face.Box.Skip(1)];
        Assert.Contains("overlaps the right one by",
            WhyNotGood(entry with { KnownFace = face with { Box = box } }), StringComparison.Ordinal);
        float[][] landmarks = [.. face.Landmarks.Take(4), [face.Landmarks[4][0], face.Landmarks[4][1] + 4]];
        Assert.Contains("a landmark is",
            WhyNotGood(entry with { KnownFace = face with { Landmarks = landmarks } }), StringComparison.Ordinal);
    }

    [Fact]
    public void TheCheckRefusesAnEncoderWithAnotherAnswer() =>
        Assert.Contains("known input",
            WhyNotGood(Encoder with { KnownAnswer = [.. Encoder.KnownAnswer.Reverse()] }), StringComparison.Ordinal);

    [Fact]
    public void TheSeedsNetworkWithRandomWeightsIsRefused()
    {
        string why = WhyRefused(RandomWeights(seed: 1), Encoder);
        Assert.Contains("known input", why, StringComparison.Ordinal);
        Assert.Contains("stays locked", why, StringComparison.Ordinal);
    }

    [Fact]
    public void TheSeparationTestAloneRefusesRandomWeights() =>
        Assert.Contains("does not distinguish faces",
            WhyRefused(RandomWeights(seed: 2), Encoder with { KnownAnswer = [] }), StringComparison.Ordinal);

    [Fact]
    public void ANetworkWhoseOutputDoesNotDependOnItsInputIsRefused()
    {
        byte[] content = WithWeights((array, values) =>
        {
            // Only the bias of the last layer remains: every face becomes the same vector.
            if (array.Name.StartsWith("dense_w", StringComparison.Ordinal))
                values.Clear();
        });
        Assert.Contains("does not distinguish faces", WhyRefused(content, Encoder with { KnownAnswer = [] }), StringComparison.Ordinal);
        Assert.Contains("known input", WhyRefused(content, Encoder), StringComparison.Ordinal);
    }

    [Fact]
    public void ANetworkThatReturnsNaNIsRefused()
    {
        byte[] content = WithWeights((array, values) =>
        {
            if (array.Name == "dense_b")
                values.Fill(float.NaN);
        });
        Assert.Contains("not finite", WhyRefused(content, Encoder), StringComparison.Ordinal);
    }

    [Fact]
    public void AnotherNetworksFileIsRefusedByItsDigest()
    {
        using TempFolder folder = new();
        File.Copy(Path.Combine(Places.BuiltInModels, "door-detector.onnx"), Path.Combine(folder.Path, Encoder.File));
        UserErrorException refusal =
            Assert.Throws<UserErrorException>(() => new ModelStore([folder.Path]).Open(Encoder with { Bytes = 1 }));
        Assert.Contains("is not door-encoder", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ATruncatedFileIsReportedAsCutOff()
    {
        using TempFolder folder = new();
        byte[] whole = File.ReadAllBytes(Path.Combine(Places.BuiltInModels, Encoder.File));
        File.WriteAllBytes(Path.Combine(folder.Path, Encoder.File), whole.AsSpan(0, 1_000_000));
        UserErrorException refusal = Assert.Throws<UserErrorException>(() => new ModelStore([folder.Path]).Open(Encoder));
        Assert.Contains($"cut off: 1000000 of {whole.Length} bytes", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ATruncatedNetworkCannotBeLoadedEither()
    {
        byte[] whole = File.ReadAllBytes(Path.Combine(Places.BuiltInModels, Encoder.File));
        Assert.Throws<UserErrorException>(() => new Network("cut", whole[..1_000_000]));
    }

    [Theory]
    [InlineData("cls_8")]
    [InlineData("obj_16")]
    [InlineData("kps_32")]
    public void ADetectorWithoutOneOutputIsRefused(string output)
    {
        byte[] content = File.ReadAllBytes(Path.Combine(Places.BuiltInModels, "door-detector.onnx"));
        byte[] name = System.Text.Encoding.ASCII.GetBytes(output);
        for (int at = content.AsSpan().IndexOf(name); at >= 0; at = content.AsSpan().IndexOf(name))
            content[at] = (byte)'x';
        using Network network = new("door-detector", content);
        CatalogueEntry entry = Catalogue.Embedded.Find(Catalogue.BuiltInDetector);
        string refusal = Assert.Throws<UserErrorException>(() => new FaceDetector(entry, network)).Message;
        Assert.EndsWith($"the output {output} is missing.", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void ADetectorIsRefusedAsAnEncoder()
    {
        using Network detector = new("door-detector", File.ReadAllBytes(Path.Combine(Places.BuiltInModels, "door-detector.onnx")));
        Assert.Contains("another network",
            Assert.Throws<UserErrorException>(() => new FaceEncoder(Encoder, detector)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TheBuiltInEncoderHasTheSeedsNumberOfParameters() => Assert.Equal(
        3_743_280, OnnxFile.CountParameters(File.ReadAllBytes(Path.Combine(Places.BuiltInModels, Encoder.File))));

    private static string? WhyNotGood(CatalogueEntry entry)
    {
        CheckedModel model = new ModelCheck(Store(entry.Id), TimeProvider.System).Run(entry);
        Assert.Null(model.Off);
        return model.Refusal;
    }

    private static string WhyRefused(byte[] content, CatalogueEntry entry)
    {
        using FaceDetector detector = Detector(Catalogue.BuiltInDetector);
        using FaceEncoder encoder = new(entry, new Network(entry.Id, content));
        return Assert.Throws<UserErrorException>(() => EncoderSelfTest.Run(encoder, detector)).Message;
    }

    /// <summary>The network of the seed document: the right graph with its initial random weights (Glorot 2010).</summary>
    private static byte[] RandomWeights(int seed)
    {
        Random random = new(seed);
        return WithWeights((array, values) =>
        {
            if (array.Dimensions.Count < 2)
            {
                // The initial batch normalisation has scale and variance one, and shift, mean and bias zero.
                values.Fill(array.Name.EndsWith("_w", StringComparison.Ordinal)
                    || array.Name.EndsWith("_v", StringComparison.Ordinal) ? 1 : 0);
                return;
            }

            long field = array.Dimensions.Skip(2).Aggregate(1L, (product, size) => product * size);
            float limit = MathF.Sqrt(6f / ((array.Dimensions[0] + array.Dimensions[1]) * field));
            for (int i = 0; i < values.Length; i++)
                values[i] = ((2 * random.NextSingle()) - 1) * limit;
        });
    }

    private static byte[] WithWeights(WeightChange change)
    {
        byte[] content = File.ReadAllBytes(Path.Combine(Places.BuiltInModels, Encoder.File));
        foreach (OnnxArray array in OnnxFile.ReadInitializers(content).Where(array => array.IsFloat && array.Offset >= 0))
            OnnxWeights.Change(content, array, change);
        return content;
    }

    private static FaceDetector Detector(string id)
    {
        CatalogueEntry entry = Catalogue.Embedded.Find(id);
        return new FaceDetector(entry, new Network(id, Store(id).Open(entry).Content));
    }

    private static ModelStore Store(string id) =>
        new([Catalogue.Embedded.Find(id).IsBuiltIn ? Places.BuiltInModels : Shared.Need("models")]);
}
