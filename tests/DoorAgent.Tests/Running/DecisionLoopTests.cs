using DoorAgent.Auditing;
using DoorAgent.Decisions;
using DoorAgent.Doors;
using DoorAgent.Events;
using DoorAgent.Hardware;
using DoorAgent.Hardware.Badges;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Hardware.Devices;
using DoorAgent.Hardware.Doors;
using DoorAgent.Hardware.Gpio;
using DoorAgent.Liveness;
using DoorAgent.Matching;
using DoorAgent.Modes;
using DoorAgent.Operating;
using DoorAgent.Operating.Metrics;
using DoorAgent.Sealing;
using DoorAgent.Storage;
using DoorAgent.Running;
using DoorAgent.Schedules;
using DoorAgent.Simulation;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Running;

/// <summary>Tests the decision loop alone, with an inbox that the test fills.</summary>
public sealed class DecisionLoopTests : IDisposable
{
    private const int Contact = 23;

    private readonly TempFolder _folder = new();
    private readonly SimulatedTime _time = new(new DateTimeOffset(2026, 3, 2, 7, 0, 0, TimeSpan.Zero), TimeZoneInfo.Utc);
    private readonly SimulatedGpioLines _lines;
    private readonly DoorDevices _devices;
    private readonly Journal _journal;
    private readonly List<DoorEventKind> _said = [];
    private readonly CancellationTokenSource _stop = new();

    public DecisionLoopTests()
    {
        _lines = new SimulatedGpioLines(_time, 32);
        _lines.Drive(Contact, false);
        _devices = new DoorDevices(_lines, new SimulatedCamera(_time),
            new HardwareOptions { Contact = $"{Contact}" }, new BadgeOptions(), TimeSpan.FromMilliseconds(50), _time);
        _journal = Journal.Open(_folder.File("journal.db"));
    }

    [Fact]
    public async Task AContactChangeDroppedByAFullInboxIsReadFromTheLevelAndTheLossIsReported()
    {
        Mailbox<DoorMessage> inbox = new(2);
        using ManualResetEventSlim stuck = new(), goOn = new();
        Task running = Run(inbox, e =>
        {
            if (e.Kind != DoorEventKind.ReaderFault || stuck.IsSet)
                return;
            stuck.Set();
            goOn.Wait(TestContext.Current.CancellationToken);
        });
        inbox.Post(Fault());
        await Task.Run(() => stuck.Wait(TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);

        _lines.Drive(Contact, true);
        await _lines.WhenIdleAsync();
        _time.Advance(TimeSpan.FromSeconds(1));
        inbox.Post(DoorMessage.Of(new DoorInputChange(DoorInput.Contact, true, _time.Monotonic()))!);
        for (int i = 0; i < 2; i++)
            inbox.Post(Fault());
        goOn.Set();
        await SettleAsync(inbox, running);
        await EndAsync(running);
        Assert.Equal(
            [DoorEventKind.Started, DoorEventKind.ReaderFault, DoorEventKind.Fault, DoorEventKind.DoorForced,
                DoorEventKind.ReaderFault, DoorEventKind.ReaderFault, DoorEventKind.Stopping],
            _said);
    }

    [Fact]
    public async Task MessagesThatStillWaitAtTheStopAreNotDecided()
    {
        Mailbox<DoorMessage> inbox = new(8);
        Task running = Run(inbox, e =>
        {
            if (e.Kind == DoorEventKind.ReaderFault)
                _stop.Cancel();
        });
        for (int i = 0; i < 4; i++)
            inbox.Post(Fault());
        await running;
        Assert.Equal([DoorEventKind.Started, DoorEventKind.ReaderFault, DoorEventKind.Stopping], _said);
    }

    [Fact]
    public async Task WarningsAreRecordedAtTheStartAndOnceADay()
    {
        Mailbox<DoorMessage> inbox = new(8);
        List<string?> warned = [];
        Task running = Run(inbox, e =>
        {
            if (e.Kind == DoorEventKind.Warning)
                warned.Add($"day {_time.Elapsed.TotalDays}: {e.Detail}");
        }, warnings: ["anybody who copies a badge comes in", "made for a desk"]);
        inbox.Post(Fault());
        await SettleAsync(inbox, running);
        for (int hours = 0; hours < 60; hours++)
        {
            _time.Advance(TimeSpan.FromHours(1));
            await SettleAsync(inbox, running);
        }

        await EndAsync(running);
        Assert.Equal(["day 0: anybody who copies a badge comes in", "day 0: made for a desk", "day 1: anybody who copies a badge comes in",
            "day 1: made for a desk", "day 2: anybody who copies a badge comes in", "day 2: made for a desk"], warned);
        Assert.Equal([DoorEventKind.Started, DoorEventKind.Warning, DoorEventKind.Warning], _said.Take(3));
    }

    [Fact]
    public async Task AnUnconfiguredScheduleIsReportedWhenNewAndNotAtEachGallery()
    {
        Mailbox<DoorMessage> inbox = new(8);
        List<string?> unknown = [];
        Task running = Run(inbox, e =>
        {
            if (e.Kind == DoorEventKind.ScheduleUnknown)
                unknown.Add(e.Detail);
        });
        foreach (string[] schedules in new[] { new[] { "ofice" }, ["ofice"], ["ofice", "night"], ["always", "night"], ["ofice", "night"] })
            inbox.Post(new DoorMessage.GalleryRead(Having(schedules),
                new LoadedNetworks(null!, new Thresholds(new MatchingOptions { Distance = 1 }, null))));
        await SettleAsync(inbox, running);
        await EndAsync(running);
        Assert.Equal(["'ofice' of person 1.", "'night' of person 2.", "'ofice' of person 1."], unknown);
    }

    [Fact]
    public async Task AFaultOfAnEarlierLivenessQuestionIsRecordedAndEndsNoOtherAttempt()
    {
        Mailbox<DoorMessage> inbox = new(8);
        Task running = Run(inbox, _ => { });
        Person person = new(1, "person 1", true, false, "always", 0, 0);
        Badge badge = Badge.Parse("H10301:1:1");
        Gallery gallery = new(1, "test", 2, [person],
            new Dictionary<string, BadgeOwner> { [badge.Number] = new(person, BadgeState.Active) }, []);
        inbox.Post(new DoorMessage.GalleryRead(gallery,
            new LoadedNetworks(null!, new Thresholds(new MatchingOptions { Distance = 1 }, null))));
        inbox.Post(new DoorMessage.ForPolicy(new BadgePresented(badge, _time.Monotonic())));
        for (int i = 0; i < 2; i++)
            inbox.Post(new DoorMessage.LivenessFault(7, "the network of another attempt is broken"));
        await SettleAsync(inbox, running);
        Assert.Equal([DoorEventKind.AttemptOpened, DoorEventKind.Fault], _said.TakeLast(2));
        await EndAsync(running);
    }

    public void Dispose()
    {
        _devices.Dispose();
        _lines.Dispose();
        _journal.Dispose();
        _stop.Dispose();
        _folder.Dispose();
    }

    private static Gallery Having(string[] schedules) => new(1, "test", 2,
        [.. schedules.Select((schedule, i) => new Person(i + 1, $"person {i + 1}", true, false, schedule, 0, 0))],
        new Dictionary<string, BadgeOwner>(), []);

    private DoorMessage Fault() => DoorMessage.Of(new BadgeRead(null, ReadFault.Parity, _time.Monotonic(), 26), ReaderSide.Entry)!;

    /// <summary>Waits until every posted message has been decided. If the loop has ended, its exception is thrown.</summary>
    private static async Task SettleAsync(Mailbox<DoorMessage> inbox, Task running)
    {
        Task idle = inbox.WhenIdleAsync();
        if (await Task.WhenAny(idle, running) == running)
            await running;
        await idle;
    }

    private async Task EndAsync(Task running)
    {
        await _stop.CancelAsync();
        await running;
    }

    private async Task Run(Mailbox<DoorMessage> inbox, Action<DoorEvent> recorded, params string[] warnings)
    {
        AuditingOptions auditing = new();
        EventRecorder recorder = new(_journal, auditing, _time, new EventPublishers(_time)
        {
            Observer = e =>
            {
                _said.Add(e.Kind!.Value);
                recorded(e);
            },
        });
        Places places = Places.Resolve(_folder.Path, models: null);
        MatchingOptions matching = new() { Distance = 1 };
        FaceComparison faces = new(matching, identifies: false);
        using Calendar calendar =
            new(new AccessHours(new ScheduleOptions().Schedules, TimeZoneInfo.Utc, default), unlockHours: null, twoPersonHours: null,
                [.. warnings], inbox, _time);
        using DecisionLoop loop = new(new DecisionParts
        {
            Policy = new AccessPolicy(new DecisionOptions(), new LivenessOptions()),
            Door = new DoorMachine(new DoorOptions()),
            Faces = faces,
            Recorder = recorder,
            Pictures = new AttemptPictures(auditing, new DecisionOptions(), new KeptPictures("none"), inbox, _time),
            Auditing = auditing,
            Devices = _devices,
            Display = new DisplayController(_devices.Display, new DisplayOptions(), _ => null),
            Inbox = inbox,
            Pins = new PinChecking(inbox),
            Liveness = new LivenessChecking(new LivenessCheck(null, new LivenessOptions()), capacity: 5, draw: null, inbox),
            Desk = new OperatorDesk(new StartupSummary("", "", "", []), new UncleanShutdowns(), _time),
            History = new GalleryHistory(places, new KeyRing([], null), recorder.NoteGallery, new HeadKeeper(places, inbox, _time), inbox),
            Calendar = calendar,
            Modes = new ModeParts
            {
                Rule = new ModeRule(hours: null, firstPersonIn: false),
                File = new ModeFile(places.ModeFile),
                Hours = null,
                ReadHours = calendar.ReadUnlockHours,
                Wall = () => calendar.Now,
                ToNextMinute = () => calendar.ToNextMinute,
                IsClockSet = () => calendar.IsClockSet,
                Next = calendar.Next,
                Previous = new PreviousMode(LastingMode.Normal, MustBeWritten: false),
                NeedsRecord = true,
                MayUnlock = () => true,
            },
            Fleet = RunningFleet.PartsOf(FleetReadings.None, places, calendar, built: default),
            Previous = new PreviousRun(AccessState.Initial, [], new UncleanShutdowns()),
            FramesPerSecond = () => 0,
            Metrics = new DoorMetrics(AccessModes.BadgeAndFace),
            Time = _time,
        });
        await Task.Run(() => loop.RunAsync(_stop.Token), TestContext.Current.CancellationToken);
    }
}
