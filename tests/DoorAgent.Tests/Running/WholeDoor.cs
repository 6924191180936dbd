using System.Collections.Immutable;
using DoorAgent.Decisions;
using DoorAgent.Doors;
using DoorAgent.Events;
using DoorAgent.Fleet;
using DoorAgent.Hardware.Badges;
using DoorAgent.Hardware.Doors;
using DoorAgent.Liveness;
using DoorAgent.Matching;
using DoorAgent.Modes;
using DoorAgent.Operating;
using DoorAgent.Running;
using DoorAgent.Schedules;
using DoorAgent.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace DoorAgent.Tests.Running;

/// <summary>What a <see cref="WholeDoor"/> is like.</summary>
internal sealed record WholeDoorSettings
{
    public PassbackMode Passback { get; init; }

    /// <summary>In seconds.</summary>
    public double AntiPassback { get; init; }

    public bool HasHours { get; init; }

    public bool FirstPersonIn { get; init; }

    public bool ExitUnlocks { get; init; }

    public bool HasContact { get; init; }

    public Relock Relock { get; init; }
}

/// <summary>
/// The policy, the modes, the operator's orders and the door machine, joined as <see cref="DecisionLoop"/> joins them, at a door where a badge
/// alone opens. The relay has its own timer, the journal can fail, and the test moves the clock. Whoever is let in is reported to the test
/// before the door machine hears of them.
/// </summary>
internal sealed class WholeDoor : IOperatedDoor, IRelay
{
    public const long Adam = 1, Nora = 2, Zoe = 3, Vic = 4, Dan = 5, Fay = 6;

    /// <summary>The hours of adam; Christmas Day is a holiday.</summary>
    public const string Office = "Mon-Fri 08:00-18:00; holidays closed", Holiday = "12-25";

    private static readonly DateTimeOffset Start = new(2026, 12, 24, 8, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Built = Start.AddYears(-1);
    private static readonly TimeSpan Began = TimeSpan.FromDays(40);

    private readonly AccessPolicy _policy;
    private readonly DoorMachine _machine;
    private readonly DecisionOptions _options;
    private readonly WholeDoorSettings _settings;
    private readonly AccessHours _hours;
    private readonly string _modeFile;
    private DoorController _door;
    private AccessState _access = AccessState.Initial;
    private DoorModes _modes;
    private DoorFleet _fleet;
    private OperatorOrders _orders;
    private long _sequence;

    /// <param name="settings">What the door is like.</param>
    /// <param name="modeFile">Where the mode is kept over a restart.</param>
    public WholeDoor(WholeDoorSettings settings, string modeFile)
    {
        (_settings, _modeFile) = (settings, modeFile);
        File.Delete(modeFile);
        File.Delete(ContactFile);
        _options = new DecisionOptions
        {
            Mode = AccessModes.BadgeOnly, Passback = settings.Passback, AntiPassback = TimeSpan.FromSeconds(settings.AntiPassback),
        };
        ScheduleOptions schedules = new() { ["office"] = Office, ["holidays"] = Holiday };
        _hours = new AccessHours(schedules.Schedules, TimeZoneInfo.Utc, Built);
        _policy = new AccessPolicy(_options, new LivenessOptions());
        _machine = new DoorMachine(new DoorOptions { ExitUnlocks = settings.ExitUnlocks, Relock = settings.Relock });
        (_door, _modes, _fleet, _orders) = Parts(LastingMode.Normal);
        Run();
    }

    public TimeSpan Now { get; private set; } = Began;

    public DateTimeOffset Wall => Start + (Now - Began);

    public DecisionOptions Options => _options;

    public AccessState Access => _access;

    public DoorState State => _door.State;

    public DoorMode Mode => _modes.Mode;

    /// <summary>The people; a test may change the marks.</summary>
    public Gallery? Gallery { get; private set; } = GalleryOf(person => person);

    public bool AreHoursOpen { get; set; }

    public bool IsTwoPersonTime { get; set; }

    /// <summary>The newest manifest that the door has; null for a door in no fleet.</summary>
    public FleetManifest? Manifest { get; private set; }

    /// <summary>The last time at which the link said that the door has everything.</summary>
    public DateTimeOffset? LastContact { get; private set; }

    /// <summary>The lockdown of the group that root ended here.</summary>
    public FleetLockdown? Overridden { get; private set; }

    public bool DoesRelayFail { get; set; }

    public bool DoesJournalFail { get; set; }

    /// <summary>Everything that happened in this run and, before it, what the journal has; with the monotonic time.</summary>
    public List<(TimeSpan At, DoorEvent Event)> Happened { get; } = [];

    /// <summary>Who was let in, and when; without those whom the relay kept out.</summary>
    public List<(TimeSpan At, long Person)> Entries { get; } = [];

    /// <summary>Everybody whom the door lets in at this moment.</summary>
    public ImmutableArray<long> Together { get; private set; } = [];

    /// <summary>Hears of everybody who is about to be let in.</summary>
    public Action<long> LettingIn { get; set; } = _ => { };

    /// <summary>Hears of every command that energises a released relay, with what the door was asked for.</summary>
    public Action<string> Energising { get; set; } = _ => { };

    /// <summary>When each person's badge was last at the exit reader.</summary>
    public Dictionary<long, TimeSpan> ExitReads { get; } = [];

    /// <summary>When the relay was energised, or its time renewed by a hold.</summary>
    public TimeSpan RenewedAt { get; private set; }

    private TimeSpan FirstOn { get; set; }

    private TimeSpan? RelayUntil { get; set; }

    private string Reason { get; set; } = "";

    private List<(TimeSpan At, DoorEvent Event)> Journal { get; } = [];

    public bool IsEnergised => Now < RelayUntil;

    bool IRelay.IsSimulated => true;

    string IOperatedDoor.Camera => "";

    public static Badge BadgeOf(long person) => Badge.Of("H10301", 1, (ulong)person);

    /// <summary>adam has hours, nora is marked for lockdowns, zoe needs a second person, vic is a visitor of adam and nora, dan gets more
    /// time, fay is of the fleet.</summary>
    private static Gallery GalleryOf(Func<Person, Person> change)
    {
        Person[] people =
        [
            .. new Person[]
            {
                new(Adam, "adam", true, false, "office", 0, 0),
                new(Nora, "nora", true, false, "always", 0, 0) { IsForLockdown = true },
                new(Zoe, "zoe", true, false, "always", 0, 0) { NeedsSecondPerson = true },
                new(Vic, "vic", true, false, "always", 0, 0)
                {
                    IsEscorted = true, Hosts = [Adam, Nora], ValidUntil = ValidityDate.Parse("2027-01-31"),
                },
                new(Dan, "dan", true, true, "always", 0, 0),
                new(Fay, "fay", true, false, "always", 0, 0) { Origin = "f1" },
            }.Select(change),
        ];
        return new Gallery(1, "test", 2, [.. people],
            people.ToDictionary(person => BadgeOf(person.Id).Number, person => new BadgeOwner(person, BadgeState.Active)), []);
    }

    public void Change(Func<Person, Person> change) => Gallery = GalleryOf(change);

    /// <summary>Lets time pass with ticks that come in time.</summary>
    public void Pass(double seconds)
    {
        TimeSpan end = Now + TimeSpan.FromSeconds(seconds);
        while (new[] { AccessPolicy.NextDue(_access), _door.NextDue, _modes.NextDue(Now), _fleet.NextDue(Now) }.Min() is { } due && due <= end)
        {
            Now = due > Now ? due : Now;
            Follow();
            Advance(new AccessTick());
            Advance(new DoorTick());
            AssertProgress(due);
        }

        Now = end;

        void AssertProgress(TimeSpan done) => Assert.False(
            new[] { AccessPolicy.NextDue(_access), _door.NextDue, _modes.NextDue(Now), _fleet.NextDue(Now) }.Min() <= done, "what was due is still due");
    }

    /// <summary>Lets time pass while the loop stands still; the relay's own timer goes on.</summary>
    public void Hang(double seconds) => Now += TimeSpan.FromSeconds(seconds);

    public void Read(long person, ReaderSide side = ReaderSide.Entry)
    {
        Follow();
        if (side == ReaderSide.Exit)
            ExitReads[person] = Now;
        Advance(new BadgePresented(BadgeOf(person), Now) { Side = side });
    }

    public void Do(AccessEvent accessEvent)
    {
        Follow();
        Advance(accessEvent);
    }

    public void Do(DoorInputEvent input)
    {
        Follow();
        Reason = input is ExitPressed ? "exit button" : "";
        Advance(input);
    }

    public OperatorAnswer Order(OperatorRequest request)
    {
        Follow();
        OperatorAnswer? answered = null;
        Reason = request.Verb == OperatorVerb.Unlock ? "unlock" : "";
        _orders.Obey(request, "the test", answer => answered = answer, Now);
        return answered!;
    }

    /// <summary>The fleet delivers a manifest, or the door leaves its fleet.</summary>
    public void Deliver(FleetManifest? manifest)
    {
        Follow();
        // The file of the last contact is missing: the time of the manifest counts.
        LastContact = manifest is null ? null : LastContact ?? manifest.Issued;
        Manifest = manifest;
        _fleet.Read(Reading(), Now);
    }

    /// <summary>The link says that the door has everything.</summary>
    public void HearFleet()
    {
        Order(new OperatorRequest(OperatorVerb.FleetContact) { Contact = new FleetContact(true, true, 0, null) });
        if (Manifest is not null)
            LastContact = Wall;
    }

    /// <summary>Root orders the mode normal, and ends a lockdown of the group too.</summary>
    public void Override()
    {
        if (Order(new OperatorRequest(OperatorVerb.Mode) { Mode = DoorMode.Normal, IsEvenFleet = true }).Refusal is null)
            Overridden = Manifest?.Lockdown;
    }

    /// <summary>Cuts the power and starts again: only the journal and the mode's file are left.</summary>
    public void Restart()
    {
        RelayUntil = null;
        DoesRelayFail = false;
        Happened.Clear();
        Happened.AddRange(Journal);
        DoorEvent[] newestFirst = [.. Journal.Select(record => record.Event).Reverse()];
        _access = AccessState.Initial with { Positions = PositionReplay.Of(newestFirst, Wall, Now, Built) };
        LastingMode lasting = new ModeFile(_modeFile).Read() ?? LastingMode.Normal;
        (_door, _modes, _fleet, _orders) = Parts(lasting);
        Run();
    }

    public bool Record(DoorEvent raised)
    {
        DoorEvent made = raised with { Time = Wall, Sequence = _sequence + 1 };
        // Without a record nobody is forgiven.
        if (!DoesJournalFail || raised.Kind != DoorEventKind.PassbackForgiven)
            Happened.Add((Now, made));
        if (DoesJournalFail)
            return false;
        _sequence++;
        Journal.Add((Now, made));
        return true;
    }

    public void Advance(AccessEvent what)
    {
        AccessStep step = _policy.Apply(_access, what, Now, Gallery, RefusalOf, () => IsTwoPersonTime);
        _access = step.State;
        bool areRecorded = step.Events.Select(Record).ToArray().All(isRecorded => isRecorded);
        ImmutableArray<long> together =
            [.. step.Events.Where(raised => raised.Kind == DoorEventKind.Granted).Select(raised => raised.PersonId!.Value)];
        foreach (DoorEvent raised in step.Events)
        {
            // What the door machine reports in between is another step.
            Together = together;
            if (raised is { Kind: DoorEventKind.Granted, PersonId: { } entering })
            {
                LetIn(raised, entering, areRecorded);
            }
            else if (raised is { Kind: DoorEventKind.ExitGranted, PersonId: { } leaving })
            {
                Reason = "exit";
                Advance(new DoorLetsOut(leaving, leaving == Dan));
            }
        }
    }

    public void Advance(DoorInputEvent input)
    {
        ImmutableArray<DoorEvent> events = _door.Apply(input, Now);
        Advance(new DoorReported(events));
        Advance(new DoorMoved(State.IsOpen, State.IsLocked));
    }

    void IRelay.Energise(TimeSpan atMost)
    {
        Switch();
        FirstOn = IsEnergised ? FirstOn : Now;
        TimeSpan until = Now + atMost;
        RelayUntil = until < FirstOn + IRelay.Maximum ? until : FirstOn + IRelay.Maximum;
    }

    void IRelay.Hold()
    {
        Switch();
        (FirstOn, RelayUntil) = (Now, Now + IRelay.Maximum);
        RenewedAt = Now;
    }

    void IRelay.Release()
    {
        if (DoesRelayFail)
            throw new IOException("stuck");
        RelayUntil = null;
    }

    /// <summary>Ends the run as a stop does.</summary>
    public void Stop()
    {
        Advance(new DoorStopping());
        Advance(new AccessStopping());
    }

    public void Dispose()
    {
    }

    DoorStatus IOperatedDoor.Status() => throw new InvalidOperationException("This door has no status.");

    string IOperatedDoor.Metrics() => "";

    string? IOperatedDoor.GalleryFault => null;

    string? IOperatedDoor.Remember(GalleryHead gallery) => null;

    private void LetIn(DoorEvent granted, long person, bool isRecorded)
    {
        if (!isRecorded)
        {
            DoorEvent denied = granted with { Kind = DoorEventKind.Denied, Reason = DenyReason.AuditFailed };
            Record(denied);
            Advance(new DoorReported([denied]));
            return;
        }

        LettingIn(person);
        Reason = $"granted {person}";
        int before = Happened.Count;
        Advance(new DoorGranted(person, person == Dan));
        if (!Happened[before..].Any(one => one.Event is { Kind: DoorEventKind.Denied, Reason: DenyReason.RelayFault } && one.Event.PersonId == person))
            Entries.Add((Now, person));
        if (_access.LetInAt.ContainsKey(person))
            _modes.Granted(person, Now);
    }

    private Refusal? RefusalOf(Person person) => _fleet.RefusalOf(person) ?? _hours.RefusalOf(person, Wall);

    private FleetReading Reading() => Manifest is null ? FleetReading.InNone : FleetReadings.Reading(Manifest);

    private string ContactFile => _modeFile + ".contact";

    private void Switch()
    {
        if (DoesRelayFail)
            throw new IOException("stuck");
        if (IsEnergised)
            return;
        RenewedAt = Now;
        Energising(Mode == DoorMode.Unlocked ? "held" : Reason);
    }

    private void Follow()
    {
        Reason = "";
        _modes.Follow(Now);
        _fleet.Follow(Now);
    }

    private void Run()
    {
        Record(new DoorEvent(DoorEventKind.Started));
        Advance(new DoorStarting(_settings.HasContact ? false : null));
        _modes.Start(Now);
        _fleet.Start(Now);
    }

    private (DoorController Door, DoorModes Modes, DoorFleet Fleet, OperatorOrders Orders) Parts(LastingMode lasting)
    {
        DoorModes modes = new(this, new ModeParts
        {
            Rule = new ModeRule(_settings.HasHours ? "shop" : null, _settings.FirstPersonIn),
            File = new ModeFile(_modeFile),
            Hours = _settings.HasHours ? "shop" : null,
            ReadHours = () => new HoursRead(_settings.HasHours && AreHoursOpen, Wall.AddHours(1)),
            Wall = () => Wall,
            ToNextMinute = () => TimeSpan.FromMinutes(1),
            IsClockSet = () => true,
            Next = _ => null,
            Previous = new PreviousMode(lasting, MustBeWritten: false),
            NeedsRecord = true,
            MayUnlock = () => !DoesJournalFail,
        });
        OperatorDesk desk = new(new StartupSummary("", "", "", []), new UncleanShutdowns(), new FakeTimeProvider(Start));
        DoorFleet fleet = new(this, modes, new FleetParts
        {
            First = Reading(),
            Freshness = new FleetFreshness(Built),
            File = new FleetContactFile(ContactFile),
            TakeHours = _ => { },
            Wall = () => Wall,
            ToNextMinute = () => TimeSpan.FromMinutes(1),
        });
        OperatorOrders orders = new(this, desk, needsRecord: true, (_, _) => null, modes, fleet);
        return (new DoorController(_machine, this, Record), modes, fleet, orders);
    }
}
