using DoorAgent.Commands.Trying;
using DoorAgent.Galleries;
using DoorAgent.Storage;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Commands.Trying;

/// <summary>Plays whole trials line by line, with the built-in networks, in real time.</summary>
[Collection(nameof(WholeConsole))]
public sealed class TryRunTests : IDisposable
{
    // On a busy machine frames reach the door late.
    private static readonly string[] Unhurried =
    [
        "Decisions:AttemptTimeout=60 s", "Decisions:MaxGap=10 s", "Decisions:MaxFrameAge=2 s", "Frames:SilentAfter=30 s",
            "Doors:AccessTime=30 s",
    ];

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Slow]
    [Fact]
    public async Task BuiltInPeopleAreAdmittedAndTheLookAlikeIsNot()
    {
        string said = await RunAsync(null, "a", "door open", "door close", "stand stranger", "a", "foo", "q");
        AssertInOrder(said, "UNLOCKED", "Granted: adam", "Access taken: adam", "closed and locked", "a stranger, rather like adam",
            "decision  adam: FaceNotMatched",
            "'foo' is not a command", "The door is locked, and all data of this trial are deleted.");
        Assert.Equal(7, said.Split("  DoorAgent   a simulated door").Length - 1);
    }

    [Slow]
    [Fact]
    public async Task TheUserIsEnrolledFromTheirCameraAndAdmittedOnlyWithTheirBadge()
    {
        foreach (string door in new[] { "door-1", "door-2" })
        {
            foreach (string file in Directory.GetFiles(Path.Combine(Places.BuiltInPeople, "karl", door)))
                File.Copy(file, _folder.File($"{door}-{Path.GetFileName(file)}"));
        }

        string said = await RunAsync(_folder.Path, "y", "n");
        AssertInOrder(said, "+ 5 of 5  good", "decision  Carl: let in", "decision  nora: FaceNotMatched", "The door is locked");
    }

    private static async Task<string> RunAsync(string? camera, params string[] lines)
    {
        using WholeConsole console = new();
        TextReader keyboard = Console.In;
        try
        {
            using StringReader typed = new(string.Join('\n', lines));
            Console.SetIn(typed);
            await new TryRun(Unhurried, [Places.BuiltInModels], isScreen: false)
                .RunAsync(camera, PersonName.Parse("Carl"), TestContext.Current.CancellationToken);
            return console.Out;
        }
        finally
        {
            Console.SetIn(keyboard);
        }
    }

    private static void AssertInOrder(string said, params string[] words)
    {
        int at = 0;
        foreach (string word in words)
        {
            int found = said.IndexOf(word, at, StringComparison.Ordinal);
            Assert.True(found >= 0, $"'{word}' is not said after what comes before it, in: {said}");
            at = found;
        }
    }
}
