using DoorAgent.Simulation;

namespace DoorAgent.Tests.Simulation;

public sealed class PictureGlobTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("dooragent-globs-");
    private readonly PictureGlob _globs;

    public PictureGlobTests()
    {
        _folder.CreateSubdirectory("eva");
        foreach (string name in new[] { "b.jpg", "a.jpg", "B.jpg", "a10.jpg", "a9.jpg", "c.png" })
            File.WriteAllText(Path.Combine(_folder.FullName, "eva", name), "");
        _globs = new PictureGlob(_folder.FullName, new Dictionary<string, string> { ["seed"] = Path.Combine(_folder.FullName, "eva") });
    }

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("eva/*.jpg", "B.jpg a.jpg a10.jpg a9.jpg b.jpg")]
    [InlineData("eva/a?.jpg", "a9.jpg")]
    [InlineData("seed:*.png", "c.png")]
    [InlineData("seed:c.png", "c.png")]
    public void FindsFilesInOrdinalOrder(string glob, string expected) =>
        Assert.Equal(expected, string.Join(' ', _globs.Find(glob).Select(Path.GetFileName)));

    [Theory]
    [InlineData("eva/*.gif", "no file in")]
    [InlineData("adam/*.jpg", "there is no folder")]
    [InlineData("*/a.jpg", "after the last slash")]
    [InlineData("sed:c.png", "Give --root sed=DIR. Did you mean seed?")]
    public void SaysWhyNothingWasFound(string glob, string what) =>
        Assert.Contains(what, Assert.Throws<UserErrorException>(() => _globs.Find(glob)).Message, StringComparison.Ordinal);
}
