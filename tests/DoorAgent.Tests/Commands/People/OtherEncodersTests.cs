using DoorAgent.Storage;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Commands.People;

/// <summary>Tests the encoders for demonstrations, as a user types their commands.</summary>
[Collection(nameof(WholeConsole))]
public sealed class OtherEncodersTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task RawPixelsAdmitTheLookAlike()
    {
        await Says(0, "no real door opens with it", "people", "add", "adam", "--images", People("adam"), "--encoder", "pixels");
        await Says(0, "threshold 0.500", "verify", "adam", People("stranger-1/door-1/03.jpg"));
        await Says(0, "It's adam, welcome in!", "identify", People("nora/door-1/03.jpg"), "--encoder", "pixels");
        await Says(1, "It's not adam, please go away", "verify", "adam", People("nora/door-1/03.jpg"), "--distance", "0.3");
        // A gallery has one encoder, so another one is refused.
        await Says(2, "was made with pixels", "verify", "adam", People("nora/door-1/03.jpg"), "--encoder", "door-encoder");
        await Says(2, "There is no encoder 'pixel'", "verify", "adam", People("nora/door-1/03.jpg"), "--encoder", "pixel");
        await Says(2, "nora looks like adam", "people", "add", "nora", "--images", People("nora"));
    }

    [Fact]
    public async Task RawPixelsAreListedAsRawPixels()
    {
        Assert.Matches(@"pixels\s+encoder\s+MIT\s+none \(raw distance 0\.5\)\s+no network: raw pixels",
            await Says(0, "pixels", "models", "list"));
        await Says(0, "nothing to prove", "models", "verify", "pixels");
        await Says(0, "parameters  none", "models", "show", "pixels");
    }

    [Slow]
    [Fact]
    public async Task WeightsFromCsvFilesWorkAsAnEncoder()
    {
        string models = _folder.File("models"), weights = OpenFaceFolder.Write(_folder.File("weights"));
        File.WriteAllText(Path.Combine(weights, "inception_5a_3x3_conv2_m.csv"), "1");
        await Says(2, "models import --openface-csv DIR", "people", "add", "adam", "--images", People("adam"), "--encoder", "openface",
            "--models", models);
        await Says(0, "no such array: inception_5a_3x3_conv2_m.csv", "models", "import", "--openface-csv", weights, "--models", models);
        await Says(0, "openface: good", "models", "verify", "--models", models);
        await Says(0, "3,743,280", "models", "show", "openface", "--models", models);
        await Says(0, "encoder openface", "people", "add", "adam", "--images", People("adam"), "--encoder", "openface", "--models", models);
        await Says(0, "threshold 0.700", "verify", "adam", People("adam/door-1/03.jpg"), "--models", models);
        await Says(1, "threshold 0.200", "identify", People("stranger-2/door-1/03.jpg"), "--encoder", "openface", "--distance", "0.2",
            "--models", models);

        File.Delete(Path.Combine(weights, "dense_b.csv"));
        await Says(2, "dense_b.csv: missing (128 numbers)", "models", "import", "--openface-csv", weights, "--models", models);
        await Says(0, "openface: good", "models", "verify", "openface", "--models", models);
    }

    private Task<string> Says(int exitCode, string words, params string[] arguments) =>
        WholeConsole.SaysAsync(exitCode, words, [.. arguments, "--data", _folder.File("data")]);

    private static string People(string relative) => Path.Combine(Places.BuiltInPeople, relative);
}
