using DoorAgent.Fuzz;
using DoorAgent.Fuzz.Targets;
using DoorAgent.Galleries;
using DoorAgent.Sealing;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Fuzz;

/// <summary>Every parser that reads bytes of strangers, with the inputs that were found before and with new ones.</summary>
public sealed class FuzzTargetTests
{
    private const int Seed = 20261128;
    private const long Most = 4_000;

    private static readonly TimeSpan Each = TimeSpan.FromSeconds(2);

    private static readonly Corpus Corpus = new(Path.Combine(Repository.Root, "tests", "fuzz", "corpus"));

    private readonly Judge _judge = new(FuzzLimits.Usual);

    public static TheoryData<string> Names => [.. FuzzTargets.All.Select(target => target.Name)];

    [Slow]
    [Theory]
    [MemberData(nameof(Names))]
    public void TheSeedsAndTheKeptInputsOfATargetCauseNoFinding(string name)
    {
        FuzzTarget target = FuzzTargets.Find(name);
        Assert.NotEmpty(target.Seeds());
        foreach (byte[] input in Corpus.Of(target))
            Assert.Null(_judge.Examine(target, input));
    }

    /// <summary>Mutations of inputs that are refused at the first byte would prove little.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void AtLeastOneSeedOfATargetIsAccepted(string name)
    {
        FuzzTarget target = FuzzTargets.Find(name);
        Assert.Contains(target.Seeds(), seed => Record.Exception(() => target.Read(seed)) is null);
    }

    /// <summary>The long mode is tests/fuzz/run.sh, which tries other inputs in each run. Here every run tries the same ones, so that a
    /// failure belongs to the change that caused it. A failure names the input, which belongs into tests/fuzz/corpus.</summary>
    [Slow]
    [Theory]
    [MemberData(nameof(Names))]
    public void TwoSecondsOfMutationsCauseNoFinding(string name)
    {
        FuzzTarget target = FuzzTargets.Find(name);
        CampaignResult result = Campaign.Run(target, Corpus.Of(target), Seed, Most, Each, _judge);
        Assert.InRange(result.Inputs, 20, Most);
        Assert.True(result.Findings.Count == 0, string.Join('\n', result.Findings.Select(found =>
            $"{found.Finding.Kind} at {found.Finding.Place}, input {Convert.ToBase64String(found.Input)}\n"
                + found.Finding.Detail)));
    }

    /// <summary>Without effect, the edits of rows would prove nothing.</summary>
    [Fact]
    public void TheEditsOfAnInputReachTheRowsOfAnOpenGalleryAndASealedOneIsThenRefused()
    {
        Assert.Contains("carla", Edited(MadeGallery.NoKey).Content, StringComparison.Ordinal);
        Assert.Contains("digest", Assert.Throws<UserErrorException>(() => Edited(MadeGallery.OneKey)).Message, StringComparison.Ordinal);
    }

    private static (bool IsSealed, string Content) Edited(KeyRing keys)
    {
        MadeGallery.Write("edited.db", keys);
        string path = ScratchFolder.File("edited.db");
        RowEdits edits = new(path);
        edits.Apply(path, [.. edits.Text("person", "name", 0, "carla"), .. edits.Text("person", "name_key", 0, PersonName.KeyOf("carla"))]);
        return MadeGallery.ReadAll(path, keys);
    }

    [Fact]
    public void TheCorpusHasNoFolderOfAnUnknownTargetAndStaysSmall()
    {
        string folder = Path.Combine(Repository.Root, "tests", "fuzz", "corpus");
        Assert.Empty(Directory.EnumerateDirectories(folder).Select(Path.GetFileName).Except(FuzzTargets.All.Select(target => target.Name)));
        Assert.InRange(FuzzTargets.All.SelectMany(Corpus.FilesOf).Sum(file => new FileInfo(file).Length), 1, 400_000);
    }
}
