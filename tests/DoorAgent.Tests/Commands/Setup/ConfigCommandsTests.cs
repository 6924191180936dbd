using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Commands.Setup;

[Collection(nameof(WholeConsole))]
public sealed class ConfigCommandsTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0, "A door starts with ", "Doors", """{ "AccessTime": "7 s" }""")]
    [InlineData(1, "Unknown setting Doors:AcessTime", "Doors", """{ "AcessTime": "7 s" }""")]
    [InlineData(1, "Doors:AccessTime is 70 s; allowed: 1 s to 30 s.", "Doors", """{ "AccessTime": "70 s" }""")]
    [InlineData(1, "There is no encoder 'facenet' in the catalogue. Known: ", "Encodings", """{ "Encoder": "facenet" }""")]
    [InlineData(1, "There is no detector 'yunet' in the catalogue. Known: ", "Faces", """{ "Detector": "yunet" }""")]
    [InlineData(1, "The network yunet-n", "Faces", """{ "Detector": "yunet-n" }""")]
    [InlineData(1, "No distance is known at Matching:Fmr 1e-9", "Matching", """{ "Fmr": 1e-9 }""")]
    [InlineData(1, "Decisions:MinSpan is 3 s and Decisions:AttemptTimeout is 2 s", "Decisions",
        """{ "MinSpan": "3 s", "FrameWindow": 20, "MinFrameInterval": "200 ms", "MaxUsableFrames": 100, "AttemptTimeout": "2 s" }""")]
    [InlineData(1, "Decisions:Pin is required and Badges:Keypad is none", "Decisions", """{ "Pin": "required" }""")]
    [InlineData(1, "Badges:Reader is keyboard, which has no keypad", "Decisions",
        """{ "Pin": "required" }, "Badges": { "Reader": "keyboard", "Device": "/dev/input/x" }""")]
    [InlineData(0, "WARNING: in mode badge-only a badge alone opens", "Decisions",
        """{ "Mode": "badge-only", "IKnowBadgesCanBeCopied": true }""")]
    public async Task ConfigCheckAcceptsAndRefusesWhatAStartDoes(int exitCode, string words, string section, string json)
    {
        string camera = Path.Combine(AppContext.BaseDirectory, "builtin", "people", "adam");
        string file = _folder.Write("a.json",
            $$"""{ "Hardware": { "Kind": "simulated", "Contact": "23", "Camera": "{{camera}}" }, "{{section}}": {{json}} }""");
        await SaysAsync(exitCode, words, "config", "check", "--config", file);
        // A start refuses the same configuration.
        if (exitCode != 0)
            await SaysAsync(2, "stays locked", "run", "--config", file);
    }

    [Theory]
    [InlineData("""{ "Kind": "gpio", "Contact": "23", "Camera": "PEOPLE" }""", "A real relay refuses a simulated camera")]
    [InlineData("""{ "Kind": "simulated", "Contact": "23", "Camera": "/nowhere" }""", "does not exist as a folder or file")]
    [InlineData("""{ "Kind": "simulated", "Contact": "23" }""", "Hardware:Camera is not set")]
    [InlineData("""{ "Kind": "gpio", "Contact": "23", "Camera": "csi", "CameraIdentity": "usb-1 1:1" }""",
        "Hardware:CameraIdentity is set")]
    [InlineData("""{ "Contact": "23" }""", "Hardware:Kind is not set")]
    public async Task TheCameraSettingsAreCheckedWithoutOpeningADevice(string hardware, string words)
    {
        string people = Path.Combine(AppContext.BaseDirectory, "builtin", "people", "adam");
        string section = hardware.Replace("PEOPLE", people, StringComparison.Ordinal);
        await SaysAsync(1, words, "config", "check", "--config", _folder.Write("a.json", $$"""{ "Hardware": {{section}} }"""));
    }

    [Fact]
    public async Task ARealDoorIsCheckedWithoutItsDevices() =>
        await SaysAsync(0, "the built-in encoder guards a real door", "config", "check", "--config",
            _folder.Write("a.json", """{ "Hardware": { "Kind": "gpio", "Contact": "23", "Camera": "7" } }"""));

    [Fact]
    public async Task ConfigShowEndsWithZeroForValidAndOneForRefusedSettings()
    {
        await SaysAsync(0, "simulated", "config", "show", "--set=Hardware:Kind=simulated", "--set=Hardware:Contact=23");
        await SaysAsync(1, "A start refuses this: Doors:AccessTime is 70 s; allowed: 1 s to 30 s.", "config", "show",
            "--set=Hardware:Kind=simulated", "--set=Hardware:Contact=23",
            "--set=Doors:AccessTime=70 s");
    }

    [Theory]
    [InlineData(0, "is 5 s (default)", "Doors:AccessTime")]
    [InlineData(0, "How long a grant unlocks the door.", "doors:accesstime")]
    [InlineData(0, "allowed: 1 s to 30 s; default: 5 s", "Doors:AccessTime")]
    [InlineData(0, "Badges:Formats:0 is H10306 (command line)", "Badges:Formats", "--set=Badges:Formats:0=H10306")]
    [InlineData(0, "Schedules:office is Mon 08:00-09:00", "Schedules", "--set=Schedules:office=Mon 08:00-09:00")]
    [InlineData(0, "allowed: 5 ms to 300 ms", "Doors")]
    [InlineData(1, "A start refuses this: Doors:AccessTime is 70 s; allowed: 1 s to 30 s.", "Doors", "--set=Doors:AccessTime=70 s")]
    [InlineData(0, "is 7 s (command line)", "Doors:AccessTime", "--set=Doors:AccessTime=7 s", "--set=Doors:Shunt=70 s")]
    [InlineData(2, "Did you mean Doors:AccessTime?", "Doors:AcessTime")]
    [InlineData(2, "Badges:Keypad takes one value", "Badges:Keypad:0")]
    [InlineData(2, "which Serilog reads by itself", "Serilog")]
    [InlineData(2, "Unrecognized option '--json'.", "--json")]
    [InlineData(2, "'dooragent config show --help' lists the options.", "Doors:AccessTime", "--json")]
    public async Task ConfigShowPrintsTheMeaningRangeAndDefaultOfANamedSetting(int exitCode, string words, params string[] arguments) =>
        await SaysAsync(exitCode, words, ["config", "show", "--set=Hardware:Kind=simulated", "--set=Hardware:Contact=23", .. arguments]);

    [Fact]
    public async Task AnEncoderOtherThanTheGallerysIsReported()
    {
        string people = Path.Combine(AppContext.BaseDirectory, "builtin", "people", "adam");
        await SaysAsync(0, "added", "people", "add", "adam", "--images", people);
        string[] settings = ["--set=Hardware:Kind=simulated", "--set=Hardware:Contact=23", $"--set=Hardware:Camera={people}"];
        await SaysAsync(0, "Encodings:Encoder is mobilefacenet, but the gallery was made with door-encoder",
            ["config", "check", .. settings, "--set=Encodings:Encoder=mobilefacenet"]);
        Assert.DoesNotContain("Encodings:Encoder", await SaysAsync(0, "A door starts", ["config", "check", .. settings]),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheNameOfAScheduleIsCheckedAgainstTheConfiguration()
    {
        await SaysAsync(0, "added", "people", "add", "Emil", "--images",
            Path.Combine(AppContext.BaseDirectory, "builtin", "people", "adam"));
        string file = _folder.Write("a.json", """{ "Schedules": { "office": "Mon-Fri 07:00-19:00" } }""");
        await SaysAsync(2, "Did you mean office?", "people", "schedule", "Emil", "offce", "--config", file);
        await SaysAsync(0, "hours always", "people", "show", "Emil");
        await SaysAsync(2, "There is no schedule 'office'", "people", "schedule", "Emil", "office", "--config",
            _folder.Write("b.json", "{}"));
        await SaysAsync(0, "in the hours of 'office'", "people", "schedule", "Emil", "Office", "--config", file);
    }

    private async Task<string> SaysAsync(int exitCode, string words, params string[] arguments)
    {
        using WholeConsole console = new();
        int code = await Program.Main([.. arguments, "--data", _folder.File("data")]);
        string said = console.Out + console.Error;
        Assert.True(code == exitCode, $"{code}: {said}");
        Assert.Contains(words, said, StringComparison.Ordinal);
        return said;
    }
}
