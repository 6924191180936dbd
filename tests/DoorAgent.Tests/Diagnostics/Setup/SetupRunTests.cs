using DoorAgent.Diagnostics.Setup;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Settings;
using DoorAgent.Simulation;
using DoorAgent.Tests.Support;
using Microsoft.Extensions.Configuration;

namespace DoorAgent.Tests.Diagnostics.Setup;

public sealed class SetupRunTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly ScriptedTerminal _terminal = new();

    private string Config => _folder.File("dooragent.json");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void OptionsAloneMakeAConfigurationThatStartsADoor()
    {
        Take(takesDefaults: true, ("--kind", "gpio"), ("--chip", "pinctrl-rp1"), ("--relay", "27"), ("--relay-active-low", "yes"),
            ("--contact", "23"),
            ("--exit", "none"), ("--format", "H10306,H10304"), ("--keypad", "8-bit"), ("--camera", "1"));
        Assert.Equal("""
            {
              "Hardware": {
                "Kind": "gpio",
                "Chip": "pinctrl-rp1",
                "Relay": 27,
                "RelayActiveLow": true,
                "Contact": "23",
                "Camera": "1"
              },
              "Badges": {
                "Formats": [
                  "H10306",
                  "H10304"
                ],
                "Keypad": "8-bit"
              }
            }
            """, string.Join('\n', File.ReadAllLines(Config)));
        SettingsFile.Load(Config, [], new Dictionary<string, string>()).NeedAll();
    }

    [Fact]
    public void DefaultsAreNotWrittenAndExistingSettingsStay()
    {
        File.WriteAllText(Config, """{ "Hardware": { "kind": "simulated", "contact": "none", "D0": 5, "Green": 6, "Camera": "3" }, "Schedules": """
            + """{ "office": "Mon-Fri 08:00-18:00" } } // mine""");
        Take(takesDefaults: true, ("--d0", "17"), ("--mode", "face-only"));
        LoadedSettings now = SettingsFile.Load(Config, [], new Dictionary<string, string>());
        Assert.Equal(("simulated", null, "3", "Mon-Fri 08:00-18:00", "face-only"),
            (now["Hardware:Kind"], now["Hardware:D0"], now["Hardware:Camera"], now["Schedules:office"], now["Decisions:Mode"]));
        Assert.EndsWith("// mine", File.ReadAllText(Config + ".bak"), StringComparison.Ordinal);
    }

    [Fact]
    public void WithoutATerminalTheMissingOptionsAreNamed()
    {
        string refused = Refusal(takesDefaults: false, ("--kind", "gpio"));
        Assert.Contains("--relay  Line of the lock's relay", refused, StringComparison.Ordinal);
        Assert.Contains("--yes takes the defaults", refused, StringComparison.Ordinal);
        Assert.DoesNotContain("--kind", refused, StringComparison.Ordinal);
    }

    [Fact]
    public void YesDoesNotReplaceAnAnswerWithoutADefault()
    {
        string refused = Refusal(takesDefaults: true);
        Assert.Equal(["--contact", "--kind"], refused.Split('\n').Skip(1).Select(line => line.Trim().Split(' ')[0])
            .Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("--relay", "17", "D0 and Relay share it")]
    [InlineData("--relay", "two", "it must be a whole number")]
    [InlineData("--mode", "badge-only", "Decisions:IKnowBadgesCanBeCopied")]
    [InlineData("--keypad", "7-bit", "Badges:Keypad is 7-bit")]
    [InlineData("--format", "H10302,H10304", "one layout of 37 bits")]
    [InlineData("--relay-active-low", "perhaps", "it must be true or false")]
    public void AnInvalidOptionIsRefusedBeforeAnythingIsWritten(string option, string answer, string why)
    {
        File.WriteAllText(Config, "{}");
        Assert.Contains(why, Refusal(takesDefaults: true, ("--kind", "gpio"), ("--contact", "none"), (option, answer)),
            StringComparison.Ordinal);
        Assert.Equal("{}", File.ReadAllText(Config));
        Assert.False(File.Exists(Config + ".bak"));
    }

    [Fact]
    public void ARealRelayWithASimulatedCameraIsNotWritten()
    {
        MadeBench devices = Bench(() => new SimulatedCamera(TimeProvider.System));
        UserErrorException refused = Assert.Throws<UserErrorException>(() =>
            Run(devices, ("--kind", "gpio"), ("--contact", "none")).ApplyOptions(takesDefaults: true));
        Assert.Contains("refuses a simulated camera", refused.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Config));
    }

    [Theory]
    [InlineData("no", "'dooragent models pull minifasnet-v1se'", "minifasnet-v1se")]
    [InlineData("yes", null, "minifasnet-v1se")]
    [InlineData("no", null)]
    public void ADoorThatAStartWouldRefuseForPicturesIsNotWritten(string isAccepted, string? why, params string[] missing)
    {
        SetupRun run = new(Config, SetupDraft.Open(Config, ["Faces:Detector=yunet-n"]), new Dictionary<string, string>
        {
            ["--kind"] = "gpio", ["--contact"] = "none", ["--green"] = "5", ["--camera"] = "1", ["--mode"] = "face-only",
            ["--i-know-pictures-open-this-door"] = isAccepted,
        }, new MadeBench(new SimulatedTime(DateTimeOffset.UnixEpoch, TimeZoneInfo.Utc)) { Camera = Real, Missing = missing }, _terminal);
        UserErrorException? refused = Record.Exception(() => run.ApplyOptions(takesDefaults: true)) as UserErrorException;
        Assert.Equal(why is null, refused is null);
        Assert.Equal(why is null, File.Exists(Config));
        if (why is not null)
            Assert.Contains(why, refused!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnInvalidConfigurationFileIsNotChanged()
    {
        File.WriteAllText(Config, """{ "Hardwear": { "Kind": "gpio" } }""");
        UserErrorException refused = Assert.Throws<UserErrorException>(() => SetupDraft.Open(Config, []));
        Assert.Contains("Unknown setting Hardwear:Kind", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OtherSettingsAreKept()
    {
        new SetupRun(Config, SetupDraft.Open(Config, ["Doors:AccessTime=7 s", "Schedules:night=Mon-Sun 22:00-06:00"]),
            new Dictionary<string, string> { ["--kind"] = "simulated", ["--contact"] = "none" }, Bench(Real), _terminal)
                .ApplyOptions(takesDefaults: true);
        Assert.Contains("\"AccessTime\": \"7 s\"", File.ReadAllText(Config), StringComparison.Ordinal);
        Assert.Contains("\"night\": \"Mon-Sun 22:00-06:00\"", File.ReadAllText(Config), StringComparison.Ordinal);
    }

    [Fact]
    public void TheUnitIsEnabledAndRestarted()
    {
        List<string> calls = [];
        SetupRun run = Run(Bench(Real), ("--kind", "simulated"), ("--contact", "none"));
        run.ApplyOptions(takesDefaults: true);
        run.Finish(Unit(calls, 0), starts: true);
        Assert.Equal(["enable --quiet dooragent.service", "restart dooragent.service"], calls);
    }

    [Fact]
    public void AUnitThatDoesNotStartIsReported()
    {
        UserErrorException refused = Assert.Throws<UserErrorException>(() => Run(Bench(Real)).Finish(Unit([], 1), starts: true));
        Assert.Contains("journalctl -u dooragent", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TheUnitIsUntouchedWhenThatIsRequested()
    {
        List<string> calls = [];
        Run(Bench(Real)).Finish(Unit(calls, 0), starts: false);
        Assert.Empty(calls);
    }

    [Fact]
    public async Task ARunningDoorIsStoppedForTheTestsAndRestartedWhenTheTestsAreCancelled()
    {
        List<string> calls = [];
        SetupRun run = new(Config, SetupDraft.Open(Config, []), new Dictionary<string, string> { ["--kind"] = "nothing" }, Bench(Real),
            _terminal);
        await Assert.ThrowsAsync<UserErrorException>(() => run.AskAsync(Unit(calls, 0), TestContext.Current.CancellationToken));
        Assert.Equal(["is-active --quiet dooragent.service", "stop dooragent.service", "start dooragent.service"], calls);
    }

    private static DoorUnit Unit(List<string> calls, int answer) => new(true, arguments =>
    {
        calls.Add(string.Join(' ', arguments));
        return answer;
    });

    private void Take(bool takesDefaults, params (string, string)[] given) => Run(Bench(Real), given).ApplyOptions(takesDefaults);

    private string Refusal(bool takesDefaults, params (string, string)[] given) =>
        Assert.Throws<UserErrorException>(() => Take(takesDefaults, given)).Message;

    private SetupRun Run(MadeBench devices, params (string Option, string Answer)[] given) =>
        new(Config, SetupDraft.Open(Config, []), given.ToDictionary(answer => answer.Option, answer => answer.Answer), devices, _terminal);

    private static MadeBench Bench(Func<ICamera> camera) =>
        new(new SimulatedTime(DateTimeOffset.UnixEpoch, TimeZoneInfo.Utc)) { Camera = camera };

    private static ICamera Real() => new ToldCamera();
}
