using System.Text.RegularExpressions;
using System.Xml.Linq;
using DoorAgent.Evaluation;
using DoorAgent.Storage;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Commands.Evaluating;

/// <summary>Tests the HTML of evaluate, with the built-in people and networks.</summary>
[Collection(nameof(WholeConsole))]
public sealed class EvaluationHtmlTests : IDisposable
{
    private readonly TempFolder _data = new();

    public void Dispose() => _data.Dispose();

    [Slow]
    [Fact]
    public async Task TheHtmlOpensOfflineAndHasACurveForEachEncoderAndTheWorstPairs()
    {
        foreach (string name in new[] { "adam", "nora" })
        {
            Directory.CreateDirectory(_data.File($"set/{name}"));
            foreach (string picture in Directory.GetFiles(Path.Combine(Places.BuiltInPeople, name), "enrol-*.jpg"))
                File.Copy(picture, _data.File($"set/{name}/{Path.GetFileName(picture)}"));
        }

        string html = _data.File("report.html");
        await WholeConsole.SaysAsync(0, "it contains pictures of people", "evaluate", _data.File("set"), "--encoder", "door-encoder,pixels",
            "--html", html, "--data", _data.Path);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(html));
        string page = File.ReadAllText(html);
        Assert.DoesNotMatch(new Regex("<script|<link|(src|href)=['\"](?!data:)|url\\("), page);
        XElement[] plots = [.. Regex.Matches(page, "(?s)<svg xmlns.*?</svg>\\n(?=<h|<p|<div)").Select(one => XElement.Parse(one.Value))];
        Assert.Equal(["Receiver operating characteristic", "Detection error tradeoff", "Distances of all pairs", "Distances of all pairs"],
            plots.Select(plot => plot.Elements().First().Value));
        Assert.All(plots.Take(2), plot => Assert.Equal(2, plot.Descendants().Count(shape => shape.Name.LocalName == "polyline")));
        // The nearest pair of the two people, and the farthest pair of each.
        Assert.Equal(6, Regex.Count(page, "src='data:image/jpeg;base64,"));
        Assert.Contains("The farthest pictures of one person", page, StringComparison.Ordinal);
        // A file that could not be written at the end is refused before the measurement.
        await WholeConsole.SaysAsync(2, "does not exist. Create it, or name another file.", "evaluate", _data.File("set"), "--html",
            _data.File("no/report.html"), "--data", _data.Path);
        await WholeConsole.SaysAsync(2, "- is the standard output", "evaluate", _data.File("set"), "--html", "-", "--data", _data.Path);
        await WholeConsole.SaysAsync(2, "report.html already exists", "evaluate", _data.File("set"), "--html", html, "--data", _data.Path);
    }

    [Fact]
    public void TheWorstPairsAreTheNearestOfTwoPeopleAndTheFarthestOfEachPerson()
    {
        PictureSet set = PictureSet.Of("/set", Enumerable.Range(0, 6).Select(i => ($"{"aabbbc"[i]}", $"{i}", $"/set/{i}")));
        double[] angles = [0, 40, 60, 90, 100, 200];
        EncodedSet encodings = new(set.People, [.. set.Pictures.Select(picture => picture.Person)],
            [.. angles.SelectMany(angle => MadeEncodings.At(angle).Vector.ToArray())], MadeEncodings.Dimension);
        WorstPairs worst = WorstPairs.Of(set, encodings, 2, TestContext.Current.CancellationToken);
        Assert.Equal([("1", "2"), ("4", "5")], worst.FalseMatches.Select(pair => (pair.One.Name, pair.Other.Name)));
        Assert.Equal([("0", "1"), ("2", "4")], worst.FalseNonMatches.Select(pair => (pair.One.Name, pair.Other.Name)));
        Assert.Equal(2 * Math.Sin(10 * Math.PI / 180), worst.FalseMatches[0].Distance, 1e-3);
    }
}
