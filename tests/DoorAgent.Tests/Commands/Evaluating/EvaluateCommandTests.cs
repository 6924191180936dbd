using System.Text.Json;
using DoorAgent.Storage;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Commands.Evaluating;

/// <summary>Tests the measurement as a user types it, with the built-in people and networks.</summary>
[Collection(nameof(WholeConsole))]
public sealed class EvaluateCommandTests : IDisposable
{
    private readonly TempFolder _data = new();

    public void Dispose() => _data.Dispose();

    [Slow]
    [Fact]
    public async Task AReportShowsEachEncoderTheGalleriesAndBothSideBySide()
    {
        MakeSet();
        string said = await EvaluateAsync(0, "9 pictures of 3 people, 3 of them with several", "--encoder", "door-encoder,pixels");
        Assert.Contains("door-encoder with door-detector: 9 pictures encoded, a face in every one.", said, StringComparison.Ordinal);
        Assert.Contains("27 pairs of two people can show a false match rate of 1.1e-1 at best (rule of three); rows in brackets",
            said, StringComparison.Ordinal);
        Assert.Contains("Galleries at this door's settings: Matching:Fpir 1e-3, Matching:Fmr 1e-5, Matching:Margin 0.1, "
            + "compared by the rule nearest; 1 strangers with 3 pictures.", said, StringComparison.Ordinal);
        Assert.Matches(@"2 +\(4\)", said);
        Assert.Contains("note: No gallery was tried: The encoder pixels has no calibration", said, StringComparison.Ordinal);
        Assert.Matches(@"in percent +best accuracy +over folds +VAL at 1e-3", said);
        Assert.Contains("are not independent", said, StringComparison.Ordinal);

        // Only the encoder with a network keeps its encodings, and only for the owner.
        string kept = Assert.Single(Directory.GetFiles(_data.File("evaluation"), "*.encodings"));
        Assert.StartsWith("door-encoder-door-detector-", Path.GetFileName(kept), StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(kept));
    }

    [Slow]
    [Fact]
    public async Task JsonOnTheOutputIsOneLineAndASecondRunGivesTheSameRates()
    {
        MakeSet();
        string file = _data.File("report.json");
        await EvaluateAsync(0, "report.json: one line of JSON.", "--json", file);
        await EvaluateAsync(2, "report.json already exists. Name another file, or overwrite it with --force.", "--json", file);
        using WholeConsole console = new();
        Assert.Equal(0, await Program.Main(["evaluate", _data.File("set"), "--json", "-", "--data", _data.Path]));
        string line = Assert.Single(console.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(Encoders(File.ReadAllText(file)), Encoders(line));
        using JsonDocument read = JsonDocument.Parse(line);
        JsonElement one = read.RootElement.GetProperty("encoders")[0];
        Assert.Equal("door-encoder", one.GetProperty("networks").GetProperty("encoder").GetString());
        Assert.Equal(9, one.GetProperty("allPairs").GetProperty("mated").GetInt32());
        Assert.Equal(27, one.GetProperty("allPairs").GetProperty("nonMated").GetInt32());
        Assert.Equal(5, one.GetProperty("allPairs").GetProperty("atRates").GetArrayLength());
        Assert.NotEqual(0, one.GetProperty("allPairs").GetProperty("curve").GetArrayLength());
        Assert.Equal(64, read.RootElement.GetProperty("set").GetProperty("digest").GetString()!.Length);
    }

    [Slow]
    [Fact]
    public async Task PairsAreReadBesideTheirFileAndAPictureIsLeftOutWithItsReason()
    {
        MakeSet();
        string pairs = Path.Combine(_data.File("set"), "pairs.txt");
        File.WriteAllText(pairs, "2\nadam 1 2\nnora 1 3\nadam 1 nora 2\nkarl 1 nora 3\n");
        string said = await WholeConsole.SaysAsync(0, "6 pictures of 3 people", "evaluate", "--pairs", pairs, "--data", _data.Path);
        Assert.Contains("2 + 2 pairs. The pairs file has no folds", said, StringComparison.Ordinal);
        string except = _data.Write("except.txt", "nora/nora_0003\tshows somebody else\n");
        said = await EvaluateAsync(0, "1 pictures are left out", "--pairs", pairs, "--except", except);
        Assert.Contains("note: 2 of 4 pairs are not compared", said, StringComparison.Ordinal);
        File.WriteAllText(pairs, "1\nadam 1 2\nadam 1 nora 9\n");
        await EvaluateAsync(2, "pairs.txt, line 3: there is no picture nora/nora_0009.jpg in", "--pairs", pairs);
    }

    [Fact]
    public async Task MistakesOfTheCommandLineAreNamed()
    {
        await Says(2, "Name the folder of the pictures, or a list of pairs with --pairs.", "evaluate");
        await Says(2, "--gallery takes numbers of people", "evaluate", _data.Path, "--gallery", "0");
        await Says(2, "--encoder takes the ids of encoders", "evaluate", _data.Path, "--encoder", ",");
        await Says(2, "There is no folder", "evaluate", _data.File("none"));
        await Says(2, "is this door's own gallery", "evaluate", _data.Path, "--json", _data.File("gallery.db"), "--force");
        MakeSet();
        await EvaluateAsync(2, "There is no encoder 'nothing' in the catalogue", "--encoder", "nothing");
    }

    /// <summary>The encoders' part of a report, without the time.</summary>
    private static string Encoders(string json)
    {
        using JsonDocument read = JsonDocument.Parse(json);
        return read.RootElement.GetProperty("encoders").GetRawText();
    }

    private void MakeSet()
    {
        foreach (string person in new[] { "adam", "karl", "nora" })
        {
            Directory.CreateDirectory(_data.File($"set/{person}"));
            for (int i = 1; i <= 3; i++)
            {
                File.Copy(Path.Combine(Places.BuiltInPeople, person, $"enrol-{i}.jpg"),
                    _data.File($"set/{person}/{person}_000{i}.jpg"), overwrite: true);
            }
        }
    }

    private Task<string> EvaluateAsync(int exitCode, string words, params string[] more) =>
        Says(exitCode, words, ["evaluate", _data.File("set"), .. more]);

    private Task<string> Says(int exitCode, string words, params string[] arguments) =>
        WholeConsole.SaysAsync(exitCode, words, [.. arguments, "--data", _data.Path]);
}
