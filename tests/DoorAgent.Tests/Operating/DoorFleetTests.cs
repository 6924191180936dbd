using DoorAgent.Events;
using DoorAgent.Fleet;
using DoorAgent.Modes;
using DoorAgent.Operating;
using DoorAgent.Tests.Running;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Operating;

/// <summary>The guide's tables of the fleet (modes-and-hours.md), at a whole door whose days and weeks the test lets pass.</summary>
public sealed class DoorFleetTests : IDisposable
{
    private const double Hour = 3600, Day = 24 * Hour;

    private readonly TempFolder _folder = new();
    private readonly WholeDoor _door;
    private long _serial;

    public DoorFleetTests()
    {
        _door = new WholeDoor(new WholeDoorSettings { HasContact = true }, _folder.File("mode.json"));
        // The door's own people work at all hours here.
        _door.Change(person => person with { Schedule = "always" });
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void WeeksWithoutContactAreAnAlarmAndAtADoorThatIsNotStrictThePeopleOfTheFleetEnter()
    {
        Deliver();
        _door.HearFleet();
        _door.Pass(59.9 * Day);
        Assert.Equal("Granted", Enter(WholeDoor.Fay));
        Assert.Equal(0, Count(DoorEventKind.FleetStale));
        _door.Pass(0.2 * Day);
        Assert.Equal(1, Count(DoorEventKind.FleetStale));
        Assert.Equal("Granted", Enter(WholeDoor.Fay));
        Assert.Equal("Granted", Enter(WholeDoor.Nora));
        _door.Pass(10 * Day);
        Assert.Equal(1, Count(DoorEventKind.FleetStale));

        _door.HearFleet();
        Assert.Equal(1, Count(DoorEventKind.FleetFresh));
        _door.Pass(59 * Day);
        Assert.Equal(1, Count(DoorEventKind.FleetStale));
    }

    [Fact]
    public void AStrictGroupRefusesItsPeopleAfterADayAndLocalPeopleEnter()
    {
        Deliver(manifest => manifest with { IsStrict = true, OfflineFor = (long)Day });
        _door.HearFleet();
        _door.Pass(Day - 180);
        Assert.Equal("Granted", Enter(WholeDoor.Fay));
        _door.Pass(Hour);
        Assert.Equal("Denied FleetStale", Enter(WholeDoor.Fay));
        Assert.Equal("Granted", Enter(WholeDoor.Nora));
        Assert.Contains("the people of the fleet are refused", Last(DoorEventKind.FleetStale), StringComparison.Ordinal);
        _door.Restart();
        Assert.Equal("Denied FleetStale", Enter(WholeDoor.Fay));
        _door.HearFleet();
        Assert.Equal("Granted", Enter(WholeDoor.Fay));
    }

    [Fact]
    public void AManifestThatTheOfficeDoesNotRenewIsStaleAlsoWithContact()
    {
        Deliver(manifest => manifest with { IsStrict = true, RenewBy = manifest.Issued.AddDays(2) });
        for (int hour = 0; hour < 49; hour++)
        {
            _door.HearFleet();
            _door.Pass(Hour);
        }

        Assert.Equal("Denied FleetStale", Enter(WholeDoor.Fay));
        Assert.Equal("Granted", Enter(WholeDoor.Nora));
        Deliver(manifest => manifest with { IsStrict = true, RenewBy = _door.Wall.AddDays(2) });
        Assert.Equal("Granted", Enter(WholeDoor.Fay));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("damaged")]
    [InlineData("{\"door\":\"d18\",\"group\":\"lab\",\"at\":\"2030-01-01T00:00:00+00:00\"}")]
    public void WithoutTheFileOfTheLastContactTheTimeOfTheManifestCounts(string? file)
    {
        DateTimeOffset issued = _door.Wall;
        Deliver(manifest => manifest with { IsStrict = true });
        _door.Pass(59 * Day);
        _door.HearFleet();
        string path = _folder.File("mode.json.contact");
        if (file is null)
            File.Delete(path);
        else
            File.WriteAllText(path, file);
        _door.Restart();
        Assert.Equal("Granted", Enter(WholeDoor.Fay));
        _door.Pass(1.1 * Day);
        Assert.Equal("Denied FleetStale", Enter(WholeDoor.Fay));
        Assert.Equal(issued.AddDays(60), _door.Wall.AddDays(-0.1), TimeSpan.FromMinutes(10));
    }

    [Fact]
    public void TheLastContactSurvivesAPowerCutLessTenMinutesAtMost()
    {
        Deliver(manifest => manifest with { IsStrict = true, OfflineFor = (long)Day });
        for (int minute = 0; minute < 25; minute++)
        {
            _door.HearFleet();
            _door.Pass(60);
        }

        DateTimeOffset kept = new FleetContactFile(_folder.File("mode.json.contact")).Read()!.At;
        Assert.InRange(_door.Wall - kept, TimeSpan.Zero, TimeSpan.FromMinutes(11));
        _door.Restart();
        _door.Pass(Day - (11 * 60));
        Assert.Equal("Granted", Enter(WholeDoor.Fay));
    }

    [Fact]
    public void SomebodyOfAFleetIsRefusedWhereTheDoorDoesNotKnowItsFleet() =>
        Assert.Equal("Denied FleetStale", Enter(WholeDoor.Fay));

    [Fact]
    public void ABadgeOfTheFleetOpensTheWayOutAlsoWhereItIsStale()
    {
        Deliver(manifest => manifest with { IsStrict = true, OfflineFor = (long)Day });
        _door.Pass(2 * Day);
        _door.Read(WholeDoor.Fay, Hardware.Badges.ReaderSide.Exit);
        Assert.Contains(_door.Happened, one => one.Event is { Kind: DoorEventKind.ExitGranted, Reason: DenyReason.FleetStale });
    }

    [Fact]
    public void ALockdownOfTheFleetKeepsOutWhoIsNotMarkedUntilItsEnd()
    {
        Deliver(manifest => manifest with { Lockdown = new FleetLockdown(_door.Wall, _door.Wall.AddHours(2), "fire") });
        Assert.Equal("Denied Lockdown", Enter(WholeDoor.Fay));
        Assert.Equal("Denied Lockdown", Enter(WholeDoor.Dan));
        Assert.Equal("Granted", Enter(WholeDoor.Nora));
        _door.Restart();
        Assert.Equal("Denied Lockdown", Enter(WholeDoor.Dan));
        _door.Pass(2 * Hour);
        Assert.Equal(DoorMode.Normal, _door.Mode);
        Assert.Equal("Granted", Enter(WholeDoor.Dan));
    }

    [Fact]
    public void TheDoorsOwnOrderDoesNotEndALockdownOfTheFleetAndNamesTheOffice()
    {
        Deliver(manifest => manifest with { Lockdown = new FleetLockdown(_door.Wall, _door.Wall.AddHours(2), "fire") });
        string refusal = _door.Order(new OperatorRequest(OperatorVerb.Mode) { Mode = DoorMode.Normal }).Refusal!;
        Assert.StartsWith("The mode stays: the door is in lockdown by the fleet, since", refusal, StringComparison.Ordinal);
        Assert.Contains("The fleet's office ends the lockdown", refusal, StringComparison.Ordinal);
        _door.Order(new OperatorRequest(OperatorVerb.Mode) { Mode = DoorMode.Lockdown });
        Assert.StartsWith("The lockdown of this door is ended, and the door is in lockdown by the fleet",
            _door.Order(new OperatorRequest(OperatorVerb.Mode) { Mode = DoorMode.Normal }).Done, StringComparison.Ordinal);
        Assert.Equal(DoorMode.Lockdown, _door.Mode);
        Assert.NotNull(_door.Order(new OperatorRequest(OperatorVerb.Mode, 600) { Mode = DoorMode.Unlocked }).Refusal);
        Assert.NotNull(_door.Order(new OperatorRequest(OperatorVerb.Unlock)).Refusal);

        _door.Override();
        Assert.Equal(DoorMode.Normal, _door.Mode);
        Assert.Equal(1, Count(DoorEventKind.FleetLockdownOverridden));
        _door.Restart();
        Assert.Equal(DoorMode.Normal, _door.Mode);
    }

    [Fact]
    public void WithoutARecordRootDoesNotEndALockdownOfTheFleet()
    {
        Deliver(manifest => manifest with { Lockdown = new FleetLockdown(_door.Wall, _door.Wall.AddHours(2), "fire") });
        _door.DoesJournalFail = true;
        _door.Override();
        Assert.Equal(DoorMode.Lockdown, _door.Mode);
    }

    [Fact]
    public void ADoorThatLeavesItsFleetIsNeitherLockedDownNorStaleByIt()
    {
        Deliver(manifest => manifest with { OfflineFor = (long)Day, Lockdown = new FleetLockdown(_door.Wall, _door.Wall.AddDays(9), "fire") });
        _door.Pass(2 * Day);
        _door.Deliver(null);
        Assert.Equal(DoorMode.Normal, _door.Mode);
        Assert.Equal((1, 1), (Count(DoorEventKind.FleetStale), Count(DoorEventKind.FleetFresh)));
    }

    private void Deliver(Func<FleetManifest, FleetManifest>? change = null)
    {
        FleetManifest manifest = new("lab", ++_serial, _door.Wall);
        _door.Deliver(change?.Invoke(manifest) ?? manifest);
    }

    private string Enter(long person)
    {
        _door.Pass(60);
        _door.Read(person);
        DoorEvent decided = _door.Happened.Last(one => one.Event.Kind is DoorEventKind.Granted or DoorEventKind.Denied).Event;
        Assert.Equal(person, decided.PersonId);
        _door.Pass(60);
        return decided.Reason is { } reason ? $"{decided.Kind} {reason}" : $"{decided.Kind}";
    }

    private int Count(DoorEventKind kind) => _door.Happened.Count(one => one.Event.Kind == kind);

    private string Last(DoorEventKind kind) => _door.Happened.Last(one => one.Event.Kind == kind).Event.Detail!;
}
