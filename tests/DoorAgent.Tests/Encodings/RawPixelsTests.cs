using DoorAgent.Encodings;
using DoorAgent.Faces;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Matching;
using DoorAgent.Models;
using DoorAgent.Networks;
using DoorAgent.Storage;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Encodings;

public sealed class RawPixelsTests : IDisposable
{
    private readonly FacePipeline _pipeline = FacePipelineFactory.Open(TestNetworks.BuiltInOnly, new FaceOptions(), "pixels");

    public void Dispose() => _pipeline.Dispose();

    [Fact]
    public void TheEncodingConsistsOfTheAlignedFacesColours()
    {
        CatalogueEntry entry = Catalogue.Embedded.Find("pixels");
        using FaceEncoder encoder = FaceEncoder.Open(entry, new ModelStore([]));
        byte[] face = EncoderSelfTest.SyntheticFace(entry.Input.Width, entry.Input.Height);
        int size = face.Length / 3;
        // The input has planes of red, green and blue; the frame has rows of blue, green, red.
        double[] colours = [.. Enumerable.Range(0, face.Length).Select(i => (double)face[(3 * (i % size)) + 2 - (i / size)])];
        double length = Math.Sqrt(colours.Sum(colour => colour * colour));
        FaceEncoding encoding = encoder.Parts[0].Encode(face);
        Assert.Equal(face.Length, encoding.Dimension);
        Assert.All(colours.Zip(encoding.Vector.ToArray()), pair => Assert.Equal(pair.First / length, pair.Second, 1e-6));
    }

    [Fact]
    public void TwoReadingsOfOnePictureAreEqual()
    {
        Frame frame = new();
        string adam = Path.Combine(Places.BuiltInPeople, "adam", "enrol-1.jpg");
        FaceEncoding first = _pipeline.Encode(adam, frame);
        Assert.Equal(first.Vector.ToArray(), _pipeline.Encode(adam, frame).Vector.ToArray());
    }

    [Fact]
    public void TheLookAlikeIsNearerToAdamThanAdamIsToHimself()
    {
        Frame frame = new();
        FaceEncoding[] adam = [.. Enumerable.Range(1, 3).Select(picture => Read($"adam/enrol-{picture}.jpg"))];
        Assert.True(Nearest("stranger-1/door-1/03.jpg") < Nearest("adam/door-1/03.jpg"));
        Assert.True(Nearest("nora/door-1/03.jpg") < _pipeline.RawDistance);

        float Nearest(string picture) => adam.Min(Read(picture).DistanceTo);

        FaceEncoding Read(string picture) => _pipeline.Encode(Path.Combine(Places.BuiltInPeople, picture), frame);
    }

    [Fact]
    public void ANetworkLikeRawPixelsWouldFailItsSelfTest()
    {
        CatalogueEntry detects = Catalogue.Embedded.Find(Catalogue.BuiltInDetector),
        entry = Catalogue.Embedded.Find("pixels") with { File = "network.onnx" };
        using FaceDetector detector = new(detects, new Network(detects.Id, new ModelStore([Places.BuiltInModels]).Open(detects).Content));
        using FaceEncoder encoder = new(entry, new RawPixels(entry.Input));
        string why = Assert.Throws<UserErrorException>(() => EncoderSelfTest.Run(encoder, detector)).Message;
        Assert.Contains("does not distinguish faces", why, StringComparison.Ordinal);
    }

    [Fact]
    public void NoErrorRateIsPromisedForRawPixels()
    {
        string why = Assert.Throws<UserErrorException>(() => FacePipelineFactory.ThresholdsOf(_pipeline, new MatchingOptions())).Message;
        Assert.Contains("no calibration", why, StringComparison.Ordinal);
        Assert.Contains("for looking only", why, StringComparison.Ordinal);
    }
}
