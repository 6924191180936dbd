using DoorAgent.Storage;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Commands.Setup;

/// <summary>A configuration of a version before liveness, from the package's upgrade to a start.</summary>
[Collection(nameof(WholeConsole))]
public sealed class ConfigUpgradeTests : IDisposable
{
    private const string FaceOnly =
        """{ "Hardware": { "Kind": "gpio", "Contact": "23", "Camera": "7" }, "Faces": { "Detector": "yunet-n" }, """
        + """ "Encodings": { "Encoder": "mobilefacenet" }, "Decisions": { "Mode": "face-only" } }""";

    private const string BadgeAndFace = """{ "Hardware": { "Kind": "gpio", "Contact": "23", "Camera": "7" } } // mine""";

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task AFaceOnlyDoorWithoutLightsStartsAfterTheUpgradeAndWarns()
    {
        string file = _folder.Write("a.json", FaceOnly), models = Models("yunet_n_dynamic.onnx", "mobilefacenet-foamliu.onnx");
        string refused = await SaysAsync(1, "nothing at the door can show", file, models, "check");
        Assert.Contains("No door starts", refused, StringComparison.Ordinal);

        string said = await SaysAsync(0, "Liveness:Challenge is set to off", file, models, "upgrade");
        Assert.Contains("Decisions:IKnowPicturesOpenThisDoor is set to true", said, StringComparison.Ordinal);
        Assert.Contains("Faces narrower than 110 pixels", said, StringComparison.Ordinal);
        Assert.Contains($"the old file is in {file}.bak", said, StringComparison.Ordinal);
        Assert.Equal(FaceOnly, File.ReadAllText($"{file}.bak"));

        string starts = await SaysAsync(0, "A door starts with", file, models, "check");
        Assert.Contains("WARNING: a picture of somebody enrolled may open this door", starts, StringComparison.Ordinal);
        string written = File.ReadAllText(file);
        await SaysAsync(0, "needs no change", file, models, "upgrade");
        Assert.Equal(written, File.ReadAllText(file));
        Assert.Equal(FaceOnly, File.ReadAllText($"{file}.bak"));
    }

    [Fact]
    public async Task OnlyWhatIsMissingIsWritten()
    {
        string all = Shared.Need("models"), lit = FaceOnly.Replace("\"Camera\"", "\"Green\": 5, \"Camera\"", StringComparison.Ordinal);
        string file = _folder.Write("a.json", lit);
        await SaysAsync(0, "needs no change", file, all, "upgrade");
        Assert.Equal(lit, File.ReadAllText(file));
        await SaysAsync(0, "A door starts with", file, all, "check");

        await SaysAsync(0, "IKnowPicturesOpenThisDoor is set", file, Models("yunet_n_dynamic.onnx", "mobilefacenet-foamliu.onnx"), "upgrade");
        Assert.DoesNotContain("Challenge", File.ReadAllText(file), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ADoorThatNeedsABadgeIsUnchanged()
    {
        string file = _folder.Write("a.json", BadgeAndFace);
        await SaysAsync(0, "needs no change", file, Places.BuiltInModels, "upgrade");
        Assert.Equal(BadgeAndFace, File.ReadAllText(file));
        Assert.Contains("liveness by cues alone", await SaysAsync(0, "A door starts with", file, Places.BuiltInModels, "check"),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatTheOwnerHasSetStays()
    {
        string set = FaceOnly.Replace("\"Mode\"", "\"IKnowPicturesOpenThisDoor\": false, \"Mode\"", StringComparison.Ordinal)
            .Replace(" \"Encodings\"", "\"Liveness\": { \"Challenge\": \"always\" }, \"Encodings\"", StringComparison.Ordinal);
        string file = _folder.Write("a.json", set);
        await SaysAsync(0, "needs no change", file, Places.BuiltInModels, "upgrade");
        Assert.Equal(set, File.ReadAllText(file));
    }

    [Fact]
    public async Task TheKeyCannotBeRemovedBeforeTheDoorHasWhatReplacesTheKey()
    {
        string file = _folder.Write("a.json", FaceOnly), models = Models("yunet_n_dynamic.onnx", "mobilefacenet-foamliu.onnx");
        await SaysAsync(0, "IKnowPicturesOpenThisDoor is set", file, models, "upgrade");
        string[] where = ["--config", file, "--models", models], unset = ["config", "unset", "Decisions:IKnowPicturesOpenThisDoor", .. where];
        await WholeConsole.SaysAsync(2, "is unchanged: nothing was written", unset);
        await WholeConsole.SaysAsync(0, "Written", ["config", "set", "Hardware:Green", "5", .. where]);
        await WholeConsole.SaysAsync(0, "Written", ["config", "unset", "Liveness:Challenge", .. where]);
        await WholeConsole.SaysAsync(2, "'dooragent models pull minifasnet-v2 minifasnet-v1se minifasnet-v2se'", unset);
        Models("minifasnet_v2_2.7_80x80.onnx", "minifasnet_v1se_4.0_80x80.onnx");
        await WholeConsole.SaysAsync(0, "Written", unset);
        Assert.Contains("liveness by two of three networks", await SaysAsync(0, "A door starts with", file, models, "check"),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ }")]
    [InlineData("""{ "Hardware": { "Kind": "gpio", "Contact": "23", "Relay": 17 } }""")]
    [InlineData("""{ "Hardwear": { "Kind": "gpio" } }""")]
    public async Task AFileWithWhichNoDoorStartsIsUnchanged(string json)
    {
        string file = _folder.Write("a.json", json);
        await SaysAsync(0, "No door starts with", file, Places.BuiltInModels, "upgrade");
        Assert.Equal(json, File.ReadAllText(file));
    }

    [Fact]
    public async Task AFileThatIsNotThereIsNotMade()
    {
        string file = _folder.File("none.json");
        await SaysAsync(0, "There is no file", file, Places.BuiltInModels, "upgrade");
        Assert.False(File.Exists(file));
    }

    /// <summary>Makes a folder with some of the shared networks.</summary>
    private string Models(params string[] files)
    {
        string folder = Directory.CreateDirectory(_folder.File("models")).FullName;
        foreach (string file in files)
            File.Copy(Path.Combine(Shared.Need("models"), file), Path.Combine(folder, file));
        return folder;
    }

    private static Task<string> SaysAsync(int exitCode, string words, string file, string models, string verb) =>
        WholeConsole.SaysAsync(exitCode, words, "config", verb, "--config", file, "--models", models);
}
