using DoorAgent.Auditing;
using DoorAgent.Events;
using DoorAgent.Fleet;
using DoorAgent.Hardware.Badges;
using DoorAgent.Modes;
using DoorAgent.Operating;
using DoorAgent.Tests.Support;
using DoorAgent.Tests.Galleries;

namespace DoorAgent.Tests.Running;

/// <summary>The production worker of a door that is in a fleet: deliveries change its gallery while it works. The door starts on Monday,
/// 2 March 2026, at seven.</summary>
public sealed class DoorRuntimeFleetTests(EnrolledPeople people) : IClassFixture<EnrolledPeople>, IDisposable
{
    private static readonly string[] BadgesAlone = ["Decisions:Mode=badge-only", "Decisions:IKnowBadgesCanBeCopied=true"];

    private static readonly DateTimeOffset Seven = new(2026, 3, 2, 7, 0, 0, TimeSpan.Zero);

    private readonly DeliveredFleet _fleet = new();

    public void Dispose() => _fleet.Dispose();

    [Fact]
    public async Task SomebodyOfTheFleetEntersAndIsRefusedTheMomentTheRemovalIsApplied()
    {
        await using DoorAtWork door = await StartedAsync();
        await EnterAsync(door, 1);
        Assert.Equal("Denied UnknownBadge", door.Decision);

        await PublishAsync(door, FleetPass.Whole, [Person(1), Person(2)]);
        await EnterAsync(door, 1);
        Assert.Equal("Granted Person 1", door.Decision);
        await door.PassAsync(10);
        Assert.Equal("2 added or changed, 0 removed; manifest 1", Last(door, DoorEventKind.FleetApplied));

        int before = door.Count(DoorEventKind.Denied);
        await PublishAsync(door, FleetPass.Changes, [], removed: [1]);
        // Not a moment passes at the door between the delivery and the badge.
        door.Present(BadgeOf(1));
        await door.PassAsync(0.2);
        Assert.Equal("Denied UnknownBadge", door.Decision);
        Assert.Equal(before + 1, door.Count(DoorEventKind.Denied));
        FleetSummary fleet = (await door.AskAsync(OperatorVerb.Status)).Status!.Fleet!;
        Assert.Equal(("lab-3", "lab", 2, 2, 1), (fleet.Door, fleet.Group, fleet.Manifest, fleet.Confirmed, fleet.People));
    }

    [Fact]
    public async Task ADoorWithoutAnybodyJoinsWhileItRunsAndOpensForTheFirstPeople()
    {
        await using DoorAtWork door = new(people, prepare: places => File.Delete(places.GalleryFile), settings: BadgesAlone);
        await door.PassAsync(0.5);
        Assert.Equal(1, door.Count(DoorEventKind.GalleryRefused));
        using (_fleet.Join(door.GalleryFile).Prepare())
            await door.PassAsync(1);
        FleetSummary joined = (await door.AskAsync(OperatorVerb.Status)).Status!.Fleet!;
        Assert.Equal(("lab-3", "lab", 0, 0), (joined.Door, joined.Group, joined.Manifest, joined.People));

        // The first people have badges and no faces.
        await PublishAsync(door, FleetPass.Whole, [Person(1)]);
        await EnterAsync(door, 1);
        Assert.Equal("Granted Person 1", door.Decision);
    }

    [Fact]
    public async Task HoursAndLockdownOfTheGroupAreTakenOverWhileTheDoorRuns()
    {
        await using DoorAtWork door = await StartedAsync();
        _fleet.Rules = manifest => manifest with { Schedules = new Dictionary<string, string> { ["late"] = "Mon 22:00-23:00" } };
        await PublishAsync(door, FleetPass.Whole, [Person(1) with { Schedule = "late" }]);
        await EnterAsync(door, 1);
        Assert.Equal("Denied OutsideSchedule", door.Decision);
        Assert.Equal("Mon 22:00-23:00", (await door.AskAsync(OperatorVerb.Status)).Status!.Schedules["fleet:late"]);

        _fleet.Rules = manifest => manifest with { Schedules = new Dictionary<string, string> { ["late"] = "Mon 07:00-08:00" } };
        await PublishAsync(door, FleetPass.Changes, []);
        await EnterAsync(door, 1);
        Assert.Equal("Granted Person 1", door.Decision);
        await door.PassAsync(10);

        _fleet.Rules = manifest => manifest with
        {
            Schedules = new Dictionary<string, string> { ["late"] = "Mon 07:00-08:00" }, Lockdown = new FleetLockdown(Seven, Seven.AddMinutes(10), "fire"),
        };
        await PublishAsync(door, FleetPass.Changes, []);
        await EnterAsync(door, 1);
        Assert.Equal("Denied Lockdown", door.Decision);
        ModeStatus mode = (await door.AskAsync(OperatorVerb.Status)).Status!.Mode!;
        Assert.Equal((DoorMode.Lockdown, "the fleet", Seven.AddMinutes(10)), (mode.Mode, mode.By, mode.Until));
        await door.PassAsync(600);
        await EnterAsync(door, 1);
        Assert.Equal("Granted Person 1", door.Decision);
    }

    [Fact]
    public async Task UnlockHoursMayBeThoseOfTheGroup()
    {
        await using DoorAtWork door = await StartedAsync("Doors:UnlockHours=fleet:shop");
        Assert.False(door.IsRelayOn);
        _fleet.Rules = manifest => manifest with { Schedules = new Dictionary<string, string> { ["shop"] = "Mon 07:00-07:05" } };
        await PublishAsync(door, FleetPass.Whole, []);
        await door.PassAsync(1);
        Assert.True(door.IsRelayOn);
        await door.PassAsync(300);
        Assert.False(door.IsRelayOn);
    }

    [Fact]
    public async Task ARefusedRecordIsAnAlarmOnceAndAFaultAsLongAsItLasts()
    {
        await using DoorAtWork door = await StartedAsync();
        string adams = DoorAtWork.AdamsBadge.Number;
        await PublishAsync(door, FleetPass.Whole, [Person(1) with { Badges = [adams] }, Person(2)]);
        Assert.Contains("1 records: a badge of the person belongs to", Last(door, DoorEventKind.FleetRefused), StringComparison.Ordinal);
        DoorStatus status = (await door.AskAsync(OperatorVerb.Status)).Status!;
        Assert.Contains(status.Faults, fault => fault.Contains("belongs to person ", StringComparison.Ordinal));
        Assert.DoesNotContain("adam", string.Join(' ', status.Faults), StringComparison.OrdinalIgnoreCase);
        await DeliverAsync(door, FleetPass.Whole);
        Assert.Equal(1, door.Count(DoorEventKind.FleetRefused));

        await PublishAsync(door, FleetPass.Changes, [Person(1)]);
        Assert.Equal(1, door.Count(DoorEventKind.FleetRestored));
        Assert.Empty((await door.AskAsync(OperatorVerb.Status)).Status!.Faults);
    }

    [Fact]
    public async Task WhomTheFleetErasesHasNoNameInTheJournalAnyMore()
    {
        await using DoorAtWork door = await StartedAsync();
        await PublishAsync(door, FleetPass.Whole, [Person(1)]);
        await EnterAsync(door, 1);
        Assert.Equal("Granted Person 1", door.Decision);
        await door.PassAsync(10);

        await PublishAsync(door, FleetPass.Changes, [], erased: [1]);
        for (int tries = 0; door.Count(DoorEventKind.PersonErased) == 0 && tries < 6000; tries++)
        {
            await door.PassAsync(0.25);
            await Task.Yield();
        }

        Assert.Equal("by the fleet", Last(door, DoorEventKind.PersonErased));
        Assert.DoesNotContain("Person 1", JournalNames.OfFile(door.JournalFile).All);
        await EnterAsync(door, 1);
        Assert.Equal("Denied UnknownBadge", door.Decision);
    }

    private static FleetPerson Person(int number) => DeliveredFleet.Person(number) with { Encodings = [], Encoder = null };

    private static Badge BadgeOf(int number) => Badge.Read(DeliveredFleet.Person(number).Badges[0]);

    private static string Last(DoorAtWork door, DoorEventKind kind) => door.Events.Last(made => made.Kind == kind).Detail!;

    private static async Task EnterAsync(DoorAtWork door, int number)
    {
        await door.PassAsync(3);
        door.Present(BadgeOf(number));
        await door.PassAsync(0.5);
    }

    private async Task<DoorAtWork> StartedAsync(params string[] settings)
    {
        DoorAtWork door = new(people, prepare: places => _fleet.Join(places.GalleryFile), settings: [.. BadgesAlone, .. settings]);
        await door.PassAsync(0.5);
        return door;
    }

    private Task PublishAsync(DoorAtWork door, FleetPass pass, FleetPerson[] published, int[]? removed = null, int[]? erased = null)
    {
        ulong before = _fleet.Sequence;
        _fleet.Publish(published, removed, erased);
        return DeliverAsync(door, pass, before);
    }

    /// <summary>Delivers as the desk of the fleet does, without a socket.</summary>
    private async Task DeliverAsync(DoorAtWork door, FleetPass pass, ulong before = 0)
    {
        using MemoryStream parcel = DeliveredFleet.Parcel(pass == FleetPass.Whole ? _fleet.Whole : _fleet.After(before));
        FleetOutcome outcome = door.Fleet.Apply(new FleetDelivery(DeliveredFleet.Bucket, _fleet.Sequence, pass, parcel.Length), parcel);
        door.Fleet.Follow();
        await door.AskAsync(new OperatorRequest(OperatorVerb.FleetApply) { News = new FleetNews(outcome, door.Fleet.Read()) });
    }
}
