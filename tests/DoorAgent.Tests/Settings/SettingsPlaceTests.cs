using DoorAgent.Settings;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Settings;

public sealed class SettingsPlaceTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void TheFileIsWrittenCompletelyAndTheOldOneIsKept()
    {
        string path = _folder.File("new/dooragent.json");
        SettingsPlace place = new(path);
        Assert.False(place.Write("one"));
        Assert.True(place.Write("two"));
        Assert.Equal(("two", "one"), (File.ReadAllText(path), File.ReadAllText(place.Backup)));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead, File.GetUnixFileMode(path));
        Assert.Equal(["dooragent.json", "dooragent.json.bak"],
            Directory.GetFiles(Path.GetDirectoryName(path)!).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void TheSameTextIsRecognised()
    {
        SettingsPlace place = new(_folder.File("dooragent.json"));
        Assert.False(place.Has("one"));
        place.Write("one");
        Assert.True(place.Has("one"));
        Assert.False(place.Has("two"));
    }

    [Fact]
    public void APlaceThatCannotBeWrittenIsRefusedBeforeAnyQuestion()
    {
        string file = _folder.Write("file", "");
        UserErrorException refused = Assert.Throws<UserErrorException>(() => new SettingsPlace(Path.Combine(file, "dooragent.json")));
        Assert.Contains("--config", refused.Message, StringComparison.Ordinal);
    }
}
