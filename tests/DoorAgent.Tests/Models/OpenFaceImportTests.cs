using DoorAgent.Encodings;
using DoorAgent.Faces;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Models;
using DoorAgent.Networks;
using DoorAgent.Storage;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Models;

[Slow]
public sealed class OpenFaceImportTests(OpenFaceImportTests.OwnWeights own) : IClassFixture<OpenFaceImportTests.OwnWeights>, IDisposable
{
    private readonly TempFolder _folder = new();

    private string Weights => _folder.File("weights");

    private string Target => _folder.File("models");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void TheBuiltInWeightsAsCsvGiveTheSameEncodings()
    {
        OpenFaceImportResult made = OpenFaceImport.Run(own.Folder, Target);
        Assert.Equal("openface", made.Entry.Id);
        CatalogueEntry builtIn = Catalogue.Embedded.Find(Catalogue.BuiltInEncoder);
        using FaceEncoder before = FaceEncoder.Open(builtIn, new ModelStore([Places.BuiltInModels])),
        after = FaceEncoder.Open(Catalogue.Embedded.Find("openface"), new ModelStore([Target]));
        foreach (byte[] face in Faces())
            Assert.Equal(before.Parts[0].Encode(face).Vector.ToArray(), after.Parts[0].Encode(face).Vector.ToArray());
        Assert.Equal(builtIn.KnownAnswer, made.Entry.KnownAnswer);
        Assert.Equal(3_743_280, OnnxFile.CountParameters(File.ReadAllBytes(made.Path)));
    }

    [Fact]
    public void TheImportedNetworkPassesItsSelfTestAndReadsFaces()
    {
        OpenFaceImportResult made = OpenFaceImport.Run(own.Folder, Target);
        using FacePipeline pipeline =
            FacePipelineFactory.Open(new Places("", [Target, Places.BuiltInModels]), new FaceOptions(), "openface");
        Assert.Equal(made.Entry.Sha256, Convert.ToHexStringLower(pipeline.EncoderDigest));
        Assert.Equal(0.7, pipeline.RawDistance);
        Frame frame = new();
        FaceEncoding Read(string picture) => pipeline.Encode(Path.Combine(Places.BuiltInPeople, picture), frame);
        Assert.True(Read("adam/enrol-1.jpg").DistanceTo(Read("adam/enrol-2.jpg")) < Read("adam/enrol-1.jpg")
            .DistanceTo(Read("nora/enrol-1.jpg")));
    }

    [Fact]
    public void UntrainedWeightsAreRefusedAndNothingIsWritten()
    {
        Random random = new(1);
        OpenFaceFolder.Write(Weights, (array, values) =>
        {
            float limit = MathF.Sqrt(6f / (array.Dimensions.Count > 1 ? array.Dimensions[0] + array.Dimensions[1] : 2));
            for (int i = 0; i < values.Length; i++)
                values[i] = array.Dimensions.Count > 1 ? ((2 * random.NextSingle()) - 1) * limit
                    : array.Name.EndsWith("_w", StringComparison.Ordinal) || array.Name.EndsWith("_v", StringComparison.Ordinal) ? 1 : 0;
        });
        string why = Assert.Throws<UserErrorException>(() => OpenFaceImport.Run(Weights, Target)).Message;
        Assert.Contains("nothing was written", why, StringComparison.Ordinal);
        Assert.Contains("does not distinguish faces", why, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Target));
    }

    [Fact]
    public void AMissingAndAWrongFileAreNamedAndNothingIsWritten()
    {
        Directory.CreateDirectory(Weights);
        foreach (string file in Directory.EnumerateFiles(own.Folder))
            File.Copy(file, Path.Combine(Weights, Path.GetFileName(file)));
        File.Delete(Path.Combine(Weights, "dense_w.csv"));
        File.WriteAllText(Path.Combine(Weights, "bn1_m.csv"), "1,2,3");
        string why = Assert.Throws<UserErrorException>(() => OpenFaceImport.Run(Weights, Target)).Message;
        Assert.Contains("2 of 224 files are wrong", why, StringComparison.Ordinal);
        Assert.Contains("dense_w.csv: missing (128 x 736 = 94,208 numbers)", why, StringComparison.Ordinal);
        Assert.Contains("bn1_m.csv: 3 numbers, must be 64 numbers", why, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Target));
    }

    [Fact]
    public void ANetworkWithoutItsOwnSidecarIsRefused()
    {
        string path = OpenFaceImport.Run(own.Folder, Target).Path, record = ModelSidecar.PathFor(path), good = File.ReadAllText(record);
        File.WriteAllText(record, good.Replace("\"sha256\":\"", "\"sha256\":\"00", StringComparison.Ordinal));
        Assert.Contains("is not openface", WhyRefused(), StringComparison.Ordinal);
        File.WriteAllText(record, "{\"bytes\":1,\"sha256\":\"\",\"knownAnswer\":[1,2]}");
        Assert.Contains("2 numbers and must have 128", WhyRefused(), StringComparison.Ordinal);
        foreach (string bad in (string[])["", "null", "{}", "{\"bytes\":1,\"sha256\":null,\"knownAnswer\":null}"])
        {
            File.WriteAllText(record, bad);
            Assert.Contains("Import the weights again", WhyRefused(), StringComparison.Ordinal);
        }

        File.Delete(record);
        Assert.Contains("openface.json", WhyRefused(), StringComparison.Ordinal);
        File.WriteAllText(record, good);
        byte[] changed = File.ReadAllBytes(path);
        changed[^1000] ^= 1;
        File.WriteAllBytes(path, changed);
        Assert.Contains("is not openface", WhyRefused(), StringComparison.Ordinal);
    }

    [Fact]
    public void AMissingLocallyBuiltNetworkIsReportedWithTheImportCommand() =>
        Assert.Contains("models import --openface-csv DIR", WhyRefused(), StringComparison.Ordinal);

    private string WhyRefused() =>
        Assert.Throws<UserErrorException>(() => new ModelStore([Target]).Open(Catalogue.Embedded.Find("openface"))).Message;

    private static IEnumerable<byte[]> Faces()
    {
        yield return EncoderSelfTest.SyntheticFace(96, 96);
        Random random = new(3);
        for (int face = 0; face < 3; face++)
        {
            byte[] noise = new byte[3 * 96 * 96];
            random.NextBytes(noise);
            yield return noise;
        }
    }

    /// <summary>The weights of the built-in encoder as CSV files, written once.</summary>
    public sealed class OwnWeights : IDisposable
    {
        private readonly TempFolder _folder = new();

        public OwnWeights() => OpenFaceFolder.Write(_folder.Path);

        internal string Folder => _folder.Path;

        public void Dispose() => _folder.Dispose();
    }
}
