using DoorAgent.Doors;
using DoorAgent.Events;
using DoorAgent.Hardware.Badges;
using DoorAgent.Hardware.Doors;
using DoorAgent.Matching;
using DoorAgent.Simulation;

namespace DoorAgent.Tests.Simulation;

public sealed class ScenarioParserTests
{
    private const string Head = "start 2026-03-02 07:55:00 Europe/Berlin\nenrol adam badge H10301:123:4567 from a/*.jpg\nenrol \"Eva "
        + "Lee\" from b/*.jpg\n";

    [Fact]
    public void ReadsTheHead()
    {
        Scenario scenario = Parse("set Matching:Fmr 1e-5   # strict\nset Schedules:office \"Mon-Fri 07:00-19:00; Sat 08:00-12:00\"\n");
        Assert.Equal(new ScenarioStart(new DateTime(2026, 3, 2, 7, 55, 0), "Europe/Berlin"), scenario.Start);
        Assert.Equal(new DateTimeOffset(2026, 3, 2, 7, 55, 0, TimeSpan.FromHours(1)), scenario.Start.Instant);
        Assert.Equal([new("Matching:Fmr", "1e-5"), new("Schedules:office", "Mon-Fri 07:00-19:00; Sat 08:00-12:00")], scenario.Settings);
        Assert.Equal([new("adam", Badge.Parse("H10301:123:4567"), "a/*.jpg"), new("Eva Lee", null, "b/*.jpg")], scenario.Enrolments);
        Assert.Equal([2, 3], scenario.Enrolments.Select(enrolment => enrolment.Line.Number));
    }

    [Fact]
    public void ReadsPins()
    {
        Scenario scenario = Parse("enrol nora badge H10301:1:1 pin 4711 duress 1177 from a/*.jpg\nenrol dora pin 290386 from a/*.jpg\n");
        Assert.Equal([("4711", "1177"), ("290386", null)],
            scenario.Enrolments.Skip(2).Select(line => (line.Pin?.Digits, line.Duress?.Digits)));
    }

    public static TheoryData<string, object> Steps => new()
    {
        { "camera a/*.jpg", new ShowPictures("a/*.jpg", 10, LoopMode.Loop, 0) },
        { "camera a/*.jpg rate 12.5 once noise 2", new ShowPictures("a/*.jpg", 12.5m, LoopMode.Once, 2) },
        { "camera a/*.jpg beside b/*.jpg hold", new ShowPictures("a/*.jpg", 10, LoopMode.Hold, 0) { Beside = "b/*.jpg" } },
        { "camera a/1.jpg as print", new ShowPresentation("a/1.jpg", Presentation.Print, 10) },
        { "camera a/*.jpg as replay rate 15", new ShowPresentation("a/*.jpg", Presentation.Replay, 15) },
        { "camera a/1.jpg as still", new ShowPresentation("a/1.jpg", Presentation.Still, 10) },
        { "camera a/1.jpg as live", new ShowPresentation("a/1.jpg", Presentation.Live, 10) },
        { "camera a/1.jpg as turn", new ShowPresentation("a/1.jpg", Presentation.Turn, 10) },
        { "camera a/1.jpg as wrong-turn", new ShowPresentation("a/1.jpg", Presentation.WrongTurn, 10) },
        { "camera none", new ShowView(CameraView.None) },
        { "camera unplugged", new ShowView(CameraView.Unplugged) },
        { "camera frozen", new ShowView(CameraView.Frozen) },
        { "camera dark", new ShowView(CameraView.Dark) },
        { "camera \"dark\"", new ShowPictures("dark", 10, LoopMode.Loop, 0) },
        { "badge H10302::99", new PresentBadge(Badge.Parse("H10302::99"), TimeSpan.FromMilliseconds(2)) },
        { "badge UID:62B43423 gap 0.5", new PresentBadge(Badge.Parse("UID:62B43423"), TimeSpan.FromMilliseconds(0.5)) },
        { "bits 0110", new SendBits("0110", false) },
        { "bits 01 swapped", new SendBits("01", true) },
        { "keys 1234#", new PressKeys("1234#") },
        { "glitch 7", new Glitch(7) },
        { "door open", new MoveDoor(true) },
        { "door close", new MoveDoor(false) },
        { "door bounce 4", new BounceDoor(4) },
        { "exit badge H10301:1:2", new LeaveWithBadge(Badge.Parse("H10301:1:2")) },
        { "exit press", new PressExit(TimeSpan.FromMilliseconds(500)) },
        { "exit press 3", new PressExit(TimeSpan.FromSeconds(3)) },
        { "people disable adam", new ChangePerson(PersonChange.Disable, "adam") },
        { "people enable \"Eva Lee\"", new ChangePerson(PersonChange.Enable, "Eva Lee") },
        { "people remove adam", new ChangePerson(PersonChange.Remove, "adam") },
        { "people schedule adam \"night shift\"", new ChangeSchedule("adam", "night shift") },
        { "people until adam 2026-03-31", new ChangeValidity("adam", ValidityLimit.Until, ValidityDate.Parse("2026-03-31")) },
        { "people from adam 2026-03-31T08:00", new ChangeValidity("adam", ValidityLimit.From, ValidityDate.Parse("2026-03-31T08:00")) },
        { "people until adam never", new ChangeValidity("adam", ValidityLimit.Until, null) },
        { "people from adam always", new ChangeValidity("adam", ValidityLimit.From, null) },
        { "clock set 2026-03-29 01:59:50", new SetClock(new DateTime(2026, 3, 29, 1, 59, 50)) },
        { "clock +2h", new MoveClock(TimeSpan.FromHours(2)) },
        { "clock -1d", new MoveClock(TimeSpan.FromDays(-1)) },
        { "clock +90min", new MoveClock(TimeSpan.FromMinutes(90)) },
        { "clock -30s", new MoveClock(TimeSpan.FromSeconds(-30)) },
        { "badges block H10301:1:1", new BlockBadge(Badge.Parse("H10301:1:1"), false) },
        { "badges lost H10301:1:1", new BlockBadge(Badge.Parse("H10301:1:1"), true) },
        { "badges add adam H10301:1:2", new AddBadge("adam", Badge.Parse("H10301:1:2")) },
        { "restart", new Restart([]) },
        { "kill", new Kill() },
        { "end", new EndScenario() },
    };

    [Theory]
    [MemberData(nameof(Steps), DisableDiscoveryEnumeration = true)]
    public void ReadsEveryStep(string text, object action) => Assert.Equal(action, Assert.Single(Parse($"0 {text} # why\n").Steps).Action);

    public static TheoryData<string, object> Expectations => new()
    {
        { "granted adam within 2", new ExpectGranted("adam", TimeSpan.FromSeconds(2)) },
        { "denied FaceNotMatched", new ExpectDenied(DenyReason.FaceNotMatched, null, TimeSpan.FromSeconds(1)) },
        { "denied FaceNotMatched adam within 0.5", new ExpectDenied(DenyReason.FaceNotMatched, "adam", TimeSpan.FromSeconds(0.5)) },
        { "event AccessTaken", new ExpectEvent(DoorEventKind.AccessTaken, TimeSpan.FromSeconds(1)) },
        { "state HeldOpen within 31", new ExpectState(DoorPhase.HeldOpen, TimeSpan.FromSeconds(31)) },
        { "relay on within 2", new ExpectRelay(true, TimeSpan.FromSeconds(2)) },
        { "relay off", new ExpectRelay(false, TimeSpan.FromSeconds(1)) },
        { "relay on for 5 within 2", new ExpectRelayOnFor(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(2)) },
        { "lights LookAtCamera", new ExpectLights(LightPattern.LookAtCamera, TimeSpan.FromSeconds(1)) },
        { "nothing for 3", new ExpectNothing(TimeSpan.FromSeconds(3)) },
    };

    [Theory]
    [MemberData(nameof(Expectations), DisableDiscoveryEnumeration = true)]
    public void ReadsEveryExpectation(string text, object expectation) =>
        Assert.Equal(expectation, Assert.Single(Assert.Single(Parse($"0 door open\n  expect {text}\n").Steps).Expectations));

    [Fact]
    public void AnEnrolmentMayHaveAScheduleAndALastDay()
    {
        Scenario scenario = Parse("enrol eva badge H10301:1:1 schedule office until 2026-03-31 from a.jpg\n");
        Assert.Equal(new EnrolLine("eva", Badge.Parse("H10301:1:1"), "a.jpg") { Schedule = "office",
            ValidUntil = ValidityDate.Parse("2026-03-31") }, scenario.Enrolments[2] with { Line = default });
    }

    [Fact]
    public void AfterTheClockIsSetATimeOfDayRefersToTheNewClock()
    {
        Scenario scenario = Parse("10 clock set 2026-03-29 01:59:50\n03:00:10 door open\n+0 clock -1h\n01:00:20 door close\n");
        Assert.Equal([10, 30, 30, 40], scenario.Steps.Select(step => step.At.TotalSeconds));
        Assert.Equal(scenario.Start.WallShiftTo(new DateTime(2026, 3, 29, 1, 59, 50), TimeSpan.FromSeconds(10)),
            scenario.WallShiftAt(TimeSpan.FromSeconds(29)));
        Assert.Equal(TimeSpan.Zero, scenario.WallShiftAt(TimeSpan.FromSeconds(9)));
    }

    /// <summary>Thousands of such lines would otherwise reach a year that no calendar has.</summary>
    [Theory]
    [InlineData("+1 clock +3660d\n", "the clock would leave the years")]
    [InlineData("+30000000 door open\n", "no scenario is that long")]
    public void TimesThatARefusedLineNamesDoNotAddUp(string line, string words)
    {
        string text = string.Concat(Enumerable.Repeat(line, 9000)) + "08:00:00 door close\n";
        Assert.Contains(words, Assert.Throws<UserErrorException>(() => Parse(text)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void SettingsBelowARestartAreForTheRestartedWorker()
    {
        Step step = Assert.Single(Parse("5 restart\n  set Decisions:Mode face-only\n  expect state Locked\n").Steps);
        Assert.Equal(new Restart([new Setting("Decisions:Mode", "face-only")]), step.Action);
        Assert.Single(step.Expectations);
    }

    [Fact]
    public void KnowsOnWhichLineAStepAndAnExpectationStand()
    {
        Step step = Assert.Single(Parse("\n# a comment\n0 door open\n\n   expect state Open\n").Steps);
        Assert.Equal(6, step.Line.Number);
        Assert.Equal(8, step.Expectations[0].Line.Number);
    }

    [Fact]
    public void ItsDurationReachesToEndOrToTheLongestWait()
    {
        Assert.Equal(TimeSpan.FromSeconds(90), Parse("0 door open\n  expect state Locked within 100\n90 end\n").Duration);
        Assert.Equal(TimeSpan.FromSeconds(102), Parse("2 door open\n  expect state Locked within 100\n9 door close\n").Duration);
    }

    [Theory]
    [InlineData("0 bagde H10301:1:1", "4:3", "Did you mean badge?")]
    [InlineData("0 camera", "4:9", "is missing here")]
    [InlineData("0 camera a.jpg lop", "4:16", "Did you mean loop?")]
    [InlineData("0 camera a.jpg rate fast", "4:21", "from 0.1 to 240")]
    [InlineData("0 badge H10301:01:1", "4:9", "not a badge number")]
    [InlineData("0 bits 0120", "4:10", "characters 01")]
    [InlineData("0 people disable adma", "4:18", "Did you mean adam?")]
    [InlineData("0 people dissable adam", "4:10", "Did you mean disable?")]
    [InlineData("0 people until adam never-ever", "4:21", "is not a date")]
    [InlineData("0 people from adam never", "4:20", "is not a date")]
    [InlineData("0 people schedule adam", "4:23", "the name of a schedule is missing")]
    [InlineData("0 clock 12:00:00", "4:9", "set DATE TIME is required")]
    [InlineData("0 clock +2w", "4:9", "set DATE TIME is required")]
    [InlineData("0 clock +3661d", "4:9", "up to 3660d")]
    [InlineData("0 clock set 2026-02-30 12:00:00", "4:13", "not a date")]
    [InlineData("0 clock set 1969-12-31 12:00:00", "4:13", "from 1970 to 2199")]
    [InlineData("0 clock set 2026-03-29 02:30:00", "4:1", "does not exist on that day in Europe/Berlin")]
    [InlineData("0 clock set 1970-01-02 00:00:00\n1 clock -3660d", "5:1", "would leave the years 1970 to 2199")]
    [InlineData("enrol eva until soon from a.jpg", "4:17", "is not a date")]
    [InlineData("0 door open wide", "4:13", "not expected here")]
    [InlineData("ad end", "4:1", "no line starts with")]
    [InlineData("enroll eva from a.jpg", "4:1", "Did you mean enrol?")]
    [InlineData("enrol adam from a.jpg", "4:7", "already enrolled")]
    [InlineData("enrol eva badge H10301:1:1", "4:27", "from is missing")]
    [InlineData("enrol eva pin 1234 from a.jpg", "4:15", "anybody guesses")]
    [InlineData("enrol eva pin 47110815081 from a.jpg", "4:15", "4 to 8 digits")]
    [InlineData("enrol eva duress 4711 from a.jpg", "4:11", "from is required")]
    [InlineData("start 2026-03-02 07:55:00 Europe/Berlin", "4:1", "second time")]
    [InlineData("set Mode face-only", "4:5", "not a key")]
    [InlineData("  expect state Locked", "4:3", "no step is above")]
    [InlineData("0 door open\nexpect state Open", "5:1", "start the line with spaces")]
    [InlineData("0 door open\nset Matching:Fmr 1", "5:1", "after the first step")]
    [InlineData("0 door open\n  set Matching:Fmr 1", "5:3", "is not allowed below a step")]
    [InlineData("0 door open\n  expect grunted adam", "5:10", "Did you mean granted?")]
    [InlineData("0 door open\n  expect denied FaceNotMatchd", "5:17", "Did you mean FaceNotMatched?")]
    [InlineData("0 door open\n  expect event accesstaken", "5:16", "Did you mean AccessTaken?")]
    [InlineData("0 door open\n  expect relay on fro 5", "5:19", "Did you mean for?")]
    [InlineData("0 door open\n  expect nothing for 5 within 2", "5:24", "not expected here")]
    [InlineData("5 door open\n4 door close", "5:1", "before the step above")]
    [InlineData("0 end\n1 door open", "5:1", "nothing can follow end")]
    [InlineData("1e3 end", "4:1", "not a time")]
    [InlineData("-1 end", "4:1", "not a time")]
    [InlineData("0 people disable \"adam", "4:18", "not closed")]
    public void SaysWhereAndWhatIsWrong(string text, string where, string what)
    {
        UserErrorException error = Assert.Throws<UserErrorException>(() => Parse(text));
        Assert.StartsWith($"day.door:{where}: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(what, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Theory]
    [InlineData("", "1:1", "start DATE TIME ZONE is missing")]
    [InlineData("start 2026-02-30 07:55:00 UTC", "1:7", "not a date")]
    [InlineData("start 2026-02-20 7:55 UTC", "1:18", "not a time of day")]
    [InlineData("start 2026-02-20 07:55:00 Europe/Berln", "1:27", "Did you mean Europe/Berlin?")]
    [InlineData("start 2026-03-29 02:30:00 Europe/Berlin", "1:18", "does not exist")]
    public void SaysWhatIsWrongWithTheStart(string text, string where, string what)
    {
        UserErrorException error = Assert.Throws<UserErrorException>(() => ScenarioParser.Parse(text, "day.door"));
        Assert.Contains($"day.door:{where}: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(what, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AllErrorsAreReportedTogetherUpToALimit()
    {
        string text = string.Concat(Enumerable.Repeat("0 dor open\n", 12));
        string[] lines = Assert.Throws<UserErrorException>(() => Parse(text)).Message.Split('\n');
        Assert.Equal(11, lines.Length);
        Assert.StartsWith("day.door:5:3: ", lines[1], StringComparison.Ordinal);
        Assert.Equal("... and 2 more.", lines[10]);
    }

    [Fact]
    public void AMissingFileIsAUserError() =>
        Assert.Contains("nowhere.door", Assert.Throws<UserErrorException>(() => ScenarioParser.ReadFile("nowhere.door")).Message,
            StringComparison.Ordinal);

    private static Scenario Parse(string steps) => ScenarioParser.Parse(Head + steps, "day.door");
}
