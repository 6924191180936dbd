using System.Text;
using DoorAgent.Encodings;
using DoorAgent.Faces;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Matching;
using DoorAgent.Models;
using DoorAgent.Networks;
using DoorAgent.Storage;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Models;

public sealed class ModelAdditionTests : IDisposable
{
    private static readonly DateOnly Today = new(2026, 11, 28);

    private static readonly string BuiltIn = Path.Combine(Places.BuiltInModels, "door-encoder.onnx");

    private static readonly CatalogueEntry Entry = Catalogue.Embedded.Find(Catalogue.BuiltInEncoder);

    private static readonly string Digest = (Entry with { IsAdded = true }).EncodingSha256;

    private static readonly CalibrationFile Table = new("own-mine", Digest, "yunet-n", "nearest",
        [new CalibrationRow(1e-3, 1.1), new CalibrationRow(1e-5, 0.9), new CalibrationRow(1e-6, 0.5) { IsEstimate = true }], "my pictures",
        new string('1', 64), 1000, 500, 400_000, Today);

    private readonly TempFolder _folder = new();

    private string Target => _folder.File("models");

    private ModelStore Store => new([Target, Places.BuiltInModels]);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void AnAddedEncoderIsUsedLikeOneOfTheCatalogue()
    {
        AddedModel added = Add();
        Assert.Equal(("own-mine", 128, false), (added.Entry.Id, added.Entry.Output!.Dimension, added.WasThere));
        Assert.Equal([Path.Combine(Target, "own-mine.json"), Path.Combine(Target, "own-mine.onnx")], Directory.GetFiles(Target).Order());
        CatalogueEntry builtIn = Catalogue.Embedded.Find(Catalogue.BuiltInEncoder), entry = Store.Catalogue.Find("own-mine");
        Assert.Equal(builtIn.KnownAnswer, entry.KnownAnswer);
        Assert.Equal((true, builtIn.Alignment, builtIn.Sha256), (entry.IsAdded, entry.Alignment, entry.Sha256));
        Assert.Contains("added here from door-encoder.onnx on 2026-11-28", entry.Origin, StringComparison.Ordinal);
        Assert.Null(new ModelCheck(Store, TimeProvider.System).Run(entry).Refusal);
        Frame frame = new();
        string picture = Path.Combine(Places.BuiltInPeople, "adam/enrol-1.jpg");
        using FacePipeline mine = Open("own-mine"), theirs = Open(Catalogue.BuiltInEncoder);
        Assert.Equal(theirs.Encode(picture, frame).Vector.ToArray(), mine.Encode(picture, frame).Vector.ToArray());
        Assert.Contains("no calibration", Assert.Throws<UserErrorException>(
            () => FacePipelineFactory.ThresholdsOf(mine, new MatchingOptions())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ATableMakesItsEncoderFitForADoor()
    {
        Add();
        Assert.Equal("my pictures", Assert.Single(Calibrate(Table).Calibration).MeasuredOn);
        using FacePipeline pipeline = Open("own-mine");
        Assert.Null(pipeline.CalibrationOf(ComparisonRule.Nearest));
        CalibrationEntry table = Store.Catalogue.Find("own-mine").CalibrationOf("yunet-n", ComparisonRule.Nearest)!;
        Assert.Equal((400_000L, 0.9, true), (table.Comparisons, table.Rows[1].Distance, table.Rows[2].IsEstimate));

        // Another table for the same detector and rule replaces the first; one for another rule does not.
        Calibrate(Table with { MeasuredOn = "other pictures", Rows = [new CalibrationRow(1e-3, 1)] });
        CatalogueEntry both = Calibrate(Table with { Rule = "mean+flip", Detector = "door-detector" });
        Assert.Equal(["other pictures", "my pictures"], both.Calibration.Select(one => one.MeasuredOn));
        // Adding the same network again keeps its tables.
        Assert.True(Add() is { WasThere: true, Entry.Calibration.Count: 2 });
    }

    [Fact]
    public void ATableMayComeWithTheNetworkAndMayNameTheEntryThatTheNetworkIsLike()
    {
        CalibrationFile ofEntry = Table with { Encoder = Entry.Id, EncoderSha256 = Entry.Sha256 };
        string table = _folder.Write("table.json", Encoding.UTF8.GetString(ofEntry.ToJson()));
        Assert.Single(ModelAddition.Run(Wanted() with { Table = table }, Store, Target, Today).Entry.Calibration);
        NetworkToAdd scaled = Wanted() with { Name = "scaled", Scale = 1 / 256f, Table = table };
        Assert.Contains("measured with the encoder door-encoder, and not with own-scaled", WhyNot(scaled), StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(Target, "own-scaled.onnx")));
    }

    public static TheoryData<string, string> WrongTables() => new()
    {
        { "the SHA-256 is 000", ChangedTable(table => table with { EncoderSha256 = new string('0', 64) }) },
        { "not with own-mine", ChangedTable(table => table with { Encoder = "own-other" }) },
        { "the detector nobodys", ChangedTable(table => table with { Detector = "nobodys" }) },
        { "the detector sface", ChangedTable(table => table with { Detector = "sface" }) },
        { "not the name of a rule", ChangedTable(table => table with { Rule = "farthest" }) },
        { "not in order", ChangedTable(table => table with { Rows = [.. table.Rows.Reverse()] }) },
        { "not in order", ChangedTable(table => table with { Rows = [new CalibrationRow(1e-3, 1), new CalibrationRow(1e-4, 1)] }) },
        { "not in order", ChangedTable(table => table with { Rows = [new CalibrationRow(1e-3, 1), new CalibrationRow(1e-3, 0.9)] }) },
        { "not in order", ChangedTable(table => table with { Rows = [new CalibrationRow(1e-3, 2)] }) },
        { "not in order", ChangedTable(table => table with { Rows = [new CalibrationRow(1, 1)] }) },
        { "not in order", ChangedTable(table => table with
            {
                Rows = [table.Rows[0], table.Rows[1] with { IsEstimate = true }, new CalibrationRow(1e-6, 0.5)],
            }) },
        { "no measured row", ChangedTable(table => table with { Rows = [] }) },
        { "required", "{}" },
        { "was not taken", "" },
    };

    [Theory]
    [MemberData(nameof(WrongTables))]
    public void ATableThatDoesNotBelongToTheNetworkIsRefused(string why, string text)
    {
        Add();
        string before = File.ReadAllText(Path.Combine(Target, "own-mine.json"));
        string table = _folder.Write("table.json", text);
        Assert.Contains(why, Assert.Throws<UserErrorException>(() => ModelAddition.Calibrate("own-mine", table, Store.Directories)).Message,
            StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllText(Path.Combine(Target, "own-mine.json")));
    }

    [Theory]
    [InlineData("sface", "tables of the catalogue's networks are fixed")]
    [InlineData("own-nobody", "'dooragent models add' adds a network")]
    public void OnlyAnAddedNetworkGetsATable(string id, string why) => Assert.Contains(why, Assert.Throws<UserErrorException>(
        () => ModelAddition.Calibrate(id, _folder.File("table.json"), Store.Directories)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("mobilefacenet", null, "must be 1 x 3 x 112 x 112")]
    [InlineData("pixels", null, "no network of its own")]
    [InlineData("mobilefacenet+face-reid-0095", null, "no network of its own")]
    [InlineData("yunet-n", null, "There is no encoder 'yunet-n'")]
    [InlineData("door-encoder", "Big Name", "is no name")]
    [InlineData("door-encoder", "../escape", "is no name")]
    [InlineData("door-encoder", "", "is no name")]
    public void ANetworkThatDoesNotFitIsRefusedAndNothingIsWritten(string like, string? name, string why)
    {
        Assert.Contains(why, WhyNot(new NetworkToAdd(BuiltIn, like, name, null)), StringComparison.Ordinal);
        Assert.False(Directory.Exists(Target));
    }

    [Theory]
    [InlineData(0, 0, 1)]
    [InlineData(float.NaN, 0, 1)]
    [InlineData(1, float.PositiveInfinity, 1)]
    [InlineData(1, 0, 0)]
    public void ImpossiblePixelValuesAreRefused(float scale, float mean, float std) => Assert.Contains("its input needs",
        WhyNot(Wanted() with { Scale = scale, Mean = [mean, mean, mean], Std = [std, std, std] }), StringComparison.Ordinal);

    [Fact]
    public void AnEncoderThatDoesNotTellFacesApartIsRefused()
    {
        byte[] content = File.ReadAllBytes(BuiltIn);
        foreach (OnnxArray array in OnnxFile.ReadInitializers(content).Where(array => array is { IsFloat: true, Dimensions.Count: > 1 }))
            OnnxWeights.Change(content, array, (_, values) => values.Clear());
        File.WriteAllBytes(_folder.File("zero.onnx"), content);
        Assert.Contains("was not added", WhyNot(Wanted() with { File = _folder.File("zero.onnx") }), StringComparison.Ordinal);
        Assert.False(Directory.Exists(Target));
    }

    [Fact]
    public void AFileThatIsNoNetworkIsRefused()
    {
        string text = _folder.Write("text.onnx", "no network");
        Assert.Contains("not a network", WhyNot(Wanted() with { File = text }), StringComparison.Ordinal);
        Assert.Contains("nowhere.onnx", WhyNot(Wanted() with { File = _folder.File("nowhere.onnx") }), StringComparison.Ordinal);
    }

    [Fact]
    public void AnIdStandsForOneFileAndOneInputFormat()
    {
        Add();
        Assert.Contains("another own-mine", WhyNot(Wanted() with { Scale = 1 }), StringComparison.Ordinal);
        byte[] other = File.ReadAllBytes(BuiltIn);
        OnnxArray array = OnnxFile.ReadInitializers(other).First(one => one is { IsFloat: true, Dimensions.Count: > 1 });
        OnnxWeights.Change(other, array, (_, values) => values[0] += 0.01f);
        File.WriteAllBytes(_folder.File("other.onnx"), other);
        Assert.Contains("another own-mine", WhyNot(Wanted() with { File = _folder.File("other.onnx") }), StringComparison.Ordinal);

        // A lost file comes back, and the description stays.
        Calibrate(Table);
        File.Delete(Path.Combine(Target, "own-mine.onnx"));
        Assert.True(Add() is { WasThere: false, Entry.Calibration.Count: 1 });
        Assert.Single(Store.Catalogue.Find("own-mine").Calibration);
    }

    [Fact]
    public void GalleriesAndTablesKnowAnAddedNetworkByItsFileAndItsPixelValues()
    {
        ModelInput other = Entry.Input with { Mean = [0, 0, 0.5f] };
        string[] digests = [Entry.Sha256, Digest, .. new[]
        {
            Entry with { IsAdded = true, Input = other }, Entry with { IsAdded = true, Sha256 = new string('0', 64) },
            Entry with { IsAdded = true, Input = Entry.Input with { Channels = "BGR" } },
            Entry with { IsAdded = true, Input = Entry.Input with { Scale = 1 } },
        }.Select(entry => entry.EncodingSha256)];
        Assert.Equal(digests.Length, digests.Distinct().Count());
        Assert.Equal(Entry.Sha256, Entry.EncodingSha256);
        Add();
        using FacePipeline mine = Open("own-mine");
        Assert.Equal(Digest, Convert.ToHexStringLower(mine.EncoderDigest));
        Assert.All(mine.Files, file => Assert.NotEqual(Digest, file.Digest));
    }

    [Fact]
    public void TheNameOfTheFileBecomesTheId()
    {
        File.Copy(BuiltIn, _folder.File("My Net.v2.onnx"));
        Assert.Equal("own-my-net-v2", ModelAddition.Run(new NetworkToAdd(_folder.File("My Net.v2.onnx"), "door-encoder", null, null), Store,
            Target, Today).Entry.Id);
        Assert.Equal("own-two", ModelAddition.Run(Wanted() with { Name = "own-two" }, Store, Target, Today).Entry.Id);
    }

    private static NetworkToAdd Wanted() => new(BuiltIn, "door-encoder", "mine", null);

    private static string ChangedTable(Func<CalibrationFile, CalibrationFile> change) => Encoding.UTF8.GetString(change(Table).ToJson());

    private AddedModel Add() => ModelAddition.Run(Wanted(), Store, Target, Today);

    private CatalogueEntry Calibrate(CalibrationFile table) => ModelAddition.Calibrate("own-mine",
        _folder.Write("table.json", Encoding.UTF8.GetString(table.ToJson())), Store.Directories);

    private FacePipeline Open(string encoder) =>
        FacePipelineFactory.Open(new Places("", [Target, Places.BuiltInModels]), new FaceOptions(), encoder);

    private string WhyNot(NetworkToAdd wanted) =>
        Assert.Throws<UserErrorException>(() => ModelAddition.Run(wanted, Store, Target, Today)).Message;
}
