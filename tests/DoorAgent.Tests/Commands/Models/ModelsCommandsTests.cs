using DoorAgent.Commands.Models;
using DoorAgent.Models;
using DoorAgent.Networks;
using DoorAgent.Storage;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Commands.Models;

[Collection(nameof(WholeConsole))]
public sealed class ModelsCommandsTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0, "3,743,280", "models", "show", "door-encoder")]
    [InlineData(2, "Known: door-detector", "models", "show", "door-encodr")]
    [InlineData(0, "door-encoder: good", "models", "verify", "door-encoder")]
    [InlineData(0, "pixels from the known face", "models", "verify", "door-detector")]
    [InlineData(0, "built in", "models", "list")]
    [InlineData(1, "is in none of", "models", "verify", "sface")]
    [InlineData(0, "door-encoder: built in", "models", "pull", "door-encoder")]
    [InlineData(0, "FP16/face-reidentification-retail-0095.xml and .bin, converted here", "models", "show", "face-reid-0095")]
    [InlineData(2, "either DIR", "models", "import")]
    [InlineData(2, "either DIR", "models", "import", "stick", "--openvino", "a.xml", "a.bin")]
    [InlineData(2, "Name the graph (.xml) first and the weights (.bin) second", "models", "import", "--openvino", "a.xml", "a.bin")]
    [InlineData(2, "a.xml and a.bin were not imported", "models", "import", "--openvino", "a.xml", "a.bin")]
    [InlineData(2, "Known: door-detector", "models", "pull", "door-encodr")]
    [InlineData(0, "1.5 times, as a square, reflected", "models", "show", "minifasnet-v2se")]
    [InlineData(0, "2.7 times, shrunk to fit and shifted", "models", "show", "minifasnet-v2")]
    [InlineData(0, "said to be for non-commercial research", "models", "show", "minifasnet-v2se")]
    public Task NetworksAreListedShownAndVerified(int exitCode, string words, params string[] arguments) =>
        WholeConsole.SaysAsync(exitCode, words, arguments);

    [Theory]
    [InlineData("minifasnet-v2")]
    [InlineData("minifasnet-v1se")]
    [InlineData("minifasnet-v2se")]
    public async Task VerifyProvesALivenessNetwork(string id)
    {
        string said = await WholeConsole.SaysAsync(0, $"{id}: good", "models", "verify", id, "--models", Shared.Need("models"));
        Assert.Contains("from the known answer", said, StringComparison.Ordinal);
    }

    [Fact]
    public void PullPrintsTheNoteOnTheLicenceOfAFetchedNetwork()
    {
        using WholeConsole console = new();
        PulledModel[] pulled =
        [
            .. Catalogue.Liveness.Select(id => new PulledModel(Catalogue.Embedded.Find(id), "/models/" + id, IsNew: true, Refusal: null)),
        ];
        Assert.Equal(0, PullView.Show(pulled));
        Assert.Matches("(?m)^minifasnet-v2se: fetched, 1.91 MB -> /models/minifasnet-v2se\n  licence: Apache-2.0 is the author's grant. The "
            + "network was trained on CelebA-Spoof, whose own terms are said to be for non-commercial research", console.Out);
        Assert.Single(console.Out.Split('\n'), line => line.StartsWith("  licence:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ImportBringsTheLivenessNetworksAndPrintsTheNoteOnALicence()
    {
        string stick = Directory.CreateDirectory(_folder.File("stick")).FullName, target = _folder.File("models");
        string[] files = [.. Catalogue.Liveness.Select(id => Catalogue.Embedded.Find(id).File)];
        foreach (string file in files)
            File.Copy(Path.Combine(Shared.Need("models"), file), Path.Combine(stick, "renamed-" + file));
        await WholeConsole.SaysAsync(0, "  licence: Apache-2.0 is", "models", "import", stick, "--models", target);
        Assert.Equal(files.Order(StringComparer.Ordinal), Directory.GetFiles(target).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        string again = await WholeConsole.SaysAsync(0, "already there", "models", "import", stick, "--models", target);
        Assert.DoesNotContain("licence:", again, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnEncoderOfTheUsersOwnIsAddedCalibratedListedShownAndVerified()
    {
        string[] models = ["--models", _folder.File("models")];
        string file = Path.Combine(Places.BuiltInModels, "door-encoder.onnx");
        await WholeConsole.SaysAsync(0, "no calibration, so no door uses it", ["models", "add", file, "--like", "door-encoder", "--name",
            "mine", "--mean", "0", "--std", "1,1,1", .. models]);
        CatalogueEntry added = Catalogue.Of([_folder.File("models")]).Find("own-mine");
        CalibrationFile table = new(added.Id, added.EncodingSha256, "yunet-n", "nearest", [new CalibrationRow(1e-3, 1.1)], "my pictures",
            new string('1', 64), 1000, 500, 400_000, new DateOnly(2026, 11, 28));
        File.WriteAllBytes(_folder.File("table.json"), table.ToJson());
        await WholeConsole.SaysAsync(0, "calibrated with yunet-n, rule nearest, measured on my pictures",
            ["models", "calibration", "own-mine", _folder.File("table.json"), .. models]);
        await WholeConsole.SaysAsync(0, "added here", ["models", "list", .. models]);
        await WholeConsole.SaysAsync(0, "1.100 at 1e-3; measured on my pictures, 400,000 comparisons", ["models", "show", "own-mine", .. models]);
        await WholeConsole.SaysAsync(0, "own-mine: good", ["models", "verify", .. models]);

        File.WriteAllText(_folder.File("models/own-broken.json"), "{");
        await WholeConsole.SaysAsync(1, "own-broken cannot be used", ["models", "verify", .. models]);
        await WholeConsole.SaysAsync(0, "own-broken cannot be used", ["models", "list", .. models]);
        await WholeConsole.SaysAsync(2, "neither a number nor three", ["models", "add", file, "--like", "door-encoder", "--mean", "1,2"]);
    }

    [Fact]
    public async Task VerifyRefusesATruncatedNetwork()
    {
        byte[] whole = File.ReadAllBytes(Path.Combine(Places.BuiltInModels, "door-encoder.onnx"));
        File.WriteAllBytes(Path.Combine(_folder.Path, "door-encoder.onnx"), whole[..100_000]);
        using WholeConsole console = new();
        Assert.Equal(1, await Program.Main(["models", "verify", "door-encoder", "--models", _folder.Path]));
        Assert.Contains($"cut off: 100000 of {whole.Length} bytes", console.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void ImportLeavesACorrectExistingFileUnchanged()
    {
        string folder = Path.Combine(_folder.Path, "own"), file = Path.Combine(folder, "door-detector.onnx");
        Directory.CreateDirectory(folder);
        File.Copy(Path.Combine(Places.BuiltInModels, "door-detector.onnx"), file);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.GroupRead);
        File.SetLastWriteTimeUtc(file, DateTime.UnixEpoch);
        ulong inode = Libc.Stat(file)!.Value.Inode;
        Directory.CreateSymbolicLink(Path.Combine(_folder.Path, "link"), folder);

        Assert.True(Assert.Single(ModelImport.Run(Catalogue.Embedded.Entries, folder, folder)).WasThere);
        Assert.True(Assert.Single(ModelImport.Run(Catalogue.Embedded.Entries, Path.Combine(_folder.Path, "link"), folder)).WasThere);

        Assert.Equal((UnixFileMode.UserRead | UnixFileMode.GroupRead, DateTime.UnixEpoch, inode),
            (File.GetUnixFileMode(file), File.GetLastWriteTimeUtc(file), Libc.Stat(file)!.Value.Inode));
        Assert.Equal([file], Directory.GetFiles(folder));
    }

    [Fact]
    public void ImportRecognisesNetworksByDigestUnderAnyFileName()
    {
        string stick = Directory.CreateDirectory(Path.Combine(_folder.Path, "stick", "deep")).FullName,
            target = Path.Combine(_folder.Path, "models");
        File.Copy(Path.Combine(Places.BuiltInModels, "door-detector.onnx"), Path.Combine(stick, "holiday.mp4"));
        // This file has the length of a network and is not a network.
        byte[] changed = File.ReadAllBytes(Path.Combine(Places.BuiltInModels, "door-encoder.onnx"));
        changed[1000] ^= 1;
        File.WriteAllBytes(Path.Combine(stick, "door-encoder.onnx"), changed);

        ImportedModel imported = Assert.Single(ModelImport.Run(Catalogue.Embedded.Entries, Path.Combine(_folder.Path, "stick"), target));

        Assert.Equal("door-detector", imported.Entry.Id);
        Assert.Equal(["door-detector.onnx"], Directory.GetFiles(target).Select(Path.GetFileName));
        Assert.Equal(imported.Entry.Sha256, new ModelStore([target]).Open(imported.Entry).Entry.Sha256);
    }

    [Fact]
    public void ImportReplacesALinkAndDoesNotWriteThroughTheLink()
    {
        string target = Directory.CreateDirectory(Path.Combine(_folder.Path, "models")).FullName,
            other = Path.Combine(_folder.Path, "other");
        File.WriteAllText(other, "untouched");
        File.CreateSymbolicLink(Path.Combine(target, "door-detector.onnx.new"), other);
        Assert.Single(ModelImport.Run(Catalogue.Embedded.Entries, Places.BuiltInModels, target), model => model.Entry.Id == "door-detector");
        Assert.Equal("untouched", File.ReadAllText(other));
        Assert.Null(new FileInfo(Path.Combine(target, "door-detector.onnx")).LinkTarget);
    }

    [Fact]
    public void ImportFromAFolderWithoutNetworksIsAnError()
    {
        UserErrorException refusal =
            Assert.Throws<UserErrorException>(() => ModelImport.Run(Catalogue.Embedded.Entries, _folder.Path, _folder.Path));
        Assert.Contains("no network of the catalogue", refusal.Message, StringComparison.Ordinal);
        Assert.Throws<UserErrorException>(() => ModelImport.Run(Catalogue.Embedded.Entries, Path.Combine(_folder.Path, "nowhere"), _folder.Path));
    }
}
