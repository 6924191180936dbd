using System.Security.Cryptography;
using DoorAgent.Encodings;
using DoorAgent.Faces;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Networks;
using DoorAgent.Storage;
using DoorAgent.Tests.Support;
using OpenCvSharp;

namespace DoorAgent.Tests.Encodings;

/// <summary>Encodes built-in people with a composite of the built-in encoder and raw pixels.</summary>
public sealed class FaceEncoderTests : IDisposable
{
    private static readonly CatalogueEntry Composite = Catalogue.Embedded.Find("door-encoder") with
    {
        Id = "made",
        File = "",
        Parts = ["door-encoder", "pixels"],
        Output = new ModelOutput(3200),
        Alignment = new ModelAlignment(90, []),
    };

    private readonly ModelStore _store = new([Places.BuiltInModels]);
    private readonly FacePipeline _pipeline = TestNetworks.BuiltIn();
    private readonly Frame _frame = new();

    public void Dispose() => _pipeline.Dispose();

    [Fact]
    public void ACompositeJoinsTheUnitEncodingsOfItsPartsSoThatSquaredDistancesAreTheMeanOfTheirs()
    {
        using FaceEncoder composite = FaceEncoder.Open(Composite, _store), network = Open("door-encoder"), pixels = Open("pixels");
        FaceEncoding[] joined = [.. People(composite)], one = [.. People(network)], two = [.. People(pixels)];
        for (int i = 0; i < joined.Length; i++)
        {
            double[] expected = [.. one[i].Vector.ToArray().Concat(two[i].Vector.ToArray()).Select(number => number / Math.Sqrt(2))];
            Assert.All(expected.Zip(joined[i].Vector.ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
            for (int k = 0; k < i; k++)
            {
                double mean = (Math.Pow(one[i].DistanceTo(one[k]), 2) + Math.Pow(two[i].DistanceTo(two[k]), 2)) / 2;
                Assert.Equal(mean, Math.Pow(joined[i].DistanceTo(joined[k]), 2), 1e-5);
            }
        }
    }

    [Fact]
    public void AFlippedEncodingIsTheMeanOverTheFaceAndItsMirrorImageInEachPartBeforeTheyAreJoined()
    {
        using FaceEncoder composite = FaceEncoder.Open(Composite, _store);
        AlignedFace[] crops = [.. AlignedFace.All(_frame, Read("adam"))];
        FaceEncoding flipped = composite.Encode(crops, flips: true);
        List<double> expected = [];
        foreach (EncoderPart part in composite.Parts)
        {
            Frame crop = crops.Single(one => one.Alignment == part.Alignment).Picture;
            using Mat picture = Mat.FromPixelData(crop.Height, crop.Width, MatType.CV_8UC3, crop.Pixels.ToArray());
            using Mat mirrored = picture.Flip(FlipMode.Y);
            Frame mirror = new();
            MatFrame.Copy(mirrored, mirror);
            double[] sum =
            [
                .. part.Encode(crop.Pixels).Vector.ToArray().Zip(
                    part.Encode(mirror.Pixels).Vector.ToArray(), (one, other) => (double)one + other),
            ];
            double length = Math.Sqrt(sum.Sum(number => number * number));
            expected.AddRange(sum.Select(number => number / length / Math.Sqrt(2)));
        }

        Assert.All(expected.Zip(flipped.Vector.ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
        Assert.InRange(flipped.DistanceTo(composite.Encode(crops)), 0.01, 0.8);
        // The picture's mirror image has the same flipped encoding: the order of the two does not matter.
        Assert.InRange(flipped.DistanceTo(composite.Encode([.. crops.Select(Mirrored)], flips: true)), 0, 1e-3);
    }

    [Fact]
    public void AFlippedFaceDoesNotChangeTheNextEncoding()
    {
        using FaceEncoder encoder = Open("door-encoder");
        Landmarks landmarks = Read("nora");
        FaceEncoding before = encoder.Encode(_frame, landmarks);
        encoder.Encode(_frame, landmarks, flips: true);
        Assert.Equal(before.Vector.ToArray(), encoder.Encode(_frame, landmarks).Vector.ToArray());
    }

    [Fact]
    public void APipelineThatFlipsReturnsFlippedEncodingsForFramesPicturesAndCrops()
    {
        using FaceEncoder encoder = Open("door-encoder");
        FaceEncoding expected = encoder.Encode(_frame, Read("adam"), flips: true), plain = encoder.Encode(_frame, Read("adam"));
        _pipeline.Flips = true;
        Assert.Equal(expected.Vector.ToArray(), _pipeline.ReadFrame(_frame).Encoding!.Vector.ToArray());
        _pipeline.KeepsCrops = true;
        FaceReading reading = _pipeline.ReadPicture(_frame, PictureUse.Recognise);
        Assert.Equal(reading.Encoding!.Vector.ToArray(), _pipeline.Encode(reading.Crops).Vector.ToArray());
        // A crop consists of whole bytes.
        Assert.InRange(reading.Encoding.DistanceTo(expected), 0, 0.02);
        Assert.True(reading.Encoding.DistanceTo(plain) > 0.05);
    }

    [Fact]
    public void TheDigestOfACompositeIsMadeOfItsPartsDigestsAndAlignmentsInOrder()
    {
        string Digest(params string[] parts)
        {
            using FaceEncoder encoder = FaceEncoder.Open(Composite with { Parts = parts }, _store);
            return encoder.Entry.Sha256;
        }

        List<byte> facts = [];
        foreach (string id in Composite.Parts)
        {
            CatalogueEntry part = Catalogue.Embedded.Find(id);
            facts.AddRange([.. Convert.FromHexString(part.Sha256), (byte)part.Alignment!.Version, 0, 0, 0]);
        }

        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData([.. facts])), Digest("door-encoder", "pixels"));
        Assert.NotEqual(Digest("door-encoder", "pixels"), Digest("pixels", "door-encoder"));
        Assert.NotEqual(Digest("door-encoder"), Catalogue.Embedded.Find("door-encoder").Sha256);
        CatalogueEntry other = Catalogue.Embedded.Find("door-encoder") with { Alignment = new ModelAlignment(77, []) };
        Assert.NotEqual(Composite.OfParts([other]).Sha256, Digest("door-encoder"));
    }

    [Fact]
    public void AMissingOrWrongPartIsRefusedByItsName()
    {
        using TempFolder folder = new();
        CatalogueEntry entry = Composite with { Parts = ["door-encoder", "mobilefacenet"] };
        ModelStore store = new([folder.Path, Places.BuiltInModels]);
        string missing = Assert.Throws<UserErrorException>(() => FaceEncoder.Open(entry, store)).Message;
        Assert.StartsWith("The encoder made needs its part mobilefacenet. The network mobilefacenet", missing, StringComparison.Ordinal);
        Assert.Contains("models pull mobilefacenet", missing, StringComparison.Ordinal);
        File.WriteAllText(folder.File("mobilefacenet-foamliu.onnx"), "another");
        Assert.StartsWith("The encoder made needs its part mobilefacenet. ",
            Assert.Throws<UserErrorException>(() => FaceEncoder.Open(entry, store)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void EachPartNeedsItsOwnCrop()
    {
        using FaceEncoder composite = FaceEncoder.Open(Composite, _store);
        AlignedFace[] crops = [.. AlignedFace.All(_frame, Read("adam"))];
        AlignedFace[] needed = [.. crops.Where(crop => composite.Parts.Any(part => part.Alignment == crop.Alignment))];
        Assert.Equal(composite.Encode(crops).Vector.ToArray(), composite.Encode(needed).Vector.ToArray());
        Assert.Contains("fits pixels", Assert.Throws<InvalidDataException>(() => composite.Encode(needed[..1])).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void EveryCompositeOfTheCatalogueHasPlainPartsAndAnAlignmentNumberOfItsOwn() =>
        Assert.All(Catalogue.Embedded.Entries.Where(entry => entry.IsComposite), entry =>
        {
            IReadOnlyList<CatalogueEntry> parts = Catalogue.Embedded.NetworksOf(entry);
            Assert.Equal(string.Join('+', entry.Parts), entry.Id);
            Assert.All(parts, part => Assert.False(part.IsComposite));
            Assert.Equal(parts.Count, parts.DistinctBy(part => part.Id).Count());
            Assert.Equal(parts.Sum(part => part.Output!.Dimension), entry.Output!.Dimension);
            Assert.Single(Catalogue.Embedded.Entries, other => other.Alignment?.Version == entry.Alignment!.Version);
        });

    private static AlignedFace Mirrored(AlignedFace face)
    {
        using Mat picture = Mat.FromPixelData(face.Picture.Height, face.Picture.Width, MatType.CV_8UC3, face.Picture.Pixels.ToArray());
        using Mat mirrored = picture.Flip(FlipMode.Y);
        Frame mirror = new();
        MatFrame.Copy(mirrored, mirror);
        return face with { Picture = mirror };
    }

    private FaceEncoder Open(string id) => FaceEncoder.Open(Catalogue.Embedded.Find(id), _store);

    private IEnumerable<FaceEncoding> People(FaceEncoder encoder) =>
        new[] { "adam", "nora", "mark" }.Select(person => encoder.Encode(_frame, Read(person)));

    private Landmarks Read(string person)
    {
        PictureFile.Read(Path.Combine(Places.BuiltInPeople, person, "enrol-1.jpg"), _frame);
        return _pipeline.ReadFrame(_frame).Face!.Value.Landmarks;
    }
}
