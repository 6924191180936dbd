using DoorAgent.Fleet;
using DoorAgent.Galleries;
using DoorAgent.Hardware.Badges;
using DoorAgent.Hub;
using DoorAgent.Matching;
using DoorAgent.Office;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Commands.Fleet;

/// <summary>What the office publishes is at the door, and nothing else, with a real hub, the real link and a real gallery.</summary>
[Collection(nameof(WholeConsole))]
public sealed class FleetPublishTests : IAsyncLifetime
{
    private OfficeAtWork _office = null!;
    private GalleryDoor _door = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _office = await OfficeAtWork.StartAsync();
        await _office.SaysAsync(0, "lab: publication 1", "group", "lab");
        _door = await GalleryDoor.JoinAsync(_office, "lab-3", "lab");
        Enrol("adam", 1);
        Enrol("nora", 2);
    }

    public async ValueTask DisposeAsync()
    {
        if (_door is not null)
            await _door.DisposeAsync();
        if (_office is not null)
            await _office.DisposeAsync();
    }

    [Fact]
    public async Task PublishedPeopleAreAtTheDoorAndWhoIsNotPublishedLeaves()
    {
        using (GalleryFile gallery = Gallery())
            gallery.SetPin("adam", Pin.Parse("4711"), isDuress: false);
        string dry = await PublishAsync(0, "lab: 2 added", "--dry-run");
        Assert.Contains("adam", dry, StringComparison.Ordinal);
        using (FleetOffice office = _office.Open())
            Assert.Equal((0, 0, 2), (office.Records.Of("lab").Count, office.Outbox.Count, office.Groups.Require("lab").Serial));

        await PublishAsync(0, "lab: publication 3 of ");
        await _door.UntilConfirmedAsync(3);
        Assert.Equal(["adam", "nora"], _door.People.Select(person => person.Name));
        Assert.All(_door.People, person => Assert.Equal((1, false, "H10301"), (person.Pictures, person.HasPin, person.Badges[0].Hint[..6])));
        await PublishAsync(0, "lab: 2 unchanged");

        await _office.SaysAsync(1, "Nothing was changed.", "publish", "adam", "--group", "lab", "--exact", "--data", Data);
        await _office.SaysAsync(0, "1 removed", "publish", "adam", "--group", "lab", "--exact", "--yes", "--data", Data);
        await _door.UntilConfirmedAsync(4);
        Assert.Equal(["adam"], _door.People.Select(person => person.Name));
        await _office.SaysAsync(0, "1 of 1 doors have it.", "reached", "nora", "--wait");
        await _office.SaysAsync(0, "lab-3", "status", "--json");
    }

    [Fact]
    public async Task WhoIsRenamedStaysTheSamePerson()
    {
        await PublishAsync(0, "2 added");
        await _door.UntilConfirmedAsync(3);
        long row = _door.People.Single(person => person.Name == "adam").Id;
        using (GalleryFile gallery = Gallery())
            gallery.Rename("adam", PersonName.Parse("adam b"));
        await PublishAsync(0, "name (was adam)");
        await _door.UntilConfirmedAsync(4);
        Assert.Equal(row, _door.People.Single(person => person.Name == "adam b").Id);
    }

    [Fact]
    public async Task AHostWhoIsNotInTheGroupIsNamedInThePlan()
    {
        Enrol("vera", 3);
        using (GalleryFile gallery = Gallery())
        {
            gallery.SetValidity("vera", ValidityLimit.Until, ValidityDate.Parse("2099-01-01"));
            GalleryHosts.Set(gallery, "vera", ["adam", "nora"]);
        }

        await _office.SaysAsync(0, "not in the group: nora", "publish", "adam", "vera", "--group", "lab", "--dry-run", "--data", Data);
        string all = await PublishAsync(0, "3 added", "--dry-run");
        Assert.DoesNotContain("not in the group", all, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatWasDecidedWhileTheHubWasAwayIsSentByTheNextCommand()
    {
        await _office.Hub.KillAsync();
        await PublishAsync(1, "Not sent yet");
        await _office.Hub.StartAgainAsync();
        await PublishAsync(0, "The hub has it.");
        await _door.UntilConfirmedAsync(3);
        Assert.Equal(2, _door.People.Count);
    }

    [Fact]
    public async Task ASendingThatEndsAfterAnyRecordIsCompletedByTheNext()
    {
        using FleetOffice office = _office.Open();
        int waiting = Decide(office);
        for (int i = 0; i < waiting; i++)
        {
            await using OfficeHub hub = await OfficeHub.ConnectAsync(office, Cancelled);
            // A command that was killed after the hub's answer, and before the office noted it, sends the record again.
            OutboxRecord next = office.Outbox.Next(1)[0];
            await hub.SendAsync(office.Outbox, new Progress<int>(), Cancelled);
            office.Outbox.Add(next.Bucket, next.Key, next.Value);
        }

        await using OfficeHub last = await OfficeHub.ConnectAsync(office, Cancelled);
        await last.SendAsync(office.Outbox, new Progress<int>(), Cancelled);
        OfficeRepair repair = await CompareAsync(office, last);
        Assert.Empty(repair.Findings);
        await _door.UntilConfirmedAsync(3);
    }

    [Fact]
    public async Task AHubThatWasRestoredFromAnOldCopyIsWholeAfterTheRepair()
    {
        await PublishAsync(0, "2 added");
        await _door.UntilConfirmedAsync(3);
        await _office.Hub.StopAsync();
        string copy = _office.File("copy");
        _office.Hub.CopyStore(copy);
        await _office.Hub.StartAgainAsync();
        Enrol("zoe", 3);
        await PublishAsync(0, "1 added");
        await _office.SaysAsync(0, "1 of 1 doors", "revoke", "nora", "--wait");
        await _office.Hub.StopAsync();
        _office.Hub.RestoreStore(copy);
        await _office.Hub.StartAgainAsync();

        await _office.SaysAsync(1, "is older", "repair", "--dry-run");
        await _office.SaysAsync(0, "repaired", "repair");
        await _office.SaysAsync(0, "Hub and office are the same.", "repair");
        await _office.SaysAsync(0, "1 of 1 doors", "reached", "--wait");
        Assert.Equal(["adam", "zoe"], _door.People.Select(person => person.Name));
    }

    [Fact]
    public async Task AnEmptyHubIsFilledAgain()
    {
        await PublishAsync(0, "2 added");
        await _door.UntilConfirmedAsync(3);
        await _office.Hub.StopAsync();
        Directory.Delete(_office.Hub.Store, recursive: true);
        Directory.CreateDirectory(_office.Hub.Store);
        await _office.Hub.StartAgainAsync();
        await _office.SaysAsync(0, "Hub and office are the same.", "repair");
        await _office.SaysAsync(0, "1 of 1 doors", "reached", "--wait");
        Assert.Equal(2, _door.People.Count);
    }

    [Fact]
    public async Task RecordsThatAHostileHubWritesAddNobodyAndTheRepairRemovesThem()
    {
        await PublishAsync(0, "2 added");
        await _door.UntilConfirmedAsync(3);
        using (FleetOffice office = _office.Open())
        {
            await using OfficeHub hub = await OfficeHub.ConnectAsync(office, Cancelled);
            OfficeRecord adam = office.Records.Of("lab")[0];
            using OfficeKey stranger = OfficeKey.Create();
            string thief = FleetIds.NewPerson();
            office.Outbox.Add(HubNames.People, HubNames.PersonKey("lab", thief),
                PersonSeal.Close(FleetPeople(thief), "lab", 9, GroupKey.Create(1), stranger));
            office.Outbox.Add(HubNames.People, HubNames.PersonKey("lab", FleetIds.NewPerson()), adam.Value);
            office.Outbox.Add(HubNames.People, HubNames.PersonKey("lab", adam.Person), [1, 2, 3]);
            await hub.SendAsync(office.Outbox, new Progress<int>(), Cancelled);
            OfficeRepair repair = await CompareAsync(office, hub);
            Assert.Equal(3, repair.Findings.Count);
            Assert.Equal(2, repair.Findings.Count(finding => finding.What.Contains("is not of this office", StringComparison.Ordinal)));
        }

        await _office.SaysAsync(0, "was not signed by this office", "repair", "--yes");
        await _office.SaysAsync(0, "1 of 1 doors", "reached", "--wait");
        Assert.Equal(["adam", "nora"], _door.People.Select(person => person.Name));
    }

    [Fact]
    public async Task ErasedPeopleAreNamedUntilTheLastDoorHasConfirmed()
    {
        await PublishAsync(0, "2 added");
        await _door.UntilConfirmedAsync(3);
        await _door.DisposeAsync();
        await _office.SaysAsync(1, "0 of 1 doors have it.", "erase", "nora", "--yes", "--data", Data);
        await _office.SaysAsync(1, "lab-3", "erase", "nora", "--yes", "--data", Data);
        using (GalleryFile gallery = Gallery())
            Assert.Equal(["adam"], gallery.People.Select(person => person.Name));
        _door = GalleryDoor.Start(_office, "lab-3", "lab");
        await _office.SaysAsync(0, "Every door has confirmed.", "erase", "nora", "--wait", "--yes", "--data", Data);
        Assert.Equal(["adam"], _door.People.Select(person => person.Name));
        await _office.SaysAsync(2, "Nobody called nora", "erase", "nora", "--yes", "--data", Data);
        await _office.SaysAsync(2, "knows nobody called nora", "revoke", "nora");
    }

    [Fact]
    public async Task AConfirmationThatTheDoorDidNotSignDoesNotCount()
    {
        await _door.DisposeAsync();
        using FleetOffice office = _office.Open();
        OfficeGroup group = office.Groups.Require("lab");
        using DoorSecrets forger = DoorSecrets.Create();
        byte[] forged = new DoorConfirmation("lab-3", "lab", group.Serial, 0, FleetSet.Digest([]), DateTimeOffset.UnixEpoch, "1").Close(forger);
        DoorState state = new("lab-3", "lab", "1", DateTimeOffset.UnixEpoch) { Confirmation = forged };
        DoorReport report = Assert.Single(DoorReport.ReadAll(office, [new FleetItem("lab-3", 1, state.ToBytes())]));
        Assert.Equal((0, group.Serial), (report.Serial, report.Behind));
        Assert.Contains("does not count", report.Doubt, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnOfficeThatWasRestoredFromAnOldCopyPublishesAgainWithLaterSerials()
    {
        await PublishAsync(0, "2 added");
        await _door.UntilConfirmedAsync(3);
        string copy = _office.File("office.copy");
        File.Copy(Path.Combine(_office.Directory, "office.db"), copy);
        Enrol("zoe", 3);
        await PublishAsync(0, "1 added");
        await _door.UntilConfirmedAsync(4);
        File.Copy(copy, Path.Combine(_office.Directory, "office.db"), overwrite: true);

        await _office.SaysAsync(1, "restored from an old copy", "repair");
        await _office.SaysAsync(0, "published again", "repair", "--yes");
        await _office.SaysAsync(0, "1 of 1 doors", "reached", "--wait");
        Assert.Equal(["adam", "nora"], _door.People.Select(person => person.Name));
        await _office.SaysAsync(0, "Hub and office are the same.", "repair");
    }

    /// <summary>The restored office would overwrite the only manifest that shows it, and doors would refuse its orders for a long time.</summary>
    [Fact]
    public async Task AnOfficeThatWasRestoredFromAnOldCopySendsNothingBeforeTheRepair()
    {
        await PublishAsync(0, "2 added");
        string copy = _office.File("office.copy");
        File.Copy(Path.Combine(_office.Directory, "office.db"), copy);
        await _office.SaysAsync(0, "publication 4", "renew", "lab");
        await _door.UntilConfirmedAsync(4);
        File.Copy(copy, Path.Combine(_office.Directory, "office.db"), overwrite: true);

        // The restored office gives the same serial again, with another content.
        await _office.SaysAsync(2, "'dooragent fleet repair' first", "revoke", "nora");
        await _office.SaysAsync(0, "published again", "repair", "--yes");
        await _office.SaysAsync(0, "1 of 1 doors", "reached", "--wait");
        Assert.Equal(["adam"], _door.People.Select(person => person.Name));
        await _office.SaysAsync(0, "Hub and office are the same.", "repair");
    }

    [Fact]
    public async Task ADoorThatIsAheadOfARestoredOfficeShowsItToTheRepair()
    {
        await PublishAsync(0, "2 added");
        string copy = _office.File("office.copy");
        File.Copy(Path.Combine(_office.Directory, "office.db"), copy);
        await _office.SaysAsync(0, "publication 4", "renew", "lab");
        await _office.SaysAsync(0, "publication 5", "renew", "lab");
        await _door.UntilConfirmedAsync(5);
        await _office.SaysAsync(0, "1 of 1 doors", "reached", "--wait");
        File.Copy(copy, Path.Combine(_office.Directory, "office.db"), overwrite: true);
        using (FleetOffice office = _office.Open())
        {
            // An older program sent at once: the hub has nothing newer now.
            office.Publish("lab", "renewed", _ => { });
            await using OfficeHub hub = await OfficeHub.ConnectAsync(office, Cancelled);
            await hub.SendAsync(office.Outbox, new Progress<int>(), Cancelled);
        }

        await _office.SaysAsync(1, "lab-3: the door has signed that it has publication 5", "repair", "--dry-run");
        await _office.SaysAsync(0, "published again", "repair", "--yes");
        await _door.UntilConfirmedAsync(6);
        await _office.SaysAsync(0, "Hub and office are the same.", "repair");
    }

    [Fact]
    public async Task OldRemovalsAreForgottenAndADoorThatWasAwayLongerReadsEverything()
    {
        await PublishAsync(0, "2 added");
        await _door.UntilConfirmedAsync(3);
        await _door.DisposeAsync();
        await _office.SaysAsync(1, "1 removed", "revoke", "nora");

        // The door has not confirmed the removal, and may come back.
        Assert.Equal(0, await CompactAsync(TimeSpan.FromDays(91)));
        // After twice the time for which the door may be offline it must read everything anyhow.
        Assert.Equal(1, await CompactAsync(TimeSpan.FromDays(121)));
        Assert.Equal(0, await CompactAsync(TimeSpan.FromDays(121)));
        using (FleetOffice office = _office.Open())
        {
            OfficeGroup lab = office.Groups.Require("lab");
            Assert.Equal((5, 5), (lab.Serial, lab.Horizon));
            await using OfficeHub hub = await OfficeHub.ConnectAsync(office, Cancelled);
            Assert.Equal([HubNames.PersonKey("lab", Assert.Single(office.Records.Of("lab")).Person)],
                (await hub.ReadAsync(HubNames.People, Cancelled)).Select(item => item.Key));
            Assert.Empty((await CompareAsync(office, hub)).Findings);
        }

        _door = GalleryDoor.Start(_office, "lab-3", "lab");
        await _door.UntilConfirmedAsync(5);
        Assert.Equal(["adam"], _door.People.Select(person => person.Name));
    }

    [Fact]
    public async Task ARemovalThatEveryDoorHasConfirmedIsForgottenEarlier()
    {
        await PublishAsync(0, "2 added");
        await _office.SaysAsync(0, "1 of 1 doors", "revoke", "nora", "--wait");
        Assert.Equal(0, await CompactAsync(TimeSpan.FromDays(89)));
        Assert.Equal(1, await CompactAsync(TimeSpan.FromDays(91)));
        await _door.UntilConfirmedAsync(5);
        Assert.Equal(["adam"], _door.People.Select(person => person.Name));
        // Whoever was forgotten is somebody new when they come back.
        await PublishAsync(0, "1 added");
        await _door.UntilConfirmedAsync(6);
        Assert.Equal(["adam", "nora"], _door.People.Select(person => person.Name));
    }

    private string Data => _office.DataOf("office-gallery");

    private GalleryFile Gallery() => new(Path.Combine(Data, "gallery.db"), TimeProvider.System);

    private static FleetPerson FleetPeople(string id) => new(id, "thief");

    private void Enrol(string name, byte number)
    {
        Directory.CreateDirectory(Data);
        using GalleryFile gallery = Gallery();
        gallery.AddPerson(PersonName.Parse(name), isExtended: false, Badge.Parse($"H10301:1:{number}"), MadeEncodings.Encoder,
            [MadeEncodings.Picture(20 * number, number)]);
    }

    private Task<string> PublishAsync(int exitCode, string words, params string[] more) =>
        _office.SaysAsync(exitCode, words, ["publish", "--group", "lab", "--data", Data, .. more]);

    private int Decide(FleetOffice office)
    {
        using GalleryFile gallery = Gallery();
        string[] names = [.. gallery.People.Select(person => person.Name)];
        Publication.Plan(office, ["lab"], GalleryPeople.Read(gallery, [], new Progress<int>()), names, isExact: false).Decide();
        return (int)office.Outbox.Count;
    }

    private async Task<int> CompactAsync(TimeSpan later)
    {
        using FleetOffice office = FleetOffice.Open(_office.Directory, new LaterTime(later));
        await using OfficeHub hub = await OfficeHub.ConnectAsync(office, Cancelled);
        return await OfficeDesk.CompactAsync(office, hub, Cancelled);
    }

    private static async Task<OfficeRepair> CompareAsync(FleetOffice office, OfficeHub hub)
    {
        OfficeRepair repair = new(office);
        repair.Compare(await hub.ReadAsync(HubNames.People, Cancelled), await hub.ReadAsync(HubNames.Groups, Cancelled),
            await hub.ReadAsync(HubNames.Doors, Cancelled));
        return repair;
    }

    private sealed class LaterTime(TimeSpan later) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + later;
    }
}
