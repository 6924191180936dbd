using System.Text.Json;
using DoorAgent.Events;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Storage;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Commands.Explain;

[Collection(nameof(WholeConsole))]
public sealed class ExplainCommandTests(EnrolledPeople people) : IClassFixture<EnrolledPeople>, IDisposable
{
    private static readonly string Adam = Path.Combine(Places.BuiltInPeople, "adam/door-1/03.jpg"),
        NorasVisit = Path.Combine(Places.BuiltInPeople, "nora/door-1");

    private readonly TempFolder _data = new();

    [Fact]
    public async Task APictureIsExplainedAndDrawn()
    {
        string drawn = Enrolled("why.png");
        string said = await SaysAsync(0, "The door would open for adam.", Adam, "adam", "--out", drawn);
        Assert.Contains("ok  brightness", said, StringComparison.Ordinal);
        Assert.Matches(@"0\.\d{3}  \[=+\.*\|\.+\]  below \d\.\d{3}  adam", said);
        Frame picture = new(), drawing = new();
        PictureFile.Read(Adam, picture);
        PictureFile.Read(drawn, drawing);
        Assert.True(drawing.Width > picture.Width);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(drawn));
    }

    [Fact]
    public async Task AVisitOfSomebodyElseIsExplainedAsJson()
    {
        Enrolled();
        JsonElement answer = await JsonAsync(1, NorasVisit, "adam");
        Assert.Equal("FaceNotMatched", answer.GetProperty("reason").GetString());
        Assert.Equal(10, answer.GetProperty("frames").GetArrayLength());
        JsonElement first = answer.GetProperty("frames")[0];
        Assert.Equal(("00.jpg", "NotMatched"), (first.GetProperty("name").GetString(), first.GetProperty("use").GetString()));
        Assert.Equal("nora", first.GetProperty("nearest")[0].GetProperty("person").GetString());
    }

    [Fact]
    public async Task WithoutANameTheNearestPersonIsClaimed()
    {
        Enrolled();
        JsonElement answer = await JsonAsync(1, NorasVisit, "--set", "Liveness:Challenge=always");
        Assert.Equal("nora", answer.GetProperty("claimed").GetString());
        Assert.Contains("nobody was named", answer.GetProperty("path")[0].GetString(), StringComparison.Ordinal);
        Assert.NotNull(answer.GetProperty("asksForTurn").GetString());
    }

    [Fact]
    public async Task TheGalleryIsNotChanged()
    {
        Enrolled();
        byte[] before = await File.ReadAllBytesAsync(_data.File("gallery.db"), TestContext.Current.CancellationToken);
        await JsonAsync(0, Adam, "adam");
        Assert.Equal(before, await File.ReadAllBytesAsync(_data.File("gallery.db"), TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("There is no file or folder nowhere.jpg", "nowhere.jpg", "adam")]
    [InlineData("Nobody called otto is enrolled", null, "otto")]
    [InlineData("either pictures or --event", null, "adam", "--event", "3")]
    [InlineData("must be a time", null, "adam", "--interval", "soon")]
    [InlineData("does not have the extension of a picture", null, "adam", "--out", "why.txt")]
    public async Task WhatCannotBeExplainedIsRefused(string words, string? picture, params string[] others)
    {
        Enrolled();
        await SaysAsync(2, words, [picture ?? Adam, .. others]);
    }

    [Fact]
    public async Task TheDrawingOverwritesNoFileOfTheDoor()
    {
        string link = Enrolled("link.png");
        File.CreateSymbolicLink(link, _data.File("gallery.db"));
        await SaysAsync(2, "is this door's own gallery", Adam, "adam", "--out", link);
        string picture = _data.File("adam.jpg");
        File.Copy(Adam, picture);
        await SaysAsync(2, "would be overwritten by the drawing", picture, "adam", "--out", picture);
    }

    [Fact]
    public async Task ADenialIsExplainedFromTheJournalAndItsPictures()
    {
        await using DoorAtWork door = new(people, settings: "Auditing:KeepPictures=denials");
        DoorEvent denied = await DeniedAsync(door);
        string data = Path.GetDirectoryName(door.GalleryFile)!, drawn = _data.File("why.jpg");
        string said = await WholeConsole.SaysAsync(1, $"#{denied.Sequence}", "explain", "--event", $"{denied.Sequence}", "--data", data,
            "--out", drawn, "--set", "Auditing:KeepPictures=denials");
        Assert.Contains("Looking for adam", said, StringComparison.Ordinal);
        Assert.Contains("15 compared, 0 of them matched", said, StringComparison.Ordinal);
        Assert.Contains("does not match", said, StringComparison.Ordinal);
        Assert.Contains("people pictures adam", said, StringComparison.Ordinal);
        // The mistake is named: the face is nora's.
        Assert.Matches(@"0\.\d{3}  \[=+\.*\|\.+\]  below \d\.\d{3}  nora", said);
        Assert.True(File.Exists(drawn));
    }

    [Fact]
    public async Task ADenialWithoutPicturesIsExplainedFromTheJournalAlone()
    {
        await using DoorAtWork door = new(people);
        DoorEvent denied = await DeniedAsync(door);
        string data = Path.GetDirectoryName(door.GalleryFile)!;
        string said = await WholeConsole.SaysAsync(
            1, "Auditing:KeepPictures=denials keeps", "explain", "--event", $"{denied.Sequence}", "--data", data, "--json");
        JsonElement answer = JsonDocument.Parse(said.Split('\n').Single(line => line.StartsWith('{'))).RootElement;
        Assert.Equal("FaceNotMatched", answer.GetProperty("record").GetProperty("reason").GetString());
        Assert.Equal(["AttemptOpened", "Denied"],
            answer.GetProperty("attempt").EnumerateArray().Select(one => one.GetProperty("kind").GetString()));
        await WholeConsole.SaysAsync(2, "The journal has no record 9999", "explain", "--event", "9999", "--data", data);
    }

    public void Dispose() => _data.Dispose();

    private static async Task<DoorEvent> DeniedAsync(DoorAtWork door)
    {
        door.Show("nora/door-1");
        await door.PassAsync(1);
        door.Present(DoorAtWork.AdamsBadge);
        await door.PassAsync(15);
        return door.Events.Single(raised => raised.Kind == DoorEventKind.Denied);
    }

    private string Enrolled(string file = "")
    {
        people.CopyGalleryTo(_data.File("gallery.db"));
        return _data.File(file);
    }

    private async Task<JsonElement> JsonAsync(int exitCode, params string[] arguments)
    {
        string said = await SaysAsync(exitCode, "{", [.. arguments, "--json"]);
        return JsonDocument.Parse(said.Split('\n').Single(line => line.StartsWith('{'))).RootElement;
    }

    private Task<string> SaysAsync(int exitCode, string words, params string[] arguments) =>
        WholeConsole.SaysAsync(exitCode, words, ["explain", .. arguments, "--data", _data.Path]);
}
