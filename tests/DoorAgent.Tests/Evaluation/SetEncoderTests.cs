using DoorAgent.Encodings;
using DoorAgent.Evaluation;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Storage;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Evaluation;

/// <summary>Encodes pictures of the built-in people with the built-in networks.</summary>
public sealed class SetEncoderTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly FacePipeline _pipeline = TestNetworks.BuiltIn();

    public void Dispose()
    {
        _pipeline.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void RowsAreTheEncodingsOfTheMainFacesAndFailuresHaveNames()
    {
        EncodedPictures encoded = Encode(MakeSet(), cache: null);
        EncodedSet set = encoded.Encodings;
        Assert.Equal(["adam", "black", "nora"], set.People);
        Assert.Equal([0, 0, 2], set.PersonOf);
        Assert.Equal([("adam/broken.jpg", true), ("black/1.png", false)],
            set.Failures.Select(failure => (failure.Name, failure.Reason.Contains("not a picture", StringComparison.Ordinal))));
        Frame frame = new();
        foreach (int row in Enumerable.Range(0, set.Rows))
        {
            FaceEncoding alone = _pipeline.Encode(MakeSet().Pictures[set.PictureOf[row]].Path, frame);
            Assert.True(alone.Vector.SequenceEqual(set.Vector(row)));
        }

        Assert.Equal(0, encoded.FromCache);
    }

    [Fact]
    public void ASecondRunTakesAllFromTheCacheAndGivesTheSameNumbers()
    {
        PictureSet set = MakeSet();
        EncodedPictures first, second;
        using (EncodingCache cache = OpenCache())
            first = Encode(set, cache);
        using (EncodingCache cache = OpenCache())
            second = Encode(set, cache);
        // The file that is no picture is read again.
        Assert.Equal((0, 4), (first.FromCache, second.FromCache));
        Assert.Equal(first.Encodings.Vectors, second.Encodings.Vectors);
        Assert.Equal(first.Encodings.Failures, second.Encodings.Failures);
        Assert.Equal(first.Digest, second.Digest);
    }

    [Fact]
    public void ACacheOfAnotherProgramIsMadeAgain()
    {
        PictureSet set = MakeSet();
        using EncodingCache cache = OpenCache();
        EncodedPictures right = Encode(set, cache);
        float[] wrong = right.Encodings.Vector(2).ToArray();
        foreach (SetPicture picture in set.Pictures.Where(picture => picture.Name.StartsWith("adam", StringComparison.Ordinal)))
            cache.Add(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(picture.Path)), wrong);
        EncodedPictures again = Encode(set, cache);
        Assert.Contains(again.Notes, note => note.StartsWith("The cache was made by another version", StringComparison.Ordinal));
        Assert.Equal(right.Encodings.Vectors, again.Encodings.Vectors);
    }

    [Fact]
    public void TheDigestChangesWithAPictureAndWithItsName()
    {
        string before = Encode(MakeSet(), cache: null).Digest;
        File.Copy(Picture("nora/enrol-2.jpg"), _folder.File("nora/1.jpg"), overwrite: true);
        string after = Encode(PictureSetFolder.Open(_folder.Path), cache: null).Digest;
        File.Move(_folder.File("nora/1.jpg"), _folder.File("nora/2.jpg"));
        string renamed = Encode(PictureSetFolder.Open(_folder.Path), cache: null).Digest;
        Assert.Equal(3, new[] { before, after, renamed }.Distinct().Count());
    }

    [Fact]
    public void OneFileUnderTwoNamesIsNoted()
    {
        MakeSet();
        File.Copy(Picture("nora/enrol-1.jpg"), _folder.File("adam/3.jpg"));
        Assert.Contains(Encode(PictureSetFolder.Open(_folder.Path), cache: null).Notes,
            note => note.StartsWith("adam/3.jpg and nora/1.jpg are one file under two people's names", StringComparison.Ordinal));
    }

    [Fact]
    public void WithoutAnyFaceTheFirstPictureIsNamed()
    {
        PictureSet all = MakeSet();
        PictureSet black = all.Without(picture => picture.Name == "black/1.png" ? null : "not black");
        Assert.Contains("The first, black/1.png: no face was found.", Assert.Throws<UserErrorException>(
            () => Encode(black, cache: null)).Message, StringComparison.Ordinal);
    }

    private EncodedPictures Encode(PictureSet set, EncodingCache? cache) =>
        new SetEncoder(_pipeline, TestNetworks.BuiltIn, cache).Encode(set, cancellation: TestContext.Current.CancellationToken);

    private EncodingCache OpenCache() => EncodingCache.Open(_folder.File(".cache"), EvaluatedNetworks.Of(_pipeline));

    private PictureSet MakeSet()
    {
        foreach (string person in new[] { "adam", "nora", "black" })
            Directory.CreateDirectory(_folder.File(person));
        File.Copy(Picture("adam/enrol-1.jpg"), _folder.File("adam/1.jpg"), overwrite: true);
        File.Copy(Picture("adam/enrol-2.jpg"), _folder.File("adam/2.jpg"), overwrite: true);
        File.Copy(Picture("nora/enrol-1.jpg"), _folder.File("nora/1.jpg"), overwrite: true);
        _folder.Write("adam/broken.jpg", "no picture");
        Frame black = new();
        black.Resize(320, 240);
        black.Pixels.Clear();
        File.WriteAllBytes(_folder.File("black/1.png"), PictureFile.ToPng(black));
        return PictureSetFolder.Open(_folder.Path);
    }

    private static string Picture(string name) => Path.Combine(Places.BuiltInPeople, name);
}
