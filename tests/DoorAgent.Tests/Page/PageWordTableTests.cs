using System.Text.Json;
using System.Text.RegularExpressions;
using DoorAgent.Doors;
using DoorAgent.Enrolment;
using DoorAgent.Events;
using DoorAgent.Faces;
using DoorAgent.Hardware.Doors;
using DoorAgent.Modes;
using DoorAgent.Operating;

namespace DoorAgent.Tests.Page;

/// <summary>The page's table of words, words.json: two languages, nothing missing, nothing left over.</summary>
public sealed partial class PageWordTableTests
{
    private static readonly string[] Languages = ["en", "de"];

    private static readonly Dictionary<string, Dictionary<string, string>> Table =
        JsonSerializer.Deserialize<Dictionary<string, Dictionary<string, string>>>(File("words.json"))!;

    private static readonly string Scripts = string.Join('\n', typeof(PageRole).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith("page/", StringComparison.Ordinal) && name.EndsWith(".js", StringComparison.Ordinal))
        .Select(name => File(name["page/".Length..])));

    [Fact]
    public void EveryKeyHasWordsInEveryLanguage() => Assert.All(Table, row =>
    {
        Assert.Equal(Languages, row.Value.Keys);
        Assert.All(row.Value.Values, words => Assert.False(string.IsNullOrWhiteSpace(words), row.Key));
    });

    [Fact]
    public void ValuesAreNamedAlikeInEveryLanguage() => Assert.All(Table, row => Assert.Equal(
        Value().Matches(row.Value["en"]).Select(one => one.Value).Order(),
        Value().Matches(row.Value["de"]).Select(one => one.Value).Order()));

    [Fact]
    public void EveryKeyThatAScriptNamesIsInTheTable()
    {
        // Also those between ? and :, which begin as other keys do.
        HashSet<string> beginnings = [.. Table.Keys.Select(key => key.Split('.')[0])];
        IEnumerable<string> others = Quoted().Matches(Scripts).Select(one => one.Groups[1].Value)
            .Where(text => text.Split('.') is [var first, _] && beginnings.Contains(first));
        Assert.All(Key().Matches(Scripts).Select(one => one.Groups[1].Value).Concat(others).Distinct(),
            key => Assert.True(Table.ContainsKey(key), $"words.json has no '{key}'."));
    }

    [Fact]
    public void EveryKeyIsUsed()
    {
        // A script names a key as a whole, or only its beginning: t(`kind.${...}`).
        HashSet<string> whole = [.. Quoted().Matches(Scripts).Select(one => one.Groups[1].Value)];
        string[] families = [.. Family().Matches(Scripts).Select(one => one.Groups[1].Value).Distinct()];
        Assert.DoesNotContain(Table.Keys, key => !whole.Contains(key)
            && !families.Any(family => key.StartsWith(family, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("kind", typeof(DoorEventKind))]
    [InlineData("means", typeof(DoorEventKind))]
    [InlineData("reason", typeof(DenyReason))]
    [InlineData("advice", typeof(DenyReason))]
    [InlineData("lights", typeof(LightPattern))]
    [InlineData("phase", typeof(DoorPhase))]
    [InlineData("mode", typeof(DoorMode))]
    [InlineData("role", typeof(PageRole))]
    [InlineData("problem", typeof(PageProblem))]
    public void EveryWordOfTheDoorHasItsWords(string family, Type words) => Assert.All(Enum.GetNames(words), word =>
        Assert.True(Table.ContainsKey($"{family}.{Kebab(word)}"), $"words.json has no '{family}.{Kebab(word)}'."));

    [Fact]
    public void EveryReasonOfAnUnusableFrameHasItsWordsAndItsAdvice() => Assert.All(UnusableReasons.All, reason =>
    {
        Assert.Contains($"sees.{Kebab(reason.ToString())}", Table.Keys);
        string advice = reason.Text().Advice;
        Assert.All((string[])["left", "right"], side =>
            Assert.Contains($"say.{advice.Replace("{Side}", side, StringComparison.Ordinal)}", Table.Keys));
    });

    [Fact]
    public void ThePosesAndTheFramingHaveTheirWords()
    {
        Assert.Contains($"say.{new PoseAdvice().Next}", Table.Keys);
        FaceBox[] faces = [new(0, 0, 5, 5), new(0, 0, 90, 90), new(0, 40, 30, 20), new(70, 40, 30, 20), new(40, 0, 20, 20),
            new(40, 85, 20, 10)];
        string?[] framing = [.. faces.Select(face => FramingAdvice.Of(face, 100, 100, brightness: 100)),
            FramingAdvice.Of(faces[0], 100, 100, brightness: 250)];
        Assert.All(framing,
            advice => Assert.Contains($"say.{advice}", Table.Keys));
    }

    private static string Kebab(string word) => JsonNamingPolicy.KebabCaseLower.ConvertName(word);

    private static string File(string name)
    {
        using StreamReader reader = new(typeof(PageRole).Assembly.GetManifestResourceStream($"page/{name}")!);
        return reader.ReadToEnd();
    }

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Value();

    [GeneratedRegex(@"\bt\('([^']+)'")]
    private static partial Regex Key();

    [GeneratedRegex(@"'([a-z][\w.-]*)'")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\bt(?:Or)?\(`([^`$]+)\$\{")]
    private static partial Regex Family();
}
