using DoorAgent.Diagnostics;
using DoorAgent.Diagnostics.Checks;
using DoorAgent.Fleet;
using DoorAgent.Galleries;
using DoorAgent.Operating;
using DoorAgent.Storage;
using DoorAgent.Tests.Galleries;

namespace DoorAgent.Tests.Diagnostics.Checks;

public sealed class FleetCheckTests : IDisposable
{
    private readonly SomeDoor _door = new();
    private readonly DeliveredFleet _fleet = new();

    private Places Places => new(_door.Data, []);

    public void Dispose()
    {
        _fleet.Dispose();
        _door.Dispose();
    }

    [Fact]
    public async Task ADoorInNoFleetIsOk()
    {
        (await FindAsync()).AreAllOk();
        using (GalleryFile gallery = new(Places.GalleryFile, _door.Time))
            Assert.Empty(gallery.People);
        (await FindAsync()).Has(FindingLevel.Ok, "the door is in no fleet");
    }

    [Fact]
    public async Task ADoorWithoutAManifestIsAWarning()
    {
        _fleet.Join(Places.GalleryFile);
        (await FindAsync()).Has(FindingLevel.Warning, "lab-3 has joined the group lab, and has no manifest yet", "link status");
    }

    [Fact]
    public async Task ADoorWithItsPeopleAndARecentContactIsOk()
    {
        Deliver(DeliveredFleet.Person(1));
        Hear(_door.Time.GetUtcNow().AddHours(-2));
        IReadOnlyList<Finding> found = await FindAsync();
        found.AreAllOk();
        found.Has(FindingLevel.Ok, "lab-3 in group lab: people 1, manifest 1");
        found.Has(FindingLevel.Ok, "the last contact to the fleet was 2 hours ago");
    }

    [Fact]
    public async Task AContactOfDaysAgoIsAWarningAndOneThatIsTooLongAgoAFault()
    {
        Deliver(DeliveredFleet.Person(1));
        Hear(_door.Time.GetUtcNow().AddDays(-3));
        (await FindAsync()).Has(FindingLevel.Warning, "the last contact to the fleet was 3 days ago", "link status");
        Hear(_door.Time.GetUtcNow().AddDays(-61));
        (await FindAsync()).Has(FindingLevel.Fault, "the people of the fleet are stale", "link status");
        // The contact of another fleet does not count; the manifest is years old.
        new FleetContactFile(Places.FleetContactFile).Write(new KeptContact("shop-1", "shop", _door.Time.GetUtcNow()));
        (await FindAsync()).Has(FindingLevel.Fault, "the people of the fleet are stale");
    }

    [Fact]
    public async Task TheRunningDoorKnowsTheContactBetterThanTheFile()
    {
        Deliver(DeliveredFleet.Person(1));
        Hear(_door.Time.GetUtcNow().AddDays(-61));
        _door.Running = _door.Status() with { Fleet = new FleetSummary("lab-3", "lab", "") { LastContact = _door.Time.GetUtcNow() } };
        IReadOnlyList<Finding> found = await FindAsync();
        found.AreAllOk();
        found.Has(FindingLevel.Ok, "less than a minute ago");
    }

    [Fact]
    public async Task ARefusedRecordIsAWarning()
    {
        Deliver(DeliveredFleet.Person(1), DeliveredFleet.Person(2) with { Badges = DeliveredFleet.Person(1).Badges });
        Hear(_door.Time.GetUtcNow());
        (await FindAsync()).Has(FindingLevel.Warning, $"the record of {DeliveredFleet.Id(2)} is refused", "fleet status");
    }

    [Fact]
    public async Task ADamagedContactFileIsAWarning()
    {
        Deliver(DeliveredFleet.Person(1));
        File.WriteAllText(Places.FleetContactFile, "{");
        (await FindAsync()).Has(FindingLevel.Warning, "contact", "writes the file again");
    }

    private Task<IReadOnlyList<Finding>> FindAsync() => _door.FindAsync<FleetCheck>();

    private void Deliver(params FleetPerson[] people)
    {
        FleetGallery gallery = _fleet.Join(Places.GalleryFile);
        _fleet.Publish(people);
        _fleet.DeliverWhole(gallery);
    }

    private void Hear(DateTimeOffset at) => new FleetContactFile(Places.FleetContactFile).Write(
        new KeptContact(DeliveredFleet.DoorName, DeliveredFleet.Group, at));
}
