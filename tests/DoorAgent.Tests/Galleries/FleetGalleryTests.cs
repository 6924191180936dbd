using DoorAgent.Fleet;
using DoorAgent.Galleries;
using DoorAgent.Matching;
using DoorAgent.Networks;
using DoorAgent.Sealing;
using DoorAgent.Storage;
using DoorAgent.Tests.Support;
using Microsoft.Data.Sqlite;

namespace DoorAgent.Tests.Galleries;

/// <summary>What a door takes of its fleet, and what becomes of people of both.</summary>
public sealed class FleetGalleryTests : IDisposable
{
    private readonly MadeGalleryFile _file = new();
    private readonly DeliveredFleet _fleet = new();

    public void Dispose()
    {
        _file.Dispose();
        _fleet.Dispose();
    }

    [Fact]
    public void ADoorAsksJoinsAndLeaves()
    {
        FleetGallery door = new(_file.Path, MadeGalleryFile.Time);
        Assert.Null(door.Standing());
        Assert.Contains("has not asked", Assert.Throws<UserErrorException>(() =>
            door.Join(new JoinAnswer("d", "g", "nats://h:1", "_I"), _fleet.Office.Public)).Message, StringComparison.Ordinal);
        using (DoorSecrets one = door.Prepare())
        using (DoorSecrets again = door.Prepare())
            Assert.Equal(one.Public.Fingerprint, again.Public.Fingerprint);
        Assert.Null(door.Standing());
        _fleet.Join(_file.Path);
        Assert.True(door.Standing() is { Door: DeliveredFleet.DoorName, Group: DeliveredFleet.Group, Bucket: null, Revision: 0, Manifest: 0, Confirmation: null });
        Assert.Contains("already", Assert.Throws<UserErrorException>(() => _fleet.Join(_file.Path)).Message, StringComparison.Ordinal);
        Assert.Equal(0, door.Leave(keepPeople: false));
        Assert.Null(door.Standing());
        Assert.Contains("in no fleet", Assert.Throws<UserErrorException>(() => _fleet.DeliverWhole(door)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void APersonArrivesWithEverythingThatTheDoorNeeds()
    {
        FleetGallery door = _fleet.Join(_file.Path);
        FleetPerson anna = DeliveredFleet.Person(1, "Anna", 0, 5) with
        {
            IsExtended = true, ValidFrom = "2026-01-01", ValidUntil = "2026-12-31 18:00", Schedule = "office", IsForLockdown = true,
            NeedsSecondPerson = true, Consent = new FleetConsent("2026-01-02", "form 17"),
        };
        FleetPerson guest = DeliveredFleet.Person(2, "Guest", 90) with { IsEscorted = true, Hosts = [anna.Id], ValidUntil = "2026-06-01", IsEnabled = false };
        _fleet.Publish(anna, guest);
        FleetOutcome outcome = _fleet.DeliverWhole(door);
        Assert.Empty(outcome.Refusals);
        Assert.Equal((2, 0), (outcome.Written, outcome.Removed));
        Assert.True(outcome.Standing is { Bucket: DeliveredFleet.Bucket, Revision: 2, Manifest: 1, Confirmed: 1, Swept: 1, Count: 2, Faults: [] });
        Person[] people = [.. _file.Read().People];
        Assert.Equal([("Anna", anna.Id, "fleet:office"), ("Guest", guest.Id, "always")],
            people.Select(person => (person.Name, person.Origin, person.Schedule)));
        Assert.True(people[0] is { IsEnabled: true, IsExtended: true, IsForLockdown: true, NeedsSecondPerson: true, EncodingCount: 2 });
        Assert.Equal(("2026-01-01", "2026-12-31T18:00"), (people[0].ValidFrom!.ToString(), people[0].ValidUntil!.ToString()));
        Assert.True(people[1] is { IsEnabled: false, IsEscorted: true });
        Assert.Equal([people[0].Id], people[1].Hosts);
        Assert.Equal(people[0], _file.Read().Find(MadeGalleryFile.Card(1001))!.Value.Person);
        using GalleryFile file = GalleryFile.OpenToRead(_file.Path);
        Assert.True(file.Person("Anna") is { Consent: { Day: "2026-01-02", Note: "form 17" }, Origin: not null });
        Assert.Equal((MadeEncodings.Encoder, ComparisonRule.Nearest), (file.Encoder, file.Rule));
        using DoorSecrets secrets = door.Prepare();
        DoorConfirmation said = DoorConfirmation.Open(DeliveredFleet.Group, DeliveredFleet.DoorName, outcome.Standing.Confirmation, secrets.Public);
        Assert.Equal((1, 2, door.Manifest()!.Digest), (said.Serial, said.Count, said.Digest));
    }

    [Fact]
    public void APublicationOfSomebodyKnownKeepsRowIdPinAndTheLockOutHere()
    {
        FleetGallery door = _fleet.Join(_file.Path);
        _fleet.Publish(DeliveredFleet.Person(1, "Anna", 0));
        _fleet.DeliverWhole(door);
        long id = _file.Read().People[0].Id;
        using (GalleryFile file = _file.Open())
        {
            file.SetPin("Anna", Pin.Parse("4711"), isDuress: false);
            file.SetEnabled("Anna", false);
        }

        _fleet.Publish(DeliveredFleet.Person(1, "Anna Smith", 40, 50) with { Badges = [MadeGalleryFile.Card(7).Number] });
        Assert.Equal(1, _fleet.DeliverChanges(door, _fleet.Record(1), _fleet.ManifestItem).Written);
        Person anna = Assert.Single(_file.Read().People);
        Assert.Equal((id, "Anna Smith", false, 2), (anna.Id, anna.Name, anna.IsEnabled, anna.EncodingCount));
        Assert.Equal(PinAnswer.Right, anna.Pin!.Verify("4711"));
        Assert.Null(_file.Read().Find(MadeGalleryFile.Card(1001)));
        Assert.NotNull(_file.Read().Find(MadeGalleryFile.Card(7)));
        using (GalleryFile file = _file.Open())
            file.SetEnabled("Anna Smith", true);
        Assert.True(_file.Read().People[0].IsEnabled);
        _fleet.Publish(DeliveredFleet.Person(1, "Anna Smith", 40) with { IsEnabled = false });
        _fleet.DeliverChanges(door, _fleet.Record(1), _fleet.ManifestItem);
        using (GalleryFile file = _file.Open())
            Assert.Contains("belongs to the fleet", Assert.Throws<UserErrorException>(() => file.SetEnabled("Anna Smith", true)).Message, StringComparison.Ordinal);
        Assert.False(_file.Read().People[0].IsEnabled);
    }

    [Fact]
    public void ARemovalDeletesThePersonAndOverwritesTheBytes()
    {
        FleetGallery door = _fleet.Join(_file.Path);
        _fleet.Publish(DeliveredFleet.Person(1, "Xanthippe", 0), DeliveredFleet.Person(2, "Bert", 90));
        _fleet.DeliverWhole(door);
        Assert.Contains("Xanthippe", Text(), StringComparison.Ordinal);
        _fleet.Publish([], removed: [1]);
        FleetOutcome outcome = _fleet.DeliverChanges(door, _fleet.Record(1), _fleet.ManifestItem);
        Assert.Equal((0, 1, 2L, 1), (outcome.Written, outcome.Removed, outcome.Standing.Confirmed, outcome.Standing.Count));
        Assert.Empty(outcome.ToErase);
        Assert.Equal("Bert", Assert.Single(_file.Read().People).Name);
        Assert.DoesNotContain("Xanthippe", Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void AnErasureNamesThePersonUntilNothingIsLeft()
    {
        FleetGallery door = _fleet.Join(_file.Path);
        _fleet.Publish(DeliveredFleet.Person(1, "Anna", 0), DeliveredFleet.Person(2, "Bert", 90));
        _fleet.DeliverWhole(door);
        long anna = _file.Read().People.Single(person => person.Name == "Anna").Id, bert = _file.Read().People.Single(person => person.Name == "Bert").Id;
        _fleet.Publish([], removed: [2]);
        _fleet.Publish([], erased: [1, 2]);
        // Bert was removed before, and is erased now.
        FleetOutcome outcome = _fleet.DeliverChanges(door, [.. _fleet.After(2)]);
        Assert.Equal([anna, bert], outcome.ToErase);
        _fleet.Publish(DeliveredFleet.Person(1, "Anna", 0));
        Assert.Contains("still erases", Assert.Single(_fleet.DeliverChanges(door, _fleet.Record(1), _fleet.ManifestItem).Refusals).Why, StringComparison.Ordinal);
        Assert.Equal([anna, bert], door.ToErase());
        door.Erased([anna, bert]);
        Assert.Empty(door.ToErase());
        Assert.Empty(_fleet.DeliverWhole(door).Refusals);
        Assert.True(Assert.Single(_file.Read().People).Id > bert);
    }

    [Fact]
    public void WhoIsNotInTheWholeSetIsRemovedAndNobodyWhereTheSetIsNotWhole()
    {
        FleetGallery door = _fleet.Join(_file.Path);
        _file.Add("local", MadeGalleryFile.Card(5), 180);
        _fleet.Publish(DeliveredFleet.Person(1, null, 0), DeliveredFleet.Person(2, null, 90));
        _fleet.DeliverWhole(door);
        _fleet.Publish([DeliveredFleet.Person(3, null, 45)], removed: [1]);
        // The hub has lost one record: nobody is swept, and nobody unknown is added; the removal that is there counts.
        FleetOutcome partial = _fleet.DeliverWhole(door, [_fleet.Record(3), _fleet.ManifestItem, _fleet.KeyItem]);
        Assert.Contains("does not have exactly the people of publication 2", Assert.Single(partial.Refusals).Why, StringComparison.Ordinal);
        Assert.Contains("does not have exactly", Assert.Single(partial.Standing.Faults), StringComparison.Ordinal);
        Assert.Equal((1L, 1L, 2L), (partial.Standing.Confirmed, partial.Standing.Swept, partial.Standing.Manifest));
        Assert.Equal(["local", "Person 1", "Person 2"], Names());
        FleetOutcome whole = _fleet.DeliverWhole(door, _fleet.Whole.Where(item => item.Key != $"lab.{DeliveredFleet.Id(1)}"));
        Assert.Equal((1, 1, 2L), (whole.Written, whole.Removed, whole.Standing.Confirmed));
        Assert.Empty(whole.Standing.Faults);
        Assert.Equal(["local", "Person 2", "Person 3"], Names());
    }

    [Fact]
    public void OneBadRecordIsRefusedAndTheOthersAreApplied()
    {
        _file.Add("Local", MadeGalleryFile.Card(5), 180);
        FleetGallery door = _fleet.Join(_file.Path, new DoorCapability(2));
        using OfficeKey stranger = OfficeKey.Create();
        FleetPerson[] people =
        [
            DeliveredFleet.Person(1), DeliveredFleet.Person(2) with { Badges = [MadeGalleryFile.Card(5).Number] }, DeliveredFleet.Person(3, "LOCAL"),
            DeliveredFleet.Person(4, "L\u043Ecal"), DeliveredFleet.Person(5) with { Encoder = DeliveredFleet.EncoderOf("nearest") with { Alignment = 2 } },
            DeliveredFleet.Person(6) with { Encoder = DeliveredFleet.EncoderOf("nearest+flip") }, DeliveredFleet.Person(7, null, 1, 2, 3), DeliveredFleet.Person(8),
            DeliveredFleet.Person(9) with { Badges = [MadeGalleryFile.Card(1001).Number] },
            DeliveredFleet.Person(10) with { Encoder = DeliveredFleet.EncoderOf("nearest") with { Digest = new string('b', 64) } },
        ];
        _fleet.Publish();
        _fleet.DeliverWhole(door);
        _fleet.Publish(people);
        FleetItem Forged(int number, Func<FleetPerson, byte[]> seal) => new($"lab.{DeliveredFleet.Id(number)}", 99, seal(DeliveredFleet.Person(number)));
        FleetOutcome outcome = _fleet.DeliverChanges(door,
        [
            .. _fleet.Whole, Forged(20, person => PersonSeal.Close(person, "lab", 2, _fleet.Keys.Newest!, stranger)),
            Forged(21, person => PersonSeal.Close(person, "roof", 2, _fleet.Keys.Newest!, _fleet.Office)),
            Forged(22, _ => _fleet.Record(1).Value), Forged(23, _ => []), Forged(24, _ => [.. _fleet.Record(1).Value[..^1], 7]),
            new FleetItem($"roof.{DeliveredFleet.Id(25)}", 99, _fleet.Record(1).Value),
            Forged(26, person => PersonSeal.Close(person, "lab", 2, GroupKey.Create(2), _fleet.Office)),
            Forged(27, person => PersonSeal.Close(person, "lab", 2, GroupKey.Create(1), _fleet.Office)),
        ]);
        Assert.Equal(["Local", "Person 1", "Person 8"], Names());
        Dictionary<string, string> whys = outcome.Refusals.ToDictionary(refusal => refusal.Key, refusal => refusal.Why);
        void Refused(int number, string why) => Assert.Contains(why, whys[$"lab.{DeliveredFleet.Id(number)}"], StringComparison.Ordinal);
        long local = _file.Read().People.Single(person => person.Origin is null).Id;
        Refused(2, $"a badge of the person belongs to {{person {local}}}");
        Refused(3, $"the name is that of {{person {local}}}");
        Refused(4, "characters that a door does not take");
        Refused(5, "alignment 2");
        Refused(6, "with mirror images");
        Refused(7, "3 encodings, and People:MaxEncodings allows 2");
        Refused(9, "a badge of the person belongs to {person ");
        Refused(10, "made with the encoder made (bbbbbbbbbbbb");
        Refused(20, "the signature is not that of the office");
        Refused(21, "belongs to the group 'roof'");
        Refused(22, "stands at the key of");
        Refused(23, "the hub deleted the key, and nobody signed that");
        Refused(24, "stands at the key of");
        Assert.Contains("does not belong to the door's group 'lab'", whys[$"roof.{DeliveredFleet.Id(25)}"], StringComparison.Ordinal);
        Refused(26, "sealed with the group's key 2");
        Refused(27, "sealed with another key");
        Assert.Equal(16, outcome.Refusals.Count);
        Assert.Equal((2, 1L), (outcome.Written, outcome.Standing.Confirmed));
        Assert.DoesNotContain(outcome.Refusals, refusal => refusal.Why.Contains("local", StringComparison.OrdinalIgnoreCase)
            || refusal.Why.Contains("H10301", StringComparison.Ordinal));
    }

    [Fact]
    public void ARecordWithAnUnknownKeyIsAppliedWhenTheKeyHasArrived()
    {
        FleetGallery door = _fleet.Join(_file.Path);
        _fleet.Publish(DeliveredFleet.Person(1));
        _fleet.DeliverWhole(door);
        FleetItem before = _fleet.KeyItem;
        _fleet.RotateKey();
        _fleet.Publish(DeliveredFleet.Person(2, null, 90));
        FleetOutcome outcome = _fleet.DeliverChanges(door, _fleet.Record(2), _fleet.ManifestItem);
        Assert.Contains("group's key 2, and this door has group keys 1", Assert.Single(outcome.Refusals).Why, StringComparison.Ordinal);
        Assert.Contains("group's key 2", Assert.Single(outcome.Standing.Faults), StringComparison.Ordinal);
        outcome = _fleet.DeliverWhole(door);
        Assert.Empty(outcome.Refusals);
        Assert.Equal((1, 3L), (outcome.Written, outcome.Standing.Confirmed));
        Assert.Empty(outcome.Standing.Faults);
        Assert.Contains("an old one", Assert.Single(_fleet.DeliverChanges(door, before).Refusals).Why, StringComparison.Ordinal);
        // The old key stays until the office leaves it out: records of both are read.
        Assert.Equal(["Person 1", "Person 2"], Names());
    }

    [Fact]
    public void OlderAndReplayedRecordsAndManifestsAreRefused()
    {
        FleetGallery door = _fleet.Join(_file.Path);
        _fleet.Publish(DeliveredFleet.Person(1), DeliveredFleet.Person(2, null, 90));
        (FleetItem one, FleetItem two, FleetItem manifest) = (_fleet.Record(1), _fleet.Record(2), _fleet.ManifestItem);
        IReadOnlyList<FleetItem> copy = _fleet.Whole;
        _fleet.DeliverWhole(door);
        _fleet.Publish([DeliveredFleet.Person(2, "Renamed", 90)], removed: [1]);
        _fleet.DeliverChanges(door, [.. _fleet.After(2)]);
        FleetOutcome outcome = _fleet.DeliverChanges(door, one, two, manifest);
        Assert.Equal(3, outcome.Refusals.Count(refusal => refusal.Why.Contains("of publication 1, and the door knows", StringComparison.Ordinal)));
        Assert.Contains("the hub has an old copy", outcome.Refusals[0].Why, StringComparison.Ordinal);
        // The hub was restored from an old copy: the door goes on with what it has.
        outcome = _fleet.DeliverWhole(door, copy);
        Assert.Equal((0, 0, 2L, 2L), (outcome.Written, outcome.Removed, outcome.Standing.Confirmed, outcome.Standing.Manifest));
        Assert.Equal(["Renamed"], Names());
        // A person whom the door never knew, from before the set that it once had.
        FleetItem never = new($"lab.{DeliveredFleet.Id(9)}", 99, PersonSeal.Close(DeliveredFleet.Person(9, null, 45), "lab", 2, _fleet.Keys.Newest!, _fleet.Office));
        Assert.Contains("without this record", Assert.Single(_fleet.DeliverChanges(door, never).Refusals).Why, StringComparison.Ordinal);
        Assert.Empty(_fleet.DeliverChanges(door, _fleet.Record(2), _fleet.ManifestItem).Refusals);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ADoorThatJoinsTakesNothingFromBeforeThatAsAChangeOrAsAnOldSet(bool keysAreLate)
    {
        _fleet.Publish(DeliveredFleet.Person(1), DeliveredFleet.Person(2, null, 90));
        (FleetItem removed, IReadOnlyList<FleetItem> copy) = (_fleet.Record(1), _fleet.Whole);
        _fleet.Publish([], removed: [1]);
        FleetGallery door = _fleet.Join(_file.Path);
        if (keysAreLate)
            _fleet.DeliverWhole(door, copy);
        // The hub serves keys and manifest, then a record that was removed before the door joined, then the set of that time.
        _fleet.DeliverWhole(door, [_fleet.KeyItem]);
        FleetOutcome outcome = _fleet.DeliverChanges(door, removed, _fleet.ManifestItem);
        Assert.Contains("the door joined by publication 2", Assert.Single(outcome.Refusals).Why, StringComparison.Ordinal);
        outcome = _fleet.DeliverWhole(door, copy);
        Assert.Equal((0, 0L, 0L), (outcome.Written, outcome.Standing.Confirmed, outcome.Standing.Swept));
        Assert.Empty(Names());
        outcome = _fleet.DeliverWhole(door);
        Assert.Equal((1, 2L, 2L), (outcome.Written, outcome.Standing.Confirmed, outcome.Standing.Swept));
        Assert.Equal(["Person 2"], Names());
        _fleet.Publish(DeliveredFleet.Person(3, null, 45));
        Assert.Equal((1, 3L), _fleet.DeliverChanges(door, [.. _fleet.After(3)]) is var next ? (next.Written, next.Standing.Confirmed) : default);
    }

    [Fact]
    public void ADoorThatJoinsRefusesAManifestFromBeforeThat()
    {
        _fleet.Publish(DeliveredFleet.Person(1));
        IReadOnlyList<FleetItem> copy = _fleet.Whole;
        _fleet.Publish([], removed: [1]);
        FleetGallery door = _fleet.Join(_file.Path);
        FleetOutcome outcome = _fleet.DeliverWhole(door, [_fleet.KeyItem, .. copy]);
        Assert.Contains(outcome.Refusals, refusal => refusal.Why.Contains("the door has its keys since publication 2", StringComparison.Ordinal));
        Assert.Equal((0, 0L, 0L), (outcome.Written, outcome.Standing.Manifest, outcome.Standing.Swept));
        Assert.Empty(Names());
    }

    [Fact]
    public void ADeliveryThatChangesNothingLeavesTheGalleryAsItIs()
    {
        FleetGallery door = _fleet.Join(_file.Path, new DoorCapability(2));
        _fleet.Publish(DeliveredFleet.Person(1), DeliveredFleet.Person(2, null, 1, 2, 3));
        Assert.Equal((1, 1), _fleet.DeliverWhole(door) is var first ? (first.Written, first.Refusals.Count) : default);
        byte[] before = File.ReadAllBytes(_file.Path);
        FleetOutcome again = _fleet.DeliverChanges(door, _fleet.ManifestItem, _fleet.KeyItem, _fleet.Record(1));
        Assert.Equal((0, 0, 1L), (again.Written, again.Refusals.Count, again.Standing.Manifest));
        Assert.Contains("allows 2", Assert.Single(_fleet.DeliverWhole(door).Refusals).Why, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(_file.Path));
        // Only where the door stands is written: the gallery changes.
        DeliveredFleet.Deliver(door, FleetPass.Changes, [], _fleet.Sequence + 1);
        Assert.Equal(_fleet.Sequence + 1, door.Standing()!.Revision);
    }

    [Fact]
    public void ADeliveryIsAnsweredThoughAReaderKeepsTheLog()
    {
        FleetGallery door = _fleet.Join(_file.Path);
        _fleet.Publish(DeliveredFleet.Person(1));
        using GalleryConnection reader = GalleryDatabase.OpenToRead(_file.Path);
        using SqliteTransaction reading = reader.BeginTransaction(deferred: true);
        Assert.Equal(0, GalleryOrigin.CountOfFleet(reader));
        FleetOutcome outcome = _fleet.DeliverWhole(door);
        Assert.Equal((1, 1L), (outcome.Written, outcome.Standing.Confirmed));
        Assert.Contains("its log could not be emptied", Assert.Single(outcome.Refusals).Why, StringComparison.Ordinal);
    }

    [Fact]
    public void OfTwoRecordsOfOnePublicationTheRemovalCounts()
    {
        FleetGallery door = _fleet.Join(_file.Path);
        _fleet.Publish(DeliveredFleet.Person(1), DeliveredFleet.Person(2, null, 90));
        _fleet.DeliverWhole(door);
        // The office was restored from a copy of before publication 1, and removes the person in another publication 1.
        FleetItem removal = _fleet.Record(1) with { Value = PersonSeal.CloseRemoval(DeliveredFleet.Id(1), DeliveredFleet.Group, 1, erase: false, _fleet.Office) };
        FleetOutcome outcome = _fleet.DeliverChanges(door, removal);
        Assert.Equal((1, 0), (outcome.Removed, outcome.Refusals.Count));
        Assert.Equal(["Person 2"], Names());
        Assert.Contains("two records of publication 1", Assert.Single(_fleet.DeliverChanges(door, _fleet.Record(1)).Refusals).Why, StringComparison.Ordinal);
        Assert.Equal(["Person 2"], Names());
    }

    [Fact]
    public void AnEncoderThatTheDoorCannotUseDoesNotBecomeThatOfItsGallery()
    {
        List<GalleryMethod> asked = [];
        FleetGallery door = _fleet.Join(_file.Path, new DoorCapability(10)
        {
            WhyUnusable = method =>
            {
                asked.Add(method);
                return "the encoder is not installed";
            },
        });
        _fleet.Publish(DeliveredFleet.Person(1), DeliveredFleet.Person(2) with { Encoder = null, Encodings = [] });
        FleetOutcome outcome = _fleet.DeliverWhole(door);
        Assert.Equal("the encoder is not installed", Assert.Single(outcome.Refusals).Why);
        Assert.Equal([new GalleryMethod(MadeEncodings.Encoder, ComparisonRule.Nearest)], asked);
        Assert.Equal(["Person 2"], Names());
        Assert.Null(GalleryEncoders.ActiveName(_file.Path));
    }

    [Fact]
    public void ADoorThatLeavesStartsWithItsOwnEncoderAgain()
    {
        FleetGallery door = _fleet.Join(_file.Path);
        _fleet.Publish(DeliveredFleet.Person(1));
        _fleet.DeliverWhole(door);
        Assert.Equal((MadeEncodings.Encoder.Name, ComparisonRule.Nearest), (GalleryEncoders.ActiveName(_file.Path), GalleryRules.ActiveRule(_file.Path)));
        door.Leave(keepPeople: false);
        Assert.Equal((null, null), (GalleryEncoders.ActiveName(_file.Path), GalleryRules.ActiveRule(_file.Path)));
    }

    [Fact]
    public void WithoutATimeZoneNobodyWithHoursOrDatesComes()
    {
        FleetGallery door = _fleet.Join(_file.Path, new DoorCapability(10) { ZoneProblem = "the time zone is unknown" });
        _fleet.Publish(DeliveredFleet.Person(1), DeliveredFleet.Person(2, null, 90) with { Schedule = "office" },
            DeliveredFleet.Person(3, null, 45) with { ValidFrom = "2026-01-01" }, DeliveredFleet.Person(4, null, 20) with { ValidUntil = "2026-12-31" });
        FleetOutcome outcome = _fleet.DeliverWhole(door);
        Assert.Equal(3, outcome.Refusals.Count);
        Assert.All(outcome.Refusals, refusal => Assert.Equal("the person has hours or dates, and the time zone is unknown", refusal.Why));
        Assert.Equal(["Person 1"], Names());
    }

    [Fact]
    public void TwoPeopleExchangeBadgesAndNamesInOneDelivery()
    {
        FleetGallery door = _fleet.Join(_file.Path);
        _file.Add("Local", MadeGalleryFile.Card(5), 180);
        _fleet.Publish(DeliveredFleet.Person(1, "Anna", 0), DeliveredFleet.Person(2, "Bert", 90), DeliveredFleet.Person(3, "Carl", 45));
        _fleet.DeliverWhole(door);
        (string first, string second) = (MadeGalleryFile.Card(1001).Number, MadeGalleryFile.Card(1002).Number);
        _fleet.Publish(DeliveredFleet.Person(1, "Bert", 0) with { Badges = [second] }, DeliveredFleet.Person(2, "Anna", 90) with { Badges = [first] },
            DeliveredFleet.Person(3, "Carl", 45) with { Badges = [MadeGalleryFile.Card(5).Number], IsEnabled = false });
        FleetOutcome outcome = _fleet.DeliverChanges(door, [.. _fleet.After(3)]);
        Assert.Contains("a badge of the person belongs to", Assert.Single(outcome.Refusals).Why, StringComparison.Ordinal);
        Gallery read = _file.Read();
        Assert.Equal(("Bert", DeliveredFleet.Id(1)), Of(read.Find(MadeGalleryFile.Card(1002))!.Value.Person));
        Assert.Equal(("Anna", DeliveredFleet.Id(2)), Of(read.Find(MadeGalleryFile.Card(1001))!.Value.Person));
        // The refused record of somebody who is here takes the rights and the old badge away nevertheless.
        Assert.False(read.People.Single(person => person.Name == "Carl").IsEnabled);
        Assert.Null(read.Find(MadeGalleryFile.Card(1003)));
        Assert.Equal("Local", read.Find(MadeGalleryFile.Card(5))!.Value.Person.Name);
        static (string, string?) Of(Person person) => (person.Name, person.Origin);
    }

    [Fact]
    public void AHostWhoArrivesLaterIsFound()
    {
        FleetGallery door = _fleet.Join(_file.Path);
        _fleet.Publish(DeliveredFleet.Person(1, null, 0) with { IsEscorted = true, Hosts = [DeliveredFleet.Id(2), DeliveredFleet.Id(3)], ValidUntil = "2026-06-01" });
        _fleet.DeliverWhole(door);
        Assert.Empty(_file.Read().People[0].Hosts);
        _fleet.Publish(DeliveredFleet.Person(2, null, 90));
        _fleet.DeliverChanges(door, [.. _fleet.After(1)]);
        Gallery read = _file.Read();
        Assert.Equal([read.People.Single(person => person.Name == "Person 2").Id], read.People.Single(person => person.IsEscorted).Hosts);
        _fleet.Publish([], removed: [2]);
        _fleet.DeliverChanges(door, [.. _fleet.After(2)]);
        Assert.Empty(Assert.Single(_file.Read().People).Hosts);
    }

    [Fact]
    public void ADeliveryOfAnotherBucketOrACutOffParcelChangesNothing()
    {
        FleetGallery door = _fleet.Join(_file.Path);
        _fleet.Publish(DeliveredFleet.Person(1), DeliveredFleet.Person(2, null, 90));
        byte[] before = File.ReadAllBytes(_file.Path);
        Assert.Contains("another bucket", Assert.Throws<UserErrorException>(() => _fleet.DeliverChanges(door, _fleet.Whole)).Message, StringComparison.Ordinal);
        using MemoryStream cut = DeliveredFleet.Parcel(_fleet.Whole);
        cut.SetLength(cut.Length - 1);
        Assert.Contains("ended before its last record", Assert.Throws<UserErrorException>(() =>
            door.Apply(new FleetDelivery(DeliveredFleet.Bucket, 2, FleetPass.Whole, cut.Length + 1), cut)).Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(_file.Path));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void LeavingRemovesTheFleetsPeopleOrKeepsThemAsLocalOnes(bool keepsPeople)
    {
        FleetGallery door = _fleet.Join(_file.Path);
        _file.Add("local", MadeGalleryFile.Card(5), 180);
        _fleet.Publish(DeliveredFleet.Person(1, "Anna", 0) with { Schedule = "office" }, DeliveredFleet.Person(2, "Bert", 90));
        _fleet.DeliverWhole(door);
        using (GalleryFile file = _file.Open())
            file.SetEnabled("Bert", false);
        Assert.Equal(2, door.Leave(keepsPeople));
        Assert.Equal(keepsPeople ? ["Anna", "Bert", "local"] : ["local"], Names());
        Assert.All(_file.Read().People, person => Assert.Null(person.Origin));
        if (!keepsPeople)
            return;
        Assert.Equal(["office", "always"], Names()[..2].Select(name => _file.Read().People.Single(person => person.Name == name).Schedule));
        using GalleryFile kept = _file.Open();
        Assert.False(kept.Person("Bert").IsEnabled);
        kept.SetEnabled("Bert", true);
        kept.Rename("Bert", PersonName.Parse("Bertram"));
    }

    [Fact]
    public void ASealedGalleryKeepsTheFleetsSecretsSealedThroughAnotherKey()
    {
        DoorKey key = DoorKey.Generate(), other = DoorKey.Generate();
        FleetGallery door = _fleet.Join(_file.Path, keys: new KeyRing([key], null));
        _fleet.Publish(DeliveredFleet.Person(1, "Anna", 0));
        _fleet.DeliverWhole(door);
        using DoorSecrets secrets = door.Prepare();
        byte[] revealed = secrets.Reveal();
        Assert.All(new[] { revealed, _fleet.Keys.Reveal()[4..] }, secret => Assert.Equal(-1, File.ReadAllBytes(_file.Path).AsSpan().IndexOf(secret)));
        Assert.True(GalleryReseal.Run(_file.Path, key, other, MadeGalleryFile.Time));
        FleetGallery moved = new(_file.Path, MadeGalleryFile.Time, new DoorCapability(10), new KeyRing([other], null));
        using DoorSecrets after = moved.Prepare();
        Assert.Equal(revealed, after.Reveal());
        _fleet.Publish(DeliveredFleet.Person(2, "Bert", 90));
        Assert.Equal((1, 2L), _fleet.DeliverChanges(moved, [.. _fleet.After(1)]) is var outcome ? (outcome.Written, outcome.Standing.Confirmed) : default);
        Assert.Throws<UserErrorException>(() => door.Standing());
        using (GalleryConnection read = GalleryDatabase.OpenToRead(_file.Path, new KeyRing([other], null)))
            Assert.Equal(NaiveDigest.Of(read, other), Sqlite.Scalar(read, "SELECT digest FROM gallery"));
        _file.Sql("UPDATE fleet SET secrets = zeroblob(length(secrets))");
        Assert.Contains("was changed by somebody without the door's key", Assert.Throws<UserErrorException>(() => moved.Standing()).Message,
            StringComparison.Ordinal);
    }

    private string[] Names()
    {
        using GalleryFile file = GalleryFile.OpenToRead(_file.Path);
        return [.. file.People.Select(person => person.Name)];
    }

    private string Text() => System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(_file.Path));
}
