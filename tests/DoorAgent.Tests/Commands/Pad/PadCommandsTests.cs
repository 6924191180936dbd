using System.Text.Json;
using System.Text.RegularExpressions;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Storage;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Commands.Pad;

/// <summary>Tests the measurement as an installer types it, with the built-in people and without liveness networks.</summary>
[Collection(nameof(WholeConsole))]
public sealed class PadCommandsTests : IDisposable
{
    private static readonly string Adam = Path.Combine(Places.BuiltInPeople, "adam/door-1");

    private readonly TempFolder _data = new();

    public void Dispose() => _data.Dispose();

    [Slow]
    [Fact]
    public async Task AReportCountsClassesAndSkippedFilesAndSaysWhichStrengthJudged()
    {
        MakeSet();
        string said = await ReportAsync(0, "Judged by the cues alone, without a network: much weaker");
        Assert.Contains("skipped live/broken.jpg: the file is not a picture", said, StringComparison.Ordinal);
        Assert.Contains("Skipped, and counted nowhere: 1.", said, StringComparison.Ordinal);
        Assert.Contains("mask/ has no picture.", said, StringComparison.Ordinal);
        Assert.Matches(@"live +3 +1 +BPCER +33\.3 % \[0\.8, 90\.6\] +0\.0 % \[0\.0, 84\.2\]", said);
        Assert.Contains("live, unusable: NoFace 1", said, StringComparison.Ordinal);
        Assert.Matches(@"print +1 +0 +APCER +100\.0 %", said);
        Assert.Matches(@"hologram +1 +0 +APCER", said);
        Assert.Contains("No threshold is computed", said, StringComparison.Ordinal);
    }

    [Slow]
    [Fact]
    public async Task TheHtmlOpensOfflineAndNeitherFileIsOverwritten()
    {
        MakeSet();
        string html = _data.File("report.html"), json = _data.File("report.json");
        await ReportAsync(0, "it contains pictures of people", "--html", html, "--json", json);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(html));
        string page = File.ReadAllText(html);
        Assert.Contains("<img alt='' src='data:image/jpeg;base64,", page, StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", page, StringComparison.Ordinal);
        Assert.DoesNotMatch(new Regex("<script|<link|(src|href)=['\"](?!data:)|url\\("), page);
        Assert.Contains("print/&lt;b&gt;.jpg", page, StringComparison.Ordinal);
        using JsonDocument read = JsonDocument.Parse(File.ReadAllText(json));
        Assert.Equal("Cues", read.RootElement.GetProperty("conditions").GetProperty("strength").GetString());
        await ReportAsync(2, "report.html already exists. Name another file, or overwrite it with --force.", "--html", html);
        await ReportAsync(0, "report.html", "--html", html, "--force");
    }

    [Slow]
    [Fact]
    public async Task JsonOnTheOutputIsOneLineAndNothingElse()
    {
        MakeSet();
        using WholeConsole console = new();
        Assert.Equal(0, await Program.Main(["padreport", _data.File("set"), "--json", "-", "--data", _data.Path, .. Set]));
        using JsonDocument read = JsonDocument.Parse(console.Out);
        JsonElement live = read.RootElement.GetProperty("stills").GetProperty("classes")[0];
        Assert.Equal(("live", 1), (live.GetProperty("class").GetString(), live.GetProperty("all").GetProperty("errors").GetInt32()));
        Assert.Equal("NoFace", read.RootElement.GetProperty("stills").GetProperty("presentations").EnumerateArray()
            .Single(one => one.GetProperty("name").GetString() == "live/black.png").GetProperty("problem").GetString());
    }

    [Fact]
    public async Task WrongArgumentsAreRefusedWithTheReason()
    {
        await Says(2, "does not exist. Name a folder that has a folder for each class", "padreport", _data.File("none"));
        Directory.CreateDirectory(_data.File("empty/live"));
        await Says(2, "There is no picture in the folders of", "padreport", _data.File("empty"));
        await Says(2, "--bpcer must be above 0 and below 1", "padreport", _data.Path, "--bpcer", "5");
        await Says(2, "nowhere does not exist", "padreport", _data.Path, "--html", _data.File("nowhere/report.html"));
        await Says(2, "is this door's own gallery", "padreport", _data.Path, "--json", _data.File("gallery.db"), "--force");
        await Says(2, "cannot be the name of a group", "pad", "record", "../x", "--class", "live", "--to", _data.File("pad"), "--set",
            $"Hardware:Camera={Adam}");
        await Says(2, "'live'", "pad", "record", "x", "--class", "prnt");
        await Says(2, "--count is 0; it must be from 1 to 500", "pad", "record", "x", "--class", "live", "--count", "0");
        Assert.False(Directory.Exists(_data.File("pad")));
    }

    [Slow]
    [Fact]
    public async Task RecordedPicturesAreMeasured()
    {
        string folder = _data.File("pad");
        await Says(0, "3 of 3 pictures are in", "pad", "record", "adam-1", "--class", "replay", "--medium", "phone", "--count", "3",
            "--to", folder, "--set", $"Hardware:Camera={Adam}");
        string[] files = Directory.GetFiles(Path.Combine(folder, "replay"));
        Assert.Equal(3, files.Length);
        Assert.All(files, file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file)));
        string said = await Says(0, "There is no live picture", ["padreport", folder, .. Set]);
        Assert.Matches(@"replay +3 +0 +APCER +100\.0 %", said);
    }

    private static string[] Set => ["--set", "Liveness:MinFaceWidth=60", "--set", "Liveness:EdgesCue=false"];

    private void MakeSet()
    {
        string[] pictures = [.. Directory.GetFiles(Adam).Order(StringComparer.Ordinal)];
        foreach (string folder in new[] { "live", "print", "hologram", "mask" })
            Directory.CreateDirectory(_data.File($"set/{folder}"));
        File.Copy(pictures[0], _data.File("set/live/1.jpg"));
        File.Copy(pictures[1], _data.File("set/live/2.jpg"));
        File.Copy(pictures[0], _data.File("set/print/<b>.jpg"));
        File.Copy(pictures[1], _data.File("set/hologram/1.jpg"));
        _data.Write("set/live/broken.jpg", "no picture");
        Frame black = new();
        black.Resize(320, 240);
        black.Pixels.Clear();
        File.WriteAllBytes(_data.File("set/live/black.png"), FrameDrawing.Encode(black, ".png"));
    }

    private Task<string> ReportAsync(int exitCode, string words, params string[] more) =>
        Says(exitCode, words, ["padreport", _data.File("set"), .. Set, .. more]);

    private Task<string> Says(int exitCode, string words, params string[] arguments) =>
        WholeConsole.SaysAsync(exitCode, words, [.. arguments, "--data", _data.Path]);
}
