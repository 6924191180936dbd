using System.Text.Json;
using DoorAgent.Storage;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Commands.People;

/// <summary>'people rule' and 'calibrate --centre' as a user types them. The process has one console, so nothing else runs
/// meanwhile.</summary>
[Collection(nameof(WholeConsole))]
public sealed class RuleCommandsTests : IDisposable
{
    private readonly TempFolder _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task TheRuleIsShownChangedAndTakenBack()
    {
        await Says(2, "there is no gallery", "people", "rule");
        await Says(2, "Rules: nearest, nearest+centred", "people", "rule", "best");
        foreach (string name in new[] { "adam", "nora" })
            await Says(0, "3 of 3 pictures added", "people", "add", name, "--images", Path.Combine(Places.BuiltInPeople, name));
        await Says(0, "by the rule nearest: nearest encoding.", "people", "rule");
        await Says(0, "compared by the rule nearest (nearest encoding)", "people", "list");
        await Says(2, "'dooragent calibrate --centre' computes one", "people", "rule", "trimmed+centred", "--set", "Matching:Distance=1");
        await Says(0, "now compared by the rule trimmed (trimmed mean encoding); before by nearest.", "people", "rule", "trimmed", "--set",
            "Matching:Distance=1");
        string json = await Says(0, "\"rule\":\"trimmed\"", "people", "rule", "--json");
        Assert.Equal("trimmed mean encoding", JsonDocument.Parse(json.Split('\n').Single(line => line.StartsWith('{'))).RootElement
            .GetProperty("words").GetString());
        await Says(0, "now compared by the rule nearest", "people", "rule", "nearest");
    }

    [Fact]
    public async Task TheCentreIsShownComputedAndDeleted()
    {
        foreach (string name in new[] { "adam", "nora" })
            await Says(0, "3 of 3 pictures added", "people", "add", name, "--images", Path.Combine(Places.BuiltInPeople, name));
        await Says(2, "2 people have encodings, and a centre needs at least 20", "calibrate", "--centre");
        await Says(2, "--centre-min is 1", "calibrate", "--centre", "--centre-min", "1");
        await Says(2, "--centre-min needs --centre", "calibrate", "--centre-min", "2");
        await Says(2, "it was 'full'", "calibrate", "--centre", "full");
        string[] centre = ["calibrate", "--centre", "--centre-min", "2", "--set", "Matching:Distance=1"];
        await Says(1, "Nothing was changed. With --yes", centre);
        string json = await Says(0, "\"switched\":true", [.. centre, "--yes", "--json"]);
        JsonElement adam = JsonDocument.Parse(json.Split('\n').Single(line => line.StartsWith('{'))).RootElement
            .GetProperty("people").EnumerateArray().Single(person => person.GetProperty("name").GetString() == "adam");
        Assert.Equal("nora", adam.GetProperty("after").GetProperty("nearestOther").GetString());
        Assert.True(adam.GetProperty("after").GetProperty("nearestDistance").GetDouble()
            > adam.GetProperty("before").GetProperty("nearestDistance").GetDouble());
        await Says(0, "It's adam, welcome in!", "verify", "adam", Path.Combine(Places.BuiltInPeople, "adam", "door-1", "03.jpg"),
            "--distance", "1");
        await Says(0, "The stored centre is deleted.", "calibrate", "--centre", "none", "--yes");
        await Says(0, "without a centre already", "calibrate", "--centre", "none");
    }

    [Fact]
    public async Task PairsThatAreSeparatedByTheFormerRuleAreNamed()
    {
        foreach (string name in new[] { "adam", "nora" })
            await Says(0, "3 of 3 pictures added", "people", "add", name, "--images", Path.Combine(Places.BuiltInPeople, name));
        string[] centre = ["calibrate", "--centre", "--centre-min", "2", "--yes", "--set", "Matching:Distance=1"];
        const string again = ": give each pair its rule again ('dooragent people separate').";
        Assert.DoesNotContain("WARNING", await Says(0, "by the rule mean", "people", "rule", "mean", "--set", "Matching:Distance=1"),
            StringComparison.Ordinal);
        await Says(0, "are separated", "people", "separate", "adam", "nora");
        await Says(0, "1 pair of people is separated by a distance of the rule mean" + again, "people", "rule", "nearest");
        Assert.DoesNotContain("WARNING", await Says(0, "before by nearest.", "people", "rule", "nearest"), StringComparison.Ordinal);
        await Says(0, "a distance of the rule nearest" + again, centre);
        await Says(0, "a distance of the rule nearest+centred with the centre of before" + again, centre);
        string archive = _data.File("people.zip");
        await Says(0, "a distance of the rule nearest+centred, whose centre the archive leaves out; where they are imported" + again,
            "people", "export", archive, "--open");
        await Says(0, "a distance of the archive's rule nearest" + again, "people", "import", archive, "--replace", "--set",
            "Matching:Distance=1");
    }

    private Task<string> Says(int exitCode, string words, params string[] arguments) =>
        WholeConsole.SaysAsync(exitCode, words, [.. arguments, "--data", _data.Path, "--set", "Hardware:Kind=simulated"]);
}
