using DoorAgent.Diagnostics.Setup;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Simulation;
using DoorAgent.Storage;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Diagnostics.Setup;

public sealed class SetupInterviewTests : IDisposable
{
    // Only a failing test waits this long.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>Setup and its devices wait for timers that are due sooner than this; the timeout of a question is due
    /// later.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    private readonly TempFolder _folder = new();
    private readonly SimulatedTime _time = new(new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.Zero), TimeZoneInfo.Utc);

    private static readonly (string, string)[] Simulated = [("gpio (a board", "simulated"), ("Line of the door contact", "none"),
        ("Keep these answers all", "yes")];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task ABoardIsSetUpAndEachDeviceIsTested()
    {
        MadeBench devices = new(_time) { Camera = () => new RealCamera(_time, "adam") };
        ScriptedTerminal terminal =
            await RunAsync(devices, [("gpio (a board", "gpio"), ("Line of the door contact", "23"), ("Line of the exit", "24"),
            ("Click the relay", "yes"), ("Line of the green", "5"), ("Keep this answer", "yes")]);

        Assert.Contains("  Read: H10301 ...67.", terminal.Lines);
        Assert.Contains("  The contact says that the door is closed now. Is it? (yes or no) [yes]: ", terminal.Lines);
        Assert.Contains("  Seen: the door is open now.", terminal.Lines);
        Assert.Contains(terminal.Lines, line => line.Contains("Seen: the exit button", StringComparison.Ordinal));
        Assert.Contains(terminal.Lines, line => line.Contains("22 GPIO22 (somebody)", StringComparison.Ordinal));
        Assert.Equal([true, false], devices.Relay.Select(change => change.IsHigh));
        Assert.Equal("""{"Hardware":{"Kind":"gpio","Contact":"23","Exit":24,"Green":5,"Camera":"0"}}""", Written(terminal));
    }

    [Fact]
    public async Task AnUpsideDownCameraIsCorrectedByASetting()
    {
        MadeBench devices = new(_time) { Camera = () => TurnedCamera.Of(new RealCamera(_time, "adam"), 180) };
        ScriptedTerminal terminal =
            await RunAsync(devices, [("gpio (a board", "gpio"), ("Line of the door contact", "none"), ("Keep this answer", "yes")]);
        Assert.Contains(terminal.Lines, line => line.Contains("But the picture seems to be upside down. Turn it: set "
            + "Hardware:CameraRotation to 180?", StringComparison.Ordinal));
        Assert.Contains(terminal.Lines, line => line.Contains(": usable, quality", StringComparison.Ordinal));
        Assert.Equal("""{"Hardware":{"Kind":"gpio","Contact":"none","Camera":"0","CameraRotation":180}}""", Written(terminal));
    }

    [Fact]
    public async Task TheRelayNeverMovesWithoutPermission()
    {
        MadeBench devices = new(_time);
        await RunAsync(devices, [("gpio (a board", "gpio"), ("Line of the door contact", "none"), ("Keep these answers all", "yes")]);
        Assert.Empty(devices.Relay);
    }

    [Fact]
    public async Task SwappedWiresOfTheReaderAreDetectedAndTheAnswersSwapped()
    {
        ScriptedTerminal terminal = await RunAsync(new MadeBench(_time) { IsReaderSwapped = true },
            [("gpio (a board", "gpio"), ("Line of the door contact", "none"), ("Keep these answers all", "yes")]);
        Assert.Contains(terminal.Lines, line => line.Contains("only with D0 and D1 exchanged", StringComparison.Ordinal));
        Assert.Contains("  Read: H10301 ...67.", terminal.Lines);
        Assert.Equal("""{"Hardware":{"Kind":"gpio","D0":18,"D1":17,"Contact":"none","Camera":"0"}}""", Written(terminal));
    }

    [Fact]
    public async Task ForASerialReaderSetupAsksForTheDeviceAndNotForWires()
    {
        string device = _folder.File("no-reader");
        ScriptedTerminal terminal =
            await RunAsync(new MadeBench(_time), [("gpio (a board", "gpio"), ("The reader: wiegand", "serial"), ("Its device", "ttyUSB0"),
            ("Its device", device), ("Speed of its line", "19200"), ("Form of a number", "hex-uid"), ("Keep these answers?", "yes"),
                ("Line of the door contact", "none"), ("Keep these answers all", "yes")]);
        Assert.Contains(terminal.Lines,
            line => line.Contains("Badges:Device is ttyUSB0; allowed: the device of the serial reader", StringComparison.Ordinal));
        Assert.Contains(terminal.Lines, line => line.StartsWith($"  The reader is not there: {device}", StringComparison.Ordinal));
        Assert.DoesNotContain(terminal.Lines, line => line.Contains("Line of the reader's D0", StringComparison.Ordinal));
        Assert.Equal("""{"Hardware":{"Kind":"gpio","Contact":"none","Camera":"0"},"Badges":"""
            + """{"Reader":"serial","Device":"DEVICE","Baud":19200,"TextFormat":"hex-uid"}}""",
            Written(terminal).Replace(device, "DEVICE", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ForAnRfidReaderSetupAsksForTheChipBeforeTheBus()
    {
        ScriptedTerminal terminal = await RunAsync(new MadeBench(_time), [("gpio (a board", "gpio"), ("The reader: wiegand", "rfid"),
            ("Its chip", "pn532"), ("Its device", "/dev/spidev97.0"), ("Its device", "/dev/i2c-97"),
            ("Line of the chip's reset", "none"), ("Keep these answers?", "yes"),
            ("Line of the door contact", "none"), ("Keep these answers all", "yes")]);
        Assert.Contains(terminal.Lines,
            line => line.Contains("Badges:Device is /dev/spidev97.0; allowed: the I2C bus", StringComparison.Ordinal));
        Assert.Contains(terminal.Lines, line => line.StartsWith("  The reader is not there: ", StringComparison.Ordinal)
            && line.Contains("/dev/i2c-97", StringComparison.Ordinal));
        Assert.Equal(
            """{"Hardware":{"Kind":"gpio","Contact":"none","Camera":"0"},"Badges":"""
            + """{"Reader":"rfid","RfidChip":"pn532","Device":"/dev/i2c-97"}}""",
            Written(terminal));
    }

    [Fact]
    public async Task AnAnswerOtherThanYesOrNoRepeatsTheQuestion()
    {
        ScriptedTerminal terminal = await RunAsync(new MadeBench(_time), [.. Simulated, ("Whether a low level "
            + "energises", "perhaps"), ("Whether a low level energises", "true"),
            ("Whether a low level energises", "y")]);
        Assert.Equal(2, terminal.Lines.Count(line => line == "  Please answer yes or no."));
        Assert.Contains("  Whether a low level energises the relay (not recommended: see the package's INSTALL.md) (yes or no) [no]: ",
            terminal.Lines);
        Assert.Contains("\"RelayActiveLow\":true", Written(terminal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task BackReturnsToThePreviousQuestionAndToThePreviousPart()
    {
        ScriptedTerminal terminal = await RunAsync(new MadeBench(_time), [.. Simulated, ("Line of the lock's relay", "25"), ("Whether a "
            + "low level energises", "back"),
            ("Line of the lock's relay", "back"), ("Its keypad", "BACK"), ("Formats of its cards", "H10304"),
                ("Line of the lock's relay", "27")]);
        Assert.Equal("""{"Hardware":{"Kind":"simulated","Relay":27,"Contact":"none","Camera":"0"},"Badges":{"Formats":["H10304"]}}""",
            Written(terminal));
        Assert.Contains("  Line of the lock's relay [25]: ", terminal.Lines);
    }

    [Fact]
    public async Task TwoAnswersCanBeSwappedByGoingBack()
    {
        ScriptedTerminal terminal = await RunAsync(new MadeBench(_time), [("gpio (a board", "simulated"), ("Line of the door "
            + "contact", "23"), ("line is low when the door", "back"),
            ("Line of the door contact", "back"), ("Whether a low level", "back"), ("Line of the lock's relay", "23"),
                ("Line of the door contact", "22"), ("Keep these answers all", "yes")]);
        Assert.Contains("\"Relay\":23,\"Contact\":\"22\"", Written(terminal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task BackAtTheFirstQuestionIsRefused()
    {
        ScriptedTerminal terminal = await RunAsync(new MadeBench(_time), [("gpio (a board", "back"), .. Simulated]);
        Assert.Contains("  That is the first question.", terminal.Lines);
    }

    [Fact]
    public async Task ACameraWithoutAPictureIsKeptOnlyAfterConfirmation()
    {
        bool isFirst = true;
        MadeBench devices = new(_time)
        {
            Camera = () =>
            {
                (bool blank, isFirst) = (isFirst, false);
                return new RealCamera(_time, "adam") { IsLost = blank };
            },
        };
        ScriptedTerminal terminal = await RunAsync(devices, Simulated[..2]);
        Assert.Contains("  Keep this answer? (yes or no) [no]: ", terminal.Lines);
        Assert.Equal(2, terminal.Lines.Count(line => line.StartsWith("  The camera: 0", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task AFolderAsASimulatedCameraIsWrittenWithItsFullPath()
    {
        string folder = Path.Combine(Places.BuiltInPeople, "adam", "door-1");
        MadeBench devices = new(_time) { Camera = () => new RealCamera(_time, "adam") };
        ScriptedTerminal terminal =
            await RunAsync(devices, [.. Simulated[..2], ("The camera: 0", Path.GetRelativePath(Environment.CurrentDirectory, folder))]);
        Assert.Contains($"\"Camera\":\"{folder}\"", Written(terminal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AFolderGivenAsAnOptionIsWrittenWithItsFullPath()
    {
        string folder = Path.Combine(Places.BuiltInPeople, "adam", "door-1");
        MadeBench devices = new(_time) { Camera = () => new RealCamera(_time, "adam") };
        ScriptedTerminal terminal =
            await RunAsync(devices, Simulated[..2], ("--camera", Path.GetRelativePath(Environment.CurrentDirectory, folder)));
        Assert.Contains($"\"Camera\":\"{folder}\"", Written(terminal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ACameraWithAnIdentityMayBePinnedAndForOthersSetupDoesNotAsk()
    {
        (string, string)[] board = [("gpio (a board", "gpio"), ("Line of the door contact", "none"), ("Keep these answers all", "yes")];
        ScriptedTerminal pinned = await RunAsync(new MadeBench(_time), [.. board, ("by its identity", "usb-1 046d:0825")]);
        Assert.Contains("""
            "Camera":"0","CameraIdentity":"usb-1 046d:0825"
            """, Written(pinned), StringComparison.Ordinal);
        ScriptedTerminal network = await RunAsync(new MadeBench(_time), [.. board, ("The camera: 0", "csi")]);
        Assert.DoesNotContain(network.Lines, line => line.Contains("by its identity", StringComparison.Ordinal));
    }

    [Fact]
    public async Task AContactWithTheOppositeLevelIsInverted()
    {
        ScriptedTerminal terminal = await RunAsync(new MadeBench(_time) { IsContactLowWhenOpen = true },
            [("gpio (a board", "gpio"), ("Line of the door contact", "23"), ("that the door is open now", "no"),
                ("Keep these answers all", "yes")]);
        Assert.Contains("  Seen: the door is open now.", terminal.Lines);
        Assert.Equal("""{"Hardware":{"Kind":"gpio","Contact":"23","ContactOpenIsLow":true,"Camera":"0"}}""", Written(terminal));
    }

    [Fact]
    public async Task AnInvalidAnswerRepeatsTheQuestion()
    {
        ScriptedTerminal terminal =
            await RunAsync(new MadeBench(_time), [("gpio (a board", "gpoi"), ("gpio (a board", "gpio"), ("Label of the GPIO", "other"),
            ("Keep these answers all", "no"), ("Label of the GPIO", "made-board"), ("Line of the lock's relay", "17"),
                ("Line of the lock's relay", "x"),
            ("Line of the lock's relay", "27"), ("Line of the door contact", "none"), ("Keep these answers all", "yes")]);
        Assert.Contains(terminal.Lines,
            line => line.Contains("Hardware:Kind is gpoi; allowed: gpio or simulated", StringComparison.Ordinal));
        Assert.Contains(terminal.Lines, line => line.Contains("The chip 'other' does not exist", StringComparison.Ordinal));
        Assert.Contains(terminal.Lines, line => line.Contains("D0 and Relay share it", StringComparison.Ordinal));
        Assert.Contains(terminal.Lines, line => line.Contains("it must be a whole number", StringComparison.Ordinal));
        Assert.Equal("""{"Hardware":{"Kind":"gpio","Chip":"made-board","Relay":27,"Contact":"none","Camera":"0"}}""", Written(terminal));
    }

    [Fact]
    public async Task AModeInWhichABadgeAloneOpensIsWrittenOnlyAfterConsent()
    {
        (string, string)[] simulated = [("gpio (a board", "simulated"), ("Line of the door contact", "none"), ("Keep this", "yes"),
            ("Keep these answers all", "yes")];
        ScriptedTerminal refused =
            await RunAsync(new MadeBench(_time), [.. simulated, ("Mode: badge-and-face", "badge-only"), ("Is that accepted", "no")]);
        Assert.DoesNotContain("Decisions", Written(refused), StringComparison.Ordinal);
        ScriptedTerminal accepted =
            await RunAsync(new MadeBench(_time), [.. simulated, ("Mode: badge-and-face", "badge-only"), ("Is that accepted", "yes")]);
        Assert.Contains("""
            "Decisions":{"IKnowBadgesCanBeCopied":true,"Mode":"badge-only"}
            """, Written(accepted), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ADoorThatPicturesMayOpenIsWrittenOnlyAfterConsent()
    {
        (string, string)[] real = [("gpio (a board", "gpio"), ("Line of the door contact", "none"), ("Line of the green light", "5"),
            ("Keep these answers all", "yes"), ("Mode: badge-and-face", "face-only")];
        MadeBench lacking = new(_time) { Missing = ["minifasnet-v2", "minifasnet-v2se"] };
        ScriptedTerminal refused = await RunAsync(lacking, [.. real, ("Is that accepted", "no")]);
        Assert.DoesNotContain("Decisions", Written(refused), StringComparison.Ordinal);
        Assert.Contains(refused.Lines, line => line.Contains("'dooragent models pull minifasnet-v2 minifasnet-v2se'", StringComparison.Ordinal));
        ScriptedTerminal accepted = await RunAsync(lacking, [.. real, ("Is that accepted", "yes")]);
        Assert.Contains("""
            "Decisions":{"IKnowPicturesOpenThisDoor":true,"Mode":"face-only"}
            """, Written(accepted), StringComparison.Ordinal);
        ScriptedTerminal complete = await RunAsync(new MadeBench(_time), real);
        Assert.Contains("""
            "Decisions":{"Mode":"face-only"}
            """, Written(complete), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AModeThatAsksForATurnIsRefusedWhereNothingCanShowIt()
    {
        ScriptedTerminal terminal = await RunAsync(new MadeBench(_time), [("gpio (a board", "simulated"),
            ("Line of the door contact", "none"), ("Line of the green light", "none"), ("The camera: 0", "0"),
            ("Keep these answers all", "yes"), ("Mode: badge-and-face", "face-only"), ("Mode: badge-and-face", "back"),
            ("The camera: 0", "back"), ("Line of the green light", "5"), ("Keep these answers all", "yes"),
            ("Mode: badge-and-face", "face-only")]);
        Assert.Contains(terminal.Lines, line => line.Contains("nothing at the door can show to which side", StringComparison.Ordinal));
        Assert.Contains("\"Mode\":\"face-only\"", Written(terminal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ARealDoorRefusesAFolderAsACamera()
    {
        bool isFirst = true;
        MadeBench devices = new(_time)
        {
            Camera = () =>
            {
                (bool folder, isFirst) = (isFirst, false);
                return folder ? new FolderCamera(Path.Combine(Places.BuiltInPeople, "adam", "door-1"), TimeProvider.System)
                    : throw new IOException("another one");
            },
        };
        ScriptedTerminal terminal =
            await RunAsync(devices, [("gpio (a board", "gpio"), ("Line of the door contact", "none"), ("The camera: 0", "pictures"),
            ("The camera: 0", "2"), ("Keep these answers all", "yes")]);
        Assert.Contains(terminal.Lines, line => line.Contains("A real relay refuses a simulated camera", StringComparison.Ordinal));
        Assert.Contains("\"Camera\":\"2\"", Written(terminal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhenTheInputEndsSetupEndsWithoutAFile()
    {
        ConsoleTerminal terminal = new(new StringReader("simulated\n"), TextWriter.Null);
        SetupRun run = new(_folder.File("a.json"), Draft(), new Dictionary<string, string>(), new MadeBench(_time), terminal);
        UserErrorException ended =
            await Assert.ThrowsAsync<UserErrorException>(() => run.AskAsync(NoUnit, TestContext.Current.CancellationToken));
        Assert.Contains("nothing was written", ended.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.File("a.json")));
    }

    [Fact]
    public async Task ThePasswordOfACameraIsNotPrinted()
    {
        File.WriteAllText(_folder.File("a.json"),
            """{ "Hardware": { "Kind": "gpio", "Contact": "none", "Camera": "rtsp://door:secret@10.0.0.7/live" } }""");
        ScriptedTerminal terminal = await RunAsync(new MadeBench(_time), [("Keep these answers all", "yes")]);
        Assert.Contains(terminal.Lines, line => line.Contains("[rtsp://...@10.0.0.7/live]", StringComparison.Ordinal));
        Assert.DoesNotContain("secret", string.Concat(terminal.Lines[..^1]), StringComparison.Ordinal);
        Assert.Contains("secret", Written(terminal), StringComparison.Ordinal);
    }

    private static DoorUnit NoUnit { get; } = new(false, _ => throw new InvalidOperationException("There is no unit."));

    private SetupDraft Draft() => SetupDraft.Open(_folder.File("a.json"), []);

    private async Task<ScriptedTerminal> RunAsync(MadeBench devices, (string, string)[] script,
        params (string Option, string Answer)[] given)
    {
        ScriptedTerminal terminal = new(script) { Acts = devices.Act };
        SetupDraft draft = Draft();
        SetupPrompts prompts = new(terminal, _time);
        Task running = new SetupInterview(draft, given.ToDictionary(one => one.Option, one => one.Answer), devices, prompts)
            .RunAsync(TestContext.Current.CancellationToken);
        // Only this loop moves the clock, from one timer to the next, and only after every edge was read: code that sets a timer
        // or reads an edge may be late on a busy machine.
        for (long start = TimeProvider.System.GetTimestamp(); !running.IsCompleted
            && TimeProvider.System.GetElapsedTime(start) < Patience; await Task.Yield())
        {
            await devices.WhenIdleAsync();
            if (_time.NextDue is { } due && due - _time.Elapsed < Soon)
                _time.AdvanceTo(due);
        }

        Assert.True(running.IsCompleted, string.Join('\n', terminal.Lines.TakeLast(10)));
        await running;
        terminal.Lines.Add(draft.Text);
        return terminal;
    }

    private static string Written(ScriptedTerminal terminal) =>
        System.Text.Json.Nodes.JsonNode.Parse(terminal.Lines[^1])!.ToJsonString();

    /// <summary>Shows ten pictures of a person a second as a real camera would.</summary>
    private sealed class RealCamera(TimeProvider time, string person) : ICamera
    {
        private readonly string[] _pictures = [.. Directory.GetFiles(Path.Combine(Places.BuiltInPeople, person, "door-1"))
            .Order(StringComparer.Ordinal)];
        private int _next;

        public string Description => "camera of a board";

        public bool IsSimulated => false;

        /// <summary>Whether the camera delivers no picture.</summary>
        public bool IsLost { get; init; }

        public async ValueTask<CaptureStatus> ReadAsync(Frame frame, TimeSpan atMost, CancellationToken cancellationToken)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), time, cancellationToken);
            if (IsLost)
                return CaptureStatus.Lost;
            PictureFile.Read(_pictures[_next++ % _pictures.Length], frame);
            return CaptureStatus.Captured;
        }

        public void Dispose()
        {
        }
    }
}
