using CsCheck;
using DoorAgent.Decisions;
using DoorAgent.Doors;
using DoorAgent.Events;
using DoorAgent.Fleet;
using DoorAgent.Hardware.Badges;
using DoorAgent.Matching;
using DoorAgent.Modes;
using DoorAgent.Operating;
using DoorAgent.Tests.Decisions;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Running;

/// <summary>Properties of the whole pure door that hold after any events: modes, two people, visitors, anti-passback, holidays, faults of relay
/// and journal, power cuts, a loop that stands still.</summary>
public sealed class WholeDoorPropertyTests : IDisposable
{
    private static readonly TimeSpan Together = TimeSpan.FromSeconds(15);

    private static readonly Gen<long> Somebody = Gen.OneOf(WholeDoor.Adam, WholeDoor.Nora, WholeDoor.Zoe, WholeDoor.Vic, WholeDoor.Dan, WholeDoor.Fay);

    private static readonly Gen<Action<WholeDoor>> Something = Gen.Frequency(
        (20, Somebody.Select(person => Act(door => door.Read(person)))),
        (8, Somebody.Select(person => Act(door => Leave(door, person)))),
        (12, Gen.Bool.Select(isOpen => Act(door => door.Do(new ContactLevel(isOpen))))),
        (2, Gen.Const(Act(door => door.Do(new ExitPressed())))),
        (2, Gen.OneOf(OperatorVerb.Unlock, OperatorVerb.Lock).Select(verb => Act(door => door.Order(new OperatorRequest(verb))))),
        (4, Gen.Select(Gen.Enum<DoorMode>(), Gen.Double[1, 300], (mode, seconds) => Act(door =>
            door.Order(new OperatorRequest(OperatorVerb.Mode, seconds) { Mode = mode })))),
        (2, Gen.Bool.Select(isOpen => Act(door => door.AreHoursOpen = isOpen))),
        (2, Gen.Bool.Select(isTime => Act(door => door.IsTwoPersonTime = isTime))),
        (1, Gen.Bool.Select(fails => Act(door => door.DoesRelayFail = fails))),
        (2, Gen.Bool.Select(fails => Act(door => door.DoesJournalFail = fails))),
        (2, Gen.Bool.Select(isGone => Act(door => door.Do(new ReaderChanged(isGone ? "unplugged" : null) { Side = ReaderSide.Exit })))),
        (1, Gen.OneOf<string?>(null, "adam", "nora", "nobody").Select(name => Act(door =>
            door.Order(new OperatorRequest(OperatorVerb.Forgive) { Called = name })))),
        (2, Gen.Select(Somebody, Gen.Int[0, 4], (person, what) => Act(door => door.Change(one => one.Id == person ? Changed(one, what) : one)))),
        (3, Gen.Select(Gen.Bool, Gen.OneOf(60, 3_600, 86_400), Gen.OneOf<double?>(null, null, 100, 5_000), Manifest)),
        (3, Gen.Const(Act(door => door.HearFleet()))),
        (1, Gen.Const(Act(door => door.Override()))),
        (1, Gen.Const(Act(door => door.Restart()))));

    private static readonly Gen<WholeDoorSettings> Doors = Gen.Select(
        Gen.Enum<PassbackMode>(), Gen.OneOf(0.0, 0, 20, 600), Gen.Bool, Gen.Bool, Gen.Select(Gen.Bool, Gen.Frequency((4, Gen.Const(true)), (1, Gen.Const(false)))),
        Gen.Enum<Relock>(), (passback, time, hasHours, firstPersonIn, wiring, relock) => new WholeDoorSettings
        {
            Passback = passback, AntiPassback = time, HasHours = hasHours, FirstPersonIn = firstPersonIn, ExitUnlocks = wiring.Item1,
            HasContact = wiring.Item2, Relock = relock,
        });

    private static readonly Gen<double> Gaps = Gen.Frequency((8, Gen.Double[0, 3]), (4, Gen.Double[0, 20]), (1, Gen.Double[0, 700]),
        (1, Gen.Double[0, 9_000]));

    private readonly TempFolder _folder = new();
    private int _door;

    public void Dispose() => _folder.Dispose();

    /// <summary>Each rule has a naive twin here, which looks at what happened.</summary>
    [Fact]
    public void WhoeverIsLetInMayEnter()
    {
        int inLockdown = 0, ofFleet = 0;
        EveryDay((door, person) =>
        {
            Assert.True(MayEnterInItsMode(door, person), "in a lockdown, without the mark");
            Assert.True(HasHost(door, person), "a visitor without a host");
            Assert.True(HasSecondPerson(door, person), "alone, where two are needed");
            Assert.True(IsInHours(door, person), "outside the hours, on a holiday, or disabled");
            Assert.False(door.DoesJournalFail, "without a record");
            AssertIsNoPassback(door, person);
            AssertIsFresh(door, person);
            Interlocked.Add(ref inLockdown, IsLockedDownByFleet(door) ? 1 : 0);
            Interlocked.Add(ref ofFleet, PersonOf(door, person).Origin is null ? 0 : 1);
        }, afterEach: door => Assert.True(!IsLockedDownByFleet(door) || door.Mode == DoorMode.Lockdown, "a lockdown of the fleet ended too soon"));
        Assert.True(inLockdown > 0 && ofFleet > 0, "nobody of the fleet, or nobody in its lockdown, was let in: these days prove nothing");
    }

    [Fact]
    public void TheRelayIsEnergisedOnlyForAReasonAndIsOffWithinThirtySecondsOfTheLastRenewalWhateverHangs() => EveryDay((_, _) => { },
        energising: (door, why) =>
        {
            Assert.True(why is "held" or "exit" or "exit button" or "unlock" || why.StartsWith("granted", StringComparison.Ordinal), $"'{why}'");
            Assert.Equal(why == "held", door.Mode == DoorMode.Unlocked);
            Assert.False(door.Mode == DoorMode.Lockdown && why == "unlock");
        },
        afterEach: door =>
        {
            if (door.DoesRelayFail)
                return;
            Assert.True(!door.IsEnergised || door.Now - door.RenewedAt <= TimeSpan.FromSeconds(30));
            Assert.True(door.State.IsRelayOn || door.State.HasRelayFault || !door.IsEnergised);
        },
        atEnd: door =>
        {
            door.DoesRelayFail = false;
            door.Stop();
            Assert.False(door.IsEnergised || door.State.IsRelayOn);
        });

    private static bool MayEnterInItsMode(WholeDoor door, long person) =>
        door.Mode != DoorMode.Lockdown || PersonOf(door, person).IsForLockdown;

    private static bool HasHost(WholeDoor door, long person) => !PersonOf(door, person).IsEscorted
        || door.Entries.Any(entry => PersonOf(door, person).Hosts.Contains(entry.Person)
            && door.Now - entry.At <= Together && PersonOf(door, entry.Person) is { IsEscorted: false, IsEnabled: true });

    private static bool HasSecondPerson(WholeDoor door, long person) => PersonOf(door, person).IsEscorted
        || (!PersonOf(door, person).NeedsSecondPerson && !door.IsTwoPersonTime) || Others(door, person).Any();

    private static bool IsInHours(WholeDoor door, long person)
    {
        DateTimeOffset wall = door.Wall;
        bool isOffice = wall.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && wall.Hour is >= 8 and < 18
            && (wall.Month, wall.Day) != (12, 25);
        return PersonOf(door, person).IsEnabled && (PersonOf(door, person).Schedule != "office" || isOffice);
    }

    private static void AssertIsNoPassback(WholeDoor door, long person)
    {
        int granted = door.Happened.FindLastIndex(one => one.Event.Kind == DoorEventKind.Granted && one.Event.PersonId == person);
        if (NaivePositions.Of(door.Happened[..granted], person) is not { IsInside: true } inside)
            return;
        Assert.False(door.Options.Passback == PassbackMode.Hard && inside.IsCertain, "inside, and let in again");
        Assert.True(door.Now - inside.Since >= door.Options.AntiPassback, "let in too soon");
        if (door.Options.Passback != PassbackMode.Off)
            Assert.Contains(door.Happened[..granted],
                one => one.At == door.Now && one.Event.Kind == DoorEventKind.PassbackSuspected && one.Event.PersonId == person);
    }

    /// <summary>A person of a strict group entered: the last contact is not longer ago than the manifest allows, as an own count says.</summary>
    private static void AssertIsFresh(WholeDoor door, long person)
    {
        if (PersonOf(door, person).Origin is null)
            return;
        Assert.NotNull(door.Manifest);
        Assert.False(door.Manifest.IsStrict && door.Wall - door.LastContact > TimeSpan.FromSeconds(door.Manifest.OfflineFor), "stale, and let in");
    }

    private static bool IsLockedDownByFleet(WholeDoor door) => door.Manifest?.Lockdown is { } order && door.Wall < order.Until
        && (order.Since, order.Until) != (door.Overridden?.Since, door.Overridden?.Until);

    private static Action<WholeDoor> Manifest(bool isStrict, int offlineFor, double? lockdown) => door => door.Deliver(
        new FleetManifest("lab", (door.Manifest?.Serial ?? 0) + 1, door.Wall)
        {
            IsStrict = isStrict,
            OfflineFor = offlineFor,
            Lockdown = lockdown is { } seconds ? new FleetLockdown(door.Wall, door.Wall.AddSeconds(seconds), "fire") : null,
        });

    private static void Leave(WholeDoor door, long person)
    {
        int before = door.Happened.Count;
        // A loop that stood still tries a relay that had failed again only with this reading, which the fault refuses.
        bool hadFault = door.State.HasRelayFault;
        bool isRepeated = door.ExitReads.TryGetValue(person, out TimeSpan last) && door.Now - last <= TimeSpan.FromSeconds(2);
        door.Read(person, ReaderSide.Exit);
        if (isRepeated)
            return;
        // Nobody is locked in.
        Assert.Contains(door.Happened[before..], one => one.Event.Kind == DoorEventKind.ExitGranted && one.Event.PersonId == person);
        Assert.True(door.State.IsOpen || hadFault || door.State.HasRelayFault || door.DoesRelayFail || door.IsEnergised);
    }

    private static IEnumerable<long> Others(WholeDoor door, long person) =>
        door.Together.Concat(door.Entries.Where(entry => door.Now - entry.At <= Together).Select(entry => entry.Person))
            .Where(other => other != person && !PersonOf(door, other).IsEscorted);

    private static Person PersonOf(WholeDoor door, long person) => door.Gallery!.Find(person)!;

    private static Person Changed(Person person, int what) => what switch
    {
        0 => person with { IsForLockdown = !person.IsForLockdown },
        1 => person with { NeedsSecondPerson = !person.NeedsSecondPerson },
        2 => person with { IsEnabled = false },
        3 => person with { Schedule = "office" },
        _ => person,
    };

    private static Action<WholeDoor> Act(Action<WholeDoor> action) => action;

    private void EveryDay(Action<WholeDoor, long> lettingIn, Action<WholeDoor, string>? energising = null,
        Action<WholeDoor>? afterEach = null, Action<WholeDoor>? atEnd = null)
    {
        int entered = 0;
        Gen.Select(Doors, Gen.Select(Gaps, Gen.Frequency((9, Gen.Const(false)), (1, Gen.Const(true))), Something).Array[1, 80]).Sample((settings, day) =>
        {
            using WholeDoor door = new(settings, _folder.File($"mode-{Interlocked.Increment(ref _door)}.json"));
            door.LettingIn = person =>
            {
                Interlocked.Increment(ref entered);
                lettingIn(door, person);
            };
            door.Energising = why => energising?.Invoke(door, why);
            foreach ((double gap, bool hangs, Action<WholeDoor> something) in day)
            {
                if (hangs)
                    door.Hang(gap);
                else
                    door.Pass(gap);
                something(door);
                afterEach?.Invoke(door);
            }

            atEnd?.Invoke(door);
        }, iter: 150);
        Assert.True(entered > 100, $"only {entered} people were let in: these days prove nothing");
    }
}
