using System.Globalization;
using System.Text.Json;
using DoorAgent.Galleries;
using DoorAgent.Storage;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Commands.People;

/// <summary>Tests the verbs on a gallery as a user types them. The process has one console, so nothing else runs meanwhile.</summary>
[Collection(nameof(WholeConsole))]
public sealed class GalleryCommandsTests : IDisposable
{
    private readonly TempFolder _data = new();

    public void Dispose() => _data.Dispose();

    [Slow]
    [Fact]
    public async Task GalleryCommandsWorkOneAfterAnother()
    {
        await Says(0, "adam: 3 of 3 pictures added", "people", "add", "adam", "--images", People("adam"), "--badge", "H10301:1:2345");
        await Says(0, "nora: 3 of 3 pictures added", "people", "add", "nora", "--images", People("nora"), "--extended");
        string one = await Says(0, "One picture is little: with 3 or more", "people", "add", "Emil B", "--images",
            People("emil/enrol-1.jpg"));
        Assert.Contains("'dooragent people pictures \"Emil B\" --images DIR' adds some.", one, StringComparison.Ordinal);
        Assert.DoesNotContain("little", await Says(0, "added", "people", "pictures", "Emil B", "--images", People("emil")),
            StringComparison.Ordinal);
        await Says(0, "removed", "people", "remove", "Emil B");
        await Says(0, $"data: {_data.Path}", "people", "list");
        string found = await Says(0, "1 of 2 enrolled", "people", "list", "--find", "ORA");
        Assert.Contains("nora", found, StringComparison.Ordinal);
        Assert.DoesNotContain("adam", found, StringComparison.Ordinal);
        await Says(0, "unlocked longer", "people", "show", "NORA");
        await Says(2, "belongs to adam", "badges", "add", "nora", "H10301:1:2345");
        await Says(0, "H10301 ...77", "badges", "add", "nora", "H10301:1:2377");
        await Says(2, "is not a badge number", "badges", "add", "nora", "2345");
        await Says(2, $"No door runs on {_data.Path}: nothing listens", "badges", "add", "nora", "next");
        await Says(2, "facilities from 0 to 255 and cards from 0 to 65535", "badges", "add", "nora", "H10301:300:70000");
        await Says(2, "no facility, and cards from 0 to 34359738367", "people", "add", "emil", "--images", People("emil"), "--badge",
            "H10302::99999999999");

        await Says(0, "It's adam, welcome in!", "verify", "Adam", People("adam/door-1/03.jpg"));
        await Says(1, "It's not adam, please go away", "verify", "adam", People("nora/door-1/03.jpg"));
        await Says(2, "Did you mean adam?", "verify", "adm", People("nora/door-1/03.jpg"));
        await Says(2, "cannot be read", "verify", "adam", People("nowhere.jpg"));
        await Says(1, "threshold 0.100", "verify", "adam", People("adam/door-1/03.jpg"), "--distance", "0.1");
        await Says(2, "Matching:Distance is 3", "verify", "adam", People("adam/door-1/03.jpg"), "--distance", "3");
        await Says(0, "It's nora, welcome in!", "identify", People("nora/door-1/03.jpg"));
        string stranger = await Says(1, "Not in the database.", "identify", People("stranger-2/door-1/03.jpg"));
        Assert.Matches("nearest (adam|nora), distance 1", stranger);

        await Says(0, "adam is disabled.", "people", "disable", "adam");
        await Says(1, "disabled", "verify", "adam", People("adam/door-1/03.jpg"));
        await Says(0, "adam is enabled.", "people", "enable", "adam");
        await Says(0, "is lost", "badges", "block", "H10301:1:2345", "--lost");
        string badges = await Says(0, "lost", "badges", "list");
        Assert.DoesNotContain("2345", badges, StringComparison.Ordinal);
        await Says(0, "H10301:1:2345", "badges", "list", "--full");
        await Says(0, "is active again", "badges", "unblock", "H10301:1:2345");
        await Says(0, "is removed", "badges", "remove", "H10301:1:2345");
        await Says(2, "Nobody has the badge", "badges", "unblock", "H10301:1:2345");
        await Says(0, "in all", "people", "pictures", "nora", "--images", People("nora/door-1"));
        await Says(0, "adam is removed.", "people", "remove", "adam");
        await Says(2, "Nobody called adam", "people", "remove", "adam");
    }

    [Fact]
    public async Task ANameWithAnotherApostropheMeansTheSamePerson()
    {
        await Says(0, "added", "people", "add", "O\u2019Neil", "--images", People("nora/door-1"));
        await Says(0, "10 in all", "people", "pictures", "O'Neil", "--images", People("nora/door-2"));
    }

    [Fact]
    public async Task MarksAndHostsAreSetShownAndExported()
    {
        await Says(0, "added", "people", "add", "adam", "--images", People("adam"), "--badge", "H10301:1:1");
        await Says(0, "added", "people", "add", "nora", "--images", People("nora"), "--badge", "H10301:1:2");
        Assert.DoesNotContain("rules", await Says(0, "2 enrolled", "people", "list"), StringComparison.Ordinal);
        await Says(0, "adam is let in during a lockdown too.", "people", "lockdown", "adam", "on");
        await Says(0, "adam is let in only together with a second person.", "people", "two-person", "adam", "on");
        await Says(2, "Must be one of", "people", "lockdown", "adam", "maybe");
        await Says(2, "Name at least one --host, or --none", "people", "escort", "nora");
        await Says(2, "Name at least one --host, or --none", "people", "escort", "nora", "--none", "--host", "adam");
        await Says(2, "'dooragent people until nora DATE'", "people", "escort", "nora", "--host", "adam");
        await Says(0, "until 2099-01-01", "people", "until", "nora", "2099-01-01");
        await Says(2, "Did you mean adam?", "people", "escort", "nora", "--host", "adm");
        await Says(0, "nora is let in only after a host (adam).", "people", "escort", "nora", "--host", "adam");
        await Says(2, "a visit has an end", "people", "until", "nora", "never");
        await Says(0, "may enter during a lockdown; only together with a second person", "people", "show", "adam");
        string visitor = await Says(0, "visitor, only after a host (adam)", "people", "show", "nora");
        Assert.Contains("may enter, after a host", visitor, StringComparison.Ordinal);
        Assert.Contains("rules", await Says(0, "2 enrolled", "people", "list"), StringComparison.Ordinal);
        using (JsonDocument list = JsonDocument.Parse(await Says(0, "{", "people", "list", "--json")))
        {
            JsonElement nora = list.RootElement.GetProperty("people")[1];
            Assert.True(nora.GetProperty("escorted").GetBoolean());
            Assert.Equal("adam", nora.GetProperty("hosts")[0].GetString());
        }

        await Says(0, "adam is removed", "people", "remove", "adam");
        string alone = await Says(0, "visitor, only after a host (none is named)", "people", "show", "nora");
        Assert.Contains("because: a visitor without a host. The host goes first", alone, StringComparison.Ordinal);
        await Says(0, "nora is let in without a host.", "people", "escort", "nora", "--none");
    }

    [Fact]
    public async Task HoursAndDatesAreSetShownAndApplied()
    {
        const string Office = "--set=Schedules:Office=Mon-Sun 00:00-24:00";
        await Says(0, "added", "people", "add", "adam", "--images", People("adam"));
        await Says(0, "in the hours of 'Office': Mon-Sun 00:00-24:00", "people", "schedule", "adam", "office", Office);
        await Says(0, "It's adam, welcome in!", "verify", "adam", People("adam/door-1/03.jpg"), Office);
        await Says(1, "their schedule 'Office' is not in section Schedules", "verify", "adam", People("adam/door-1/03.jpg"));
        await Says(2, "Did you mean Office?", "people", "schedule", "adam", "ofice", Office);
        await Says(0, "hours Office (Mon-Sun 00:00-24:00)", "people", "show", "adam", Office);
        await Says(0, "so the schedule 'night' could not be looked up", "people", "schedule", "adam", "night");
        await Says(2, "is not the name of a schedule", "people", "schedule", "adam", "a:b");
        await Says(0, "at any time", "people", "schedule", "adam", "always");
        await Says(2, "column 5: 'Fir' is not a day. Did you mean Fri?", "people", "schedule", "adam", "office",
            "--set=Schedules:office=Mon-Fir 07:00-19:00");

        await Says(0, "adam is denied from now on", "people", "until", "adam", "2020-02-29");
        await Says(1, "valid until 2020-02-29", "verify", "adam", People("adam/door-1/03.jpg"));
        await Says(0, "until 2020-02-29", "people", "list");
        await Says(2, "which is never", "people", "from", "adam", "2026-01-01");
        await Says(2, "'always' removes the date", "people", "from", "adam", "never");
        await Says(2, "'never' removes the date", "people", "until", "adam", "31.3.2026");
        await Says(0, "valid until 9999-12-31 (Asia/Beirut)", "people", "until", "adam", "9999-12-31",
            "--set=Decisions:TimeZone=Asia/Beirut");
        await Says(0, "hours always, valid until 9999-12-31", "people", "show", "adam");
        await Says(0, "valid without end", "people", "until", "adam", "never");
        await Says(0, "It's adam, welcome in!", "verify", "adam", People("adam/door-1/03.jpg"));
    }

    [Fact]
    public async Task ARefusedEnrolmentAddsNobody()
    {
        await Says(0, "added", "people", "add", "adam", "--images", People("adam"));
        await Says(2, "eve looks like adam", "people", "add", "eve", "--images", People("adam"));
        await Says(2, "There is no picture in", "people", "add", "eve", "--images", Places.BuiltInPeople);
        await Says(2, "is not a name", "people", "add", "a/b", "--images", People("nora"));
        Assert.DoesNotContain("eve", await Says(0, "1 enrolled", "people", "list"), StringComparison.Ordinal);
    }

    [Fact]
    [Slow]
    public async Task ACameraEnrolsThePersonInFrontOfTheCamera()
    {
        // The built-in people are stills, which the liveness check may refuse.
        string[] nora = ["--camera", People("nora/door-1"), "--count", "2", "--set", "Liveness:Mode=off"];
        string said = await Says(0, "nora: 2 of 2 pictures added", ["people", "add", "nora", "--badge", "H10301:1:1", .. nora]);
        Assert.Contains("+ 1 of 2  good: turn your head a little to the left", said, StringComparison.Ordinal);
        Assert.Contains("+ 2 of 2  good" + Environment.NewLine, said, StringComparison.Ordinal);
        Assert.DoesNotContain("Taking", await Says(2, "Nora is already enrolled", ["people", "add", "Nora", .. nora]),
            StringComparison.Ordinal);
        Assert.Contains("nora", await Says(2, "eve looks like nora", ["people", "add", "eve", .. nora]), StringComparison.Ordinal);
        await Says(0, "1 of 1 pictures added, 3 in all", "people", "pictures", "nora", "--camera", People("nora/door-2"), "--count", "1",
            "--set", "Liveness:Mode=off");
        await Says(2, "does not exist as a folder or file", "people", "add", "eve", "--camera", People("eve"));
    }

    [Theory]
    [InlineData("either --images FOLDER or --camera CAMERA")]
    [InlineData("either --images FOLDER or --camera CAMERA", "--camera", "0", "--images", "x")]
    [InlineData("--count needs --camera", "--images", "x", "--count", "2")]
    [InlineData("--count is 11; it must be from 1 to 10", "--camera", "0", "--count", "11")]
    [InlineData("--at-least is 4; it must be from 1 to 3", "--camera", "0", "--count", "3", "--at-least", "4")]
    [InlineData("--within is 1; it must be from 5 to 600", "--camera", "0", "--within", "1")]
    [InlineData("--i-see-a-person needs --camera", "--images", "x", "--i-see-a-person")]
    public async Task TheSourceOfPicturesIsCheckedBeforeAnythingIsWritten(string words, params string[] arguments)
    {
        await Says(2, words, ["people", "add", "eve", .. arguments]);
        Assert.Empty(Directory.GetFiles(_data.Path));
    }

    [Fact]
    public async Task APinIsReadFromTheInputAndNeverPrinted()
    {
        await Says(0, "added", "people", "add", "adam", "--images", People("adam"));
        await Says(0, "PIN not set, duress PIN not set", "people", "show", "adam");
        await SaysOn("4711", 0, "adam has a new PIN.", "people", "pin", "adam");
        await SaysOn("4711", 2, "must differ", "people", "pin", "adam", "--duress");
        await SaysOn("1177", 0, "adam has a new duress PIN.", "people", "pin", "adam", "--duress");
        await Says(0, "PIN set, duress PIN set", "people", "show", "adam");
        await SaysOn("1234", 2, "anybody guesses", "people", "pin", "adam");
        await SaysOn("", 2, "4 to 8 digits", "people", "pin", "adam");
        await SaysOn("4711", 2, "Did you mean adam?", "people", "pin", "adm");
        await Says(2, "4711", "people", "pin", "adam", "4711");
        await Says(0, "adam no longer has a duress PIN.", "people", "pin", "adam", "--clear", "--duress");
        await Says(0, "PIN set, duress PIN not set", "people", "show", "adam");
        await Says(0, "adam no longer has a PIN.", "people", "pin", "adam", "--clear");
        await Says(0, "PIN not set", "people", "show", "adam");
    }

    [Fact]
    public async Task ProgramsGetOneLineOfJson()
    {
        await Says(0, "added", "people", "add", "adam", "--images", People("adam"));
        using WholeConsole console = new();
        Assert.Equal(1, await Program.Main(["verify", "adam", People("nora/door-1/03.jpg"), "--json", "--data", _data.Path]));
        using JsonDocument answer = JsonDocument.Parse(console.Out);
        Assert.False(answer.RootElement.GetProperty("opens").GetBoolean());
        Assert.Equal("too far", answer.RootElement.GetProperty("reason").GetString());
        Assert.InRange(answer.RootElement.GetProperty("distance").GetDouble(), 1, 2);
        Assert.Contains($"data: {_data.Path}", console.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheListSaysWhyAPersonMayNotEnterAndWhenTheyNextMay()
    {
        string next = DateTime.UtcNow.Date.AddDays(2).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        const string Utc = "--set=Decisions:TimeZone=UTC";
        string enrolled = await Says(0, "because: no badge. Give it to somebody with 'dooragent badges add NAME BADGE'.", "people",
            "add", "adam", "--images", People("adam"));
        Assert.Contains("may not enter", enrolled, StringComparison.Ordinal);
        await Says(0, "no: no badge", "people", "list");
        await Says(0, "no: no badge, no PIN", "people", "list", "--set=Decisions:Pin=required", "--set=Badges:Keypad=4-bit");
        Assert.DoesNotContain("no:", await Says(0, "yes", "people", "list", "--set=Decisions:Mode=face-only"), StringComparison.Ordinal);
        await Says(0, "has the badge", "badges", "add", "adam", "H10301:1:2345");
        await Says(0, "yes", "people", "list");
        await Says(0, "valid from", "people", "from", "adam", next, Utc);
        await Says(0, "not now: from ", "people", "list", Utc);
        await Says(0, "may not enter now, next from ", "people", "show", "adam", Utc);
        await Says(0, "not known", "people", "list", "--set=Decisions:Mode=foo");

        using WholeConsole console = new();
        Assert.Equal(0, await Program.Main(["people", "list", "--json", Utc, "--data", _data.Path]));
        using JsonDocument list = JsonDocument.Parse(console.Out);
        JsonElement adam = Assert.Single(list.RootElement.GetProperty("people").EnumerateArray().ToArray());
        Assert.Equal("adam", adam.GetProperty("name").GetString());
        Assert.False(adam.GetProperty("mayEnter").GetBoolean());
        Assert.Equal($"{next}T00:00:00+00:00", adam.GetProperty("next").GetString());
        Assert.Equal("OutsideValidity", adam.GetProperty("whyNot")[0].GetProperty("reason").GetString());
        Assert.Equal("H10301 ...45", adam.GetProperty("badges")[0].GetProperty("badge").GetString());
    }

    [Fact]
    public async Task ARenamedPersonKeepsTheirIdentity()
    {
        await Says(0, "added", "people", "add", "adam", "--images", People("adam"), "--badge", "H10301:1:2345");
        await Says(0, "added", "people", "add", "nora", "--images", People("nora"));
        long id = IdOf("adam");
        await Says(0, "adam is now called O\u2019Brien.", "people", "rename", "Adam", "O\u2019Brien");
        Assert.Equal(id, IdOf("O\u2019Brien"));
        await Says(0, "It's O\u2019Brien, welcome in!", "verify", "O'brien", People("adam/door-1/03.jpg"));
        await Says(0, "O\u2019Brien: enrolled", "people", "show", "o'brien");
        await Says(0, "O\u2019Brien is now called O'Brien.", "people", "rename", "O'Brien", "O'Brien");
        await Says(2, "looks like O'Brien, who is enrolled", "people", "rename", "nora", "O\u2019Brien");
        await Says(2, "is somebody else", "people", "rename", "nora", "o'brien");
        await Says(2, "Nobody called adam", "people", "rename", "adam", "eve");
        await Says(2, "is not taken as a name", "people", "rename", "nora", "N\u043era");
        Assert.Contains("O'Brien", await Says(0, "H10301 ...45", "badges", "list"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ANameThatLooksLikeAnEnrolledNameIsRefusedBeforePicturesAreRead()
    {
        await Says(0, "added", "people", "add", "Exe", "--images", People("nora"));
        string said = await Says(2,
            "looks like Exe, who is enrolled, and in a list nobody could tell them apart ('\u0415' (U+0415) here, 'E' (U+0045) there)",
            "people", "add", "\u0415\u0445\u0435", "--images", People("adam"));
        Assert.DoesNotContain("enrol-1", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PicturesAreListedAndRemovedByNumber()
    {
        await Says(0, "added", "people", "add", "adam", "--images", People("adam"), "--set", "People:KeepCrops=true");
        string list = await Says(0, "adam: 3 pictures, faces kept of 3", "people", "pictures", "ADAM", "--list");
        string second = list.Split('\n').Single(line => line.TrimStart().StartsWith("2 ", StringComparison.Ordinal))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)[1];
        await Says(2, "adam has no picture 4", "people", "pictures", "adam", "--remove", "1", "--remove", "4");
        await Says(2, "adam has no picture 0", "people", "pictures", "adam", "--remove", "0");
        await Says(2, "Without a picture the door would not recognise adam", "people", "pictures", "adam", "--remove", "1", "--remove", "2",
            "--remove", "3");
        await Says(0, "adam has 2 pictures now", "people", "pictures", "adam", "--remove", "2");
        Assert.DoesNotContain(second, await Says(0, "adam: 2 pictures, faces kept of 2", "people", "pictures", "adam", "--list"),
            StringComparison.Ordinal);
        await Says(0, "adam has 1 pictures now", "people", "pictures", "adam", "--remove", "1");
        await Says(2, "Without a picture", "people", "pictures", "adam", "--remove", "1");
        await Says(2, "Either --list, or --images", "people", "pictures", "adam", "--list", "--images", "x");
        await Says(2, "Either --list or --remove", "people", "pictures", "adam", "--list", "--remove", "1");
    }

    [Fact]
    public async Task NoCardIsRequestedUntilTheOtherArgumentsAreValid()
    {
        await Says(0, "added", "people", "add", "adam", "--images", People("adam"));
        string unknown = await Says(2, "Nobody called bob is enrolled", "badges", "add", "bob", "next");
        string noDoor = await Says(2, "No door runs on", "badges", "add", "adam", "next");
        string taken = await Says(2, "adam is already enrolled", "people", "add", "adam", "--images", People("adam"), "--badge", "next");
        string noPictures = await Says(2, "There is no picture in", "people", "add", "eve", "--images", Places.BuiltInPeople, "--badge",
            "next");
        Assert.All(new[] { unknown, noDoor, taken, noPictures }, said => Assert.DoesNotContain("Present", said, StringComparison.Ordinal));
    }

    [Fact]
    public async Task BadgesAreListedAsJson()
    {
        await Says(0, "added", "people", "add", "adam", "--images", People("adam"), "--badge", "H10301:1:2345");
        foreach ((string[] full, string number) in new[] { (Array.Empty<string>(), "H10301 ...45"), (["--full"], "H10301:1:2345") })
        {
            using WholeConsole console = new();
            Assert.Equal(0, await Program.Main(["badges", "list", "--json", .. full, "--data", _data.Path]));
            using JsonDocument list = JsonDocument.Parse(console.Out);
            JsonElement badge = Assert.Single(list.RootElement.GetProperty("badges").EnumerateArray().ToArray());
            Assert.Equal(("adam", number, "active"),
                (badge.GetProperty("person").GetString(), badge.GetProperty("badge").GetString(), badge.GetProperty("state").GetString()));
        }
    }

    [Theory]
    [InlineData("people", "list")]
    [InlineData("badges", "list")]
    [InlineData("people", "disable", "adam")]
    [InlineData("verify", "adam", "x.jpg")]
    public async Task WithoutAGalleryTheNextStepIsNamedAndNoGalleryIsCreated(params string[] arguments)
    {
        await Says(2, "people add NAME --images DIR", arguments);
        Assert.Empty(Directory.GetFiles(_data.Path));
    }

    private async Task SaysOn(string input, int exitCode, string words, params string[] arguments)
    {
        TextReader before = Console.In;
        Console.SetIn(new StringReader(input + "\n"));
        try
        {
            string said = await Says(exitCode, words, arguments);
            Assert.True(input.Length == 0 || !said.Contains(input, StringComparison.Ordinal), said);
        }
        finally
        {
            Console.SetIn(before);
        }
    }

    private Task<string> Says(int exitCode, string words, params string[] arguments) =>
        WholeConsole.SaysAsync(exitCode, words, [.. arguments, "--data", _data.Path]);

    private long IdOf(string name)
    {
        using GalleryFile gallery = GalleryFile.OpenToRead(Path.Combine(_data.Path, "gallery.db"));
        return gallery.Person(name).Id;
    }

    private static string People(string relative) => Path.Combine(Places.BuiltInPeople, relative);
}
