using DoorAgent.Liveness;
using DoorAgent.Models;
using DoorAgent.Networks;
using DoorAgent.Storage;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Models;

public sealed class LivenessFactoryTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private Places Here => new("", [_folder.Path]);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("minifasnet-v2 minifasnet-v1se minifasnet-v2se", nameof(LivenessStrength.Full), "")]
    [InlineData("minifasnet-v2 minifasnet-v1se", nameof(LivenessStrength.Pair), "minifasnet-v2se")]
    [InlineData("minifasnet-v1se minifasnet-v2se", nameof(LivenessStrength.Cues), "minifasnet-v2")]
    [InlineData("minifasnet-v2 minifasnet-v2se", nameof(LivenessStrength.Cues), "minifasnet-v1se")]
    [InlineData("minifasnet-v2", nameof(LivenessStrength.Cues), "minifasnet-v1se minifasnet-v2se")]
    [InlineData("minifasnet-v2se", nameof(LivenessStrength.Cues), "minifasnet-v2 minifasnet-v1se")]
    public void AMissingNetworkMakesTheCheckWeaker(string ids, string strength, string missing)
    {
        Bring(ids.Split(' '));
        using LivenessCheck check = LivenessFactory.Open(Here, new LivenessOptions());
        Assert.Equal(strength, check.Strength.ToString());
        Assert.Equal(missing, string.Join(' ', LivenessFactory.Missing(Here)));
        // Only the networks that judge are watched for changes.
        Assert.Equal(strength == nameof(LivenessStrength.Cues) ? 0 : ids.Split(' ').Length, check.Files.Count);
        Assert.All(check.Files, file => Assert.Null(file.Change()));
    }

    [Fact]
    public void WithoutAnyNetworkTheCuesRemain()
    {
        using LivenessCheck check = LivenessFactory.Open(Here, new LivenessOptions());
        Assert.Equal(LivenessStrength.Cues, check.Strength);
        Assert.Equal(Catalogue.Liveness, LivenessFactory.Missing(Here));
    }

    [Theory]
    [InlineData(LivenessOptions.Cues, nameof(LivenessStrength.Cues))]
    [InlineData(LivenessOptions.Off, nameof(LivenessStrength.Off))]
    public void AModeWithoutNetworksReadsNone(string mode, string strength)
    {
        // A wrong file would be refused if it were read.
        File.WriteAllText(_folder.File(Entry("minifasnet-v2").File), "another file");
        using LivenessCheck check = LivenessFactory.Open(Here, new LivenessOptions { Mode = mode });
        Assert.Equal(strength, check.Strength.ToString());
        Assert.Empty(check.Files);
    }

    [Theory]
    [InlineData("minifasnet-v2")]
    [InlineData("minifasnet-v1se")]
    [InlineData("minifasnet-v2se")]
    public void AWrongFileIsRefusedAndNotSkipped(string id)
    {
        Bring([.. Catalogue.Liveness.Where(other => other != id)]);
        File.Copy(Path.Combine(Shared.Need("models"), "yunet_n_dynamic.onnx"), _folder.File(Entry(id).File));
        Assert.Contains("cut off", WhyRefused(), StringComparison.Ordinal);
        File.WriteAllBytes(_folder.File(Entry(id).File), new byte[Entry(id).Bytes]);
        Assert.Contains($"is not {id}", WhyRefused(), StringComparison.Ordinal);
    }

    /// <summary>Two networks under each other's names, as after a wrong copy.</summary>
    [Fact]
    public void SwappedFilesAreRefused()
    {
        Bring("minifasnet-v2se");
        string models = Shared.Need("models");
        File.Copy(Path.Combine(models, Entry("minifasnet-v2").File), _folder.File(Entry("minifasnet-v1se").File));
        File.Copy(Path.Combine(models, Entry("minifasnet-v1se").File), _folder.File(Entry("minifasnet-v2").File));
        Assert.Contains("is not minifasnet-v2", WhyRefused(), StringComparison.Ordinal);
    }

    /// <summary>The third network cannot judge without the pair, and its wrong file is still a mistake that the installer should
    /// know.</summary>
    [Fact]
    public void AWrongFileIsRefusedEvenWhereItWouldNotJudge()
    {
        File.WriteAllText(_folder.File(Entry("minifasnet-v2se").File), "another file");
        Assert.Contains("cut off", WhyRefused(), StringComparison.Ordinal);
    }

    [Fact]
    public void AFileThatChangesOrDisappearsIsNoticed()
    {
        Bring([.. Catalogue.Liveness]);
        using LivenessCheck check = LivenessFactory.Open(Here, new LivenessOptions());
        File.Delete(check.Files[0].Path);
        File.Delete(check.Files[2].Path);
        File.WriteAllText(check.Files[2].Path, "another file");
        Assert.Equal(["is gone", null, "is no longer the file that was read"], check.Files.Select(file => file.Change()));
        Assert.All(check.Files, file => Assert.True(file.IsOptional));
    }

    private void Bring(params string[] ids)
    {
        foreach (CatalogueEntry entry in ids.Select(Entry))
            File.CreateSymbolicLink(_folder.File(entry.File), Path.Combine(Shared.Need("models"), entry.File));
    }

    private string WhyRefused() =>
        Assert.Throws<UserErrorException>(() => LivenessFactory.Open(Here, new LivenessOptions()).Dispose()).Message;

    private static CatalogueEntry Entry(string id) => Catalogue.Embedded.Find(id, ModelTask.Liveness);
}
