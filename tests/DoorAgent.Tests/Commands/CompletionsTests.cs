using DoorAgent.Commands;
using DoorAgent.Storage;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Commands;

[Collection(nameof(WholeConsole))]
public sealed class CompletionsTests : IDisposable
{
    private readonly TempFolder _data = new();

    public void Dispose() => _data.Dispose();

    [Theory]
    [InlineData("simulate ", "day")]
    [InlineData("simulate key", "keypad")]
    [InlineData("log --kind Door", "DoorForced")]
    [InlineData("log --explain Face", "FaceNotMatched")]
    [InlineData("run --set Hardware:Con", "Hardware:Contact=")]
    [InlineData("run --set Schedules", "Schedules=")]
    [InlineData("config set Doors:Access", "Doors:AccessTime")]
    [InlineData("config unset Doors:Access", "Doors:AccessTime")]
    [InlineData("models show mob", "mobilefacenet")]
    [InlineData("models add net.onnx --like mob", "mobilefacenet")]
    [InlineData("people re-encode --encoder door", "door-encoder")]
    [InlineData("badges add adam n", "next")]
    [InlineData("help ", "modes-and-hours")]
    [InlineData("help read", "readers")]
    [InlineData("help st", "status")]
    public void WordsOfTheProgramAreCompleted(string typed, string word) => Assert.Contains(word, Offered(typed));

    [Fact]
    public async Task NamesInTheGalleryAreCompletedExceptForANewPerson()
    {
        await WholeConsole.SaysAsync(0, "added", "people", "add", "Anna B", "--images", Path.Combine(Places.BuiltInPeople, "adam"),
            "--data", _data.Path);
        foreach (string typed in new[] { "people show ", "people remove An", "badges add ", "verify ", "log --person ", "explain a.jpg " })
            Assert.Contains("Anna B", Offered($"--data {_data.Path} {typed}"));
        Assert.DoesNotContain("Anna B", Offered($"--data {_data.Path} people add "));
    }

    [Fact]
    public async Task AnAddedNetworkIsCompletedLikeOneOfTheCatalogue()
    {
        await WholeConsole.SaysAsync(0, "own-mine: proven", "models", "add", Path.Combine(Places.BuiltInModels, "door-encoder.onnx"),
            "--like", "door-encoder", "--name", "mine", "--models", _data.Path);
        Assert.Contains("own-mine", Offered($"--models {_data.Path} models show own"));
        Assert.Contains("own-mine", Offered($"--models {_data.Path} people re-encode --encoder own"));
        Assert.DoesNotContain("own-mine", Offered($"--models {_data.Path} models add net.onnx --like own"));
    }

    [Fact]
    public void WithoutAGalleryNothingIsCompletedAndNothingPrinted() =>
        Assert.DoesNotContain(Offered($"--data {_data.File("none")} people show "), word => !word.StartsWith('-') && !word.StartsWith('/'));

    [Theory]
    [InlineData("dooragent run --set Hardware:ContactO", "ContactOpenIsLow=")]
    [InlineData("dooragent run --set Hardware:Con", "Contact= ContactOpenIsLow=")]
    [InlineData("dooragent people show A", @"Anna\ B")]
    [InlineData("dooragent sta", "status")]
    public void BashAppendsTheCompletionAfterTheLastColon(string line, string replies)
    {
        (int code, string said) = Script.Run("bash", ["-c", """
            dooragent() { printf '%s\n' status setup Hardware:Contact= Hardware:ContactOpenIsLow= 'Anna B' -h '-?' /h; }
            compopt() { :; }
            . deploy/debian/completion.bash
            COMP_LINE=$1 COMP_POINT=${#1}
            _dooragent
            printf '%s' "${COMPREPLY[*]}"
            """, "bash", line]);
        Assert.Equal((0, replies), (code, said));
    }

    private static string[] Offered(string typed) =>
        [.. Root.Create().Parse(typed).GetCompletions(typed.Length).Select(item => item.InsertText ?? item.Label)];
}
