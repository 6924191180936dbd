using System.Security.Cryptography;
using System.Text.Json;
using DoorAgent.Encodings;
using DoorAgent.Evaluation;
using DoorAgent.Galleries;
using DoorAgent.Matching;
using DoorAgent.Networks;
using DoorAgent.Storage;
using DoorAgent.Tests.Evaluation;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Commands.Calibrating;

/// <summary>Tests the check of the table as a user types it, with galleries of made encodings.</summary>
[Collection(nameof(WholeConsole))]
public sealed class CalibrateCommandTests : IDisposable
{
    private const string Simulated = """
        { "Hardware": { "Kind": "simulated", "Contact": "none" }, "Decisions": { "Mode": "badge-and-face" } }
        """;

    private static readonly string Site = MatchingOptions.SiteOf(Catalogue.BuiltInEncoder, Catalogue.BuiltInDetector, "nearest");

    private readonly TempFolder _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task PeopleWhoDifferContradictNothing()
    {
        Enrol(25, common: 0);
        string said = await SaysAsync(0, "No distance of this site is proposed: the gallery does not contradict the table.");
        Assert.Contains("door-encoder with door-detector, rule nearest, at Matching:Fmr 1e-5; the table was measured on ", said,
            StringComparison.Ordinal);
        Assert.Contains("25 people, 1,800 comparisons of a picture with somebody else: they can show 1e-2, not 1e-5 (that takes 299,572 "
            + "comparisons without a false match).", said, StringComparison.Ordinal);
        Assert.Contains("The worst 20 of 25", said, StringComparison.Ordinal);
        await SaysAsync(2, "Nothing is written: the gallery does not contradict the table.", "--write", "--yes");
    }

    [Fact]
    public async Task AContradictionIsAWarningAndTheStricterDistanceIsWrittenWithItsEvidence()
    {
        Enrol(25, common: 0.6f);
        string config = _data.Write("door.json", Simulated);
        string said = await SaysAsync(1, "WARNING: ");
        Assert.Contains("Proposed: Matching:SiteDistance 0.", said, StringComparison.Ordinal);
        await SaysAsync(1, "Nothing is written. --yes writes without asking.", "--write", "--config", config);
        Assert.Equal(Simulated, File.ReadAllText(config));
        await SaysAsync(0, "Written: ", "--write", "--yes", "--config", config);

        using JsonDocument written = JsonDocument.Parse(File.ReadAllText(config));
        JsonElement matching = written.RootElement.GetProperty("Matching");
        Assert.StartsWith($"{Site}: 25 people, ", matching.GetProperty("SiteEvidence").GetString(),
            StringComparison.Ordinal);
        Assert.StartsWith("0.", matching.GetProperty("SiteDistance").GetString(), StringComparison.Ordinal);

        // The check still compares with the table alone, and an equal distance is not stricter.
        await SaysAsync(2, "is not stricter", "--write", "--yes", "--config", config);
        await WholeConsole.SaysAsync(2, "Matching:SiteDistance was measured with another, but door-encoder", "verify", "nobody",
            "nothing.jpg", "--data", _data.Path, "--config", _data.Write("other.json",
            File.ReadAllText(config).Replace(Site, "another", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task ALooserRateThanTheDoorsIsNotWritten()
    {
        Enrol(25, common: 0.6f);
        await SaysAsync(2, "Nothing is written: --fmr is less strict than this door's Matching:Fmr.", "--fmr", "1e-4", "--write", "--yes");
    }

    [Fact]
    public async Task JsonHasEverybody()
    {
        Enrol(25, common: 0);
        using WholeConsole console = new();
        Assert.Equal(0, await Program.Main(["calibrate", "--json", "--data", _data.Path]));
        using JsonDocument read = JsonDocument.Parse(Assert.Single(console.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries)));
        Assert.Equal(25, read.RootElement.GetProperty("persons").GetArrayLength());
        Assert.Equal(1800, read.RootElement.GetProperty("falseMatches").GetProperty("trials").GetInt32());
        Assert.False(read.RootElement.GetProperty("canShowFmr").GetBoolean());
    }

    [Fact]
    public async Task AnEmptyGalleryHasNothingToCompareAndOnePersonShowsNothing()
    {
        await SaysAsync(2, "Nobody is enrolled yet");
        Enrol(1, common: 0);
        await SaysAsync(0, "1 person, 0 comparisons of a picture with somebody else: they can show nothing");
    }

    [Theory]
    [InlineData("--fmr must be above 0 and at most 1e-3.", "--fmr", "0.1")]
    [InlineData("--json only reports: leave it or --write out.", "--json", "--write")]
    [InlineData("--yes needs --write or --centre.", "--yes")]
    [InlineData("--out is for a table of a data set", "--out", "table.json")]
    [InlineData("'best' is not a rule of comparison. Rules: nearest, ", "--dataset", "somewhere", "--rule", "best")]
    public async Task OptionsThatDoNotFitAreRefused(string why, params string[] arguments) => await SaysAsync(2, why, arguments);

    [Fact]
    public async Task ADataSetWithTooFewPicturesGivesNoTable()
    {
        string root = ScenarioPictures();
        await SaysAsync(2, "gives 27 comparisons of two people, which are too few for a table", "--dataset", root, "--out",
            _data.File("table.json"));
        Assert.False(File.Exists(_data.File("table.json")));
    }

    private Task<string> SaysAsync(int exitCode, string words, params string[] arguments) =>
        WholeConsole.SaysAsync(exitCode, words, ["calibrate", .. arguments, "--data", _data.Path]);

    private string ScenarioPictures()
    {
        foreach (string person in new[] { "adam", "nora", "karl" })
        {
            string folder = Directory.CreateDirectory(Path.Combine(_data.File("set"), person)).FullName;
            foreach (string picture in Directory.GetFiles(Path.Combine(Places.BuiltInPeople, person), "enrol-*.jpg").Take(3))
                File.Copy(picture, Path.Combine(folder, Path.GetFileName(picture)));
        }

        return _data.File("set");
    }

    /// <summary>Enrols people with three made encodings each.</summary>
    /// <param name="people">Number of people.</param>
    /// <param name="common">Length of the part that all encodings have in common.</param>
    private void Enrol(int people, float common)
    {
        CatalogueEntry entry = Catalogue.Embedded.Find(Catalogue.BuiltInEncoder, ModelTask.Encoder);
        EncoderIdentity encoder = new(entry.Id, entry.Sha256, entry.Alignment!.Version, entry.Output!.Dimension);
        EncodedSet set = SomeEncodings.Make([.. Enumerable.Repeat(3, people)], seed: 5, spread: 0.3, encoder.Dimension);
        using GalleryFile file = new(_data.File("gallery.db"), TimeProvider.System);
        for (int person = 0; person < people; person++)
        {
            (int first, int count) = set.RowsOf(person);
            file.AddPerson(PersonName.Parse($"Person {person}"), false, null, encoder, [.. Enumerable.Range(first, count).Select(row =>
            {
                float[] vector = set.Vector(row).ToArray();
                vector[0] += common;
                return new EnrolledPicture(SHA256.HashData(BitConverter.GetBytes(row)), 0.9f, FaceEncoding.Normalised(vector));
            })]);
        }
    }
}
