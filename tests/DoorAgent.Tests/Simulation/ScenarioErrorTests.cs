using DoorAgent.Hardware.Cameras;
using DoorAgent.Simulation;
using DoorAgent.Storage;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Simulation;

/// <summary>Errors that appear only while a scenario is played also name their line.</summary>
public sealed class ScenarioErrorTests : IDisposable
{
    private const string Start = "start 2026-03-02 07:55:00 Europe/Berlin\n";
    private const string Adam = "enrol adam badge H10301:123:4567 from builtin:adam/enrol-*.jpg\n";

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("set Doors:AccesTime 5s", 2, "Doors:AccesTime")]
    [InlineData("set Doors:AccessTime soon", 2, "Doors:AccessTime")]
    [InlineData("set Doors:AccessTime 500s", 2, "Doors:AccessTime")]
    [InlineData("set Hardware:Contact none\nset Doors:AccessTime 500s\nset Decisions:Mode face-only", 3, "Doors:AccessTime")]
    [InlineData("set Decisions:Mode badge-only", 2, "IKnowBadgesCanBeCopied")]
    [InlineData("set Encodings:Encoder nobodys", 2, "nobodys")]
    [InlineData("enrol adam from adam/*.jpg", 2, "adam/*.jpg")]
    [InlineData("enrol adam from builtin:adam/nobody-*.jpg", 2, "nobody-*.jpg")]
    [InlineData("enrol a@b from builtin:adam/enrol-*.jpg", 2, "a@b")]
    [InlineData(Adam + "enrol nora badge H10301:123:4567 from builtin:nora/enrol-*.jpg", 3, "adam")]
    [InlineData(Adam + "1 camera elsewhere:adam/*.jpg", 3, "elsewhere")]
    [InlineData(Adam + "1 keys 1234#", 3, "Badges:Keypad")]
    [InlineData("set Doors:AccessTime 5s\n1 badge H10301:999:1", 3, "8 bits")]
    [InlineData(Adam + "1 badges block H10301:1:1", 3, "H10301")]
    [InlineData(Adam + "1 people remove adam\n2 people disable adam", 4, "adam")]
    [InlineData(Adam + "1 restart\n  set Doors:AccessTime 500s", 4, "Doors:AccessTime")]
    [InlineData(Adam + "1 restart\n  set Doors:AccesTime 5s", 4, "Doors:AccesTime")]
    public async Task TheErrorNamesFileAndLine(string text, int line, string words)
    {
        UserErrorException refused = await Assert.ThrowsAsync<UserErrorException>(() => PlayAsync(text));
        Assert.Contains(words, refused.Message, StringComparison.Ordinal);
        Assert.Contains($"{_folder.File("a.door")}:{line.ToString(System.Globalization.CultureInfo.InvariantCulture)}", refused.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task APictureThatCannotBeReadNamesTheLineThatShowsIt()
    {
        _folder.Write("broken.jpg", "no picture");
        UserErrorException refused = await Assert.ThrowsAsync<UserErrorException>(() => PlayAsync($"{Adam}1 camera broken.jpg\n2 badge "
            + "H10301:123:4567\n5 end"));
        Assert.StartsWith($"{_folder.File("a.door")}:3: ", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task APersonCannotBeDrawnFromAPictureWithoutAFace()
    {
        Frame wall = new();
        FramePainting.PaintWall(wall, 320, 240);
        await File.WriteAllBytesAsync(_folder.File("wall.png"), PictureFile.ToPng(wall), TestContext.Current.CancellationToken);
        UserErrorException refused = await Assert.ThrowsAsync<UserErrorException>(
            () => PlayAsync($"{Adam}1 camera wall.png as turn\n2 end"));
        Assert.Contains(":3: ", refused.Message, StringComparison.Ordinal);
        Assert.Contains("No face was found", refused.Message, StringComparison.Ordinal);
    }

    private Task<(ScenarioReport, IReadOnlyList<Observation>)> PlayAsync(string text) => ScenarioRun.PlayAsync(
        _folder.Write("a.door", Start + text), ScenarioFiles.Roots([]), [Places.BuiltInModels], isLogged: false,
            TestContext.Current.CancellationToken);
}
