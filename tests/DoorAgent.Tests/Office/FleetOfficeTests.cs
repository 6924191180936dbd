using DoorAgent.Fleet;
using DoorAgent.Hub;
using DoorAgent.Office;
using DoorAgent.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace DoorAgent.Tests.Office;

public sealed class FleetOfficeTests : IDisposable
{
    private const string Group = "lab";

    private readonly TempFolder _folder = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 1, 8, 0, 0, TimeSpan.Zero));
    private readonly FleetOffice _office;

    public FleetOfficeTests()
    {
        _office = FleetOffice.OpenOrMake(_folder.File("office"), new OfficeIdentity("Depot", HubAddress.Find("nats://hub.example:4222")!), _time);
        _office.Groups.Add(Group);
    }

    [Fact]
    public void APublicationNamesItsSetAndGoesOutAfterItsRecords()
    {
        OfficePublication made = _office.Publish(Group, "2 people", change =>
        {
            change.Put(MadeFleet.Person(MadeFleet.Anna, "Anna"));
            change.Put(MadeFleet.Person(MadeFleet.Bert, "Bert"));
        });

        Assert.Equal((1, "2 people"), (made.Serial, made.What));
        IReadOnlyList<OutboxRecord> waiting = _office.Outbox.Next(10);
        Assert.Equal([$"lab.{MadeFleet.Anna}", $"lab.{MadeFleet.Bert}", "lab.manifest"], waiting.Select(record => record.Key));
        FleetManifest manifest = ManifestSeal.Open(Group, waiting[^1].Value!, _office.Keys.Signing.Public);
        Assert.Equal((1, 2, FleetSet.Digest([(MadeFleet.Anna, 1), (MadeFleet.Bert, 1)]), 1), (manifest.Serial, manifest.Count, manifest.Digest, manifest.Key));
        Assert.Equal(["Anna", "Bert"], _office.PeopleOf(Group).Select(person => person.Name));
    }

    [Fact]
    public void AChangeThatFailsHasNotHappened()
    {
        _office.Publish(Group, "1 person", change => change.Put(MadeFleet.Person(MadeFleet.Anna, "Anna")));
        long waiting = _office.Outbox.Count;

        Assert.Throws<InvalidOperationException>(() => _office.Publish(Group, "fails", change =>
        {
            change.Put(MadeFleet.Person(MadeFleet.Bert, "Bert"));
            change.ExchangeKey();
            throw new InvalidOperationException();
        }));

        Assert.Equal(waiting, _office.Outbox.Count);
        OfficeGroup group = _office.Groups.Require(Group);
        Assert.Equal((1, 1), (group.Serial, group.Key));
        Assert.Single(_office.Groups.Publications(Group));
        Assert.Equal(2, _office.Publish(Group, "goes on", _ => { }).Serial);
    }

    [Fact]
    public void ALockdownThatIsOverIsNotSignedAgain()
    {
        FleetLockdown order = new(_time.GetUtcNow(), _time.GetUtcNow().AddHours(2), "Gas alarm");
        _office.Publish(Group, "lockdown", change => change.Settings = change.Settings with { Lockdown = order });
        _time.Advance(TimeSpan.FromHours(1));
        _office.Publish(Group, "renewed", _ => { });
        Assert.Equal(order, Manifest().Lockdown);
        _time.Advance(TimeSpan.FromHours(1));
        _office.Publish(Group, "renewed", _ => { });
        Assert.Null(Manifest().Lockdown);

        FleetManifest Manifest() => ManifestSeal.Open(Group, _office.Groups.Require(Group).Manifest!, _office.Keys.Signing.Public);
    }

    [Fact]
    public void ANewerRecordOfAKeyReplacesTheOneThatWaits()
    {
        _office.Publish(Group, "1 person", change => change.Put(MadeFleet.Person(MadeFleet.Anna, "Anna")));
        IReadOnlyList<OutboxRecord> before = _office.Outbox.Next(10);
        _office.Publish(Group, "removed", change => change.Remove(MadeFleet.Anna));

        // A sender that stored the first records meanwhile takes out nothing of the later ones.
        _office.Outbox.Sent(before);

        IReadOnlyList<OutboxRecord> waiting = _office.Outbox.Next(10);
        Assert.Equal([$"lab.{MadeFleet.Anna}", "lab.manifest"], waiting.Select(record => record.Key));
        Assert.Equal(RecordKind.Removal, RecordHead.Read(waiting[0].Value).Kind);
        Assert.Equal(2, ManifestSeal.Open(Group, waiting[1].Value!, _office.Keys.Signing.Public).Serial);
    }

    [Fact]
    public void ANewKeySealsLaterRecordsAndOldKeysStayWhileTheyAreNeeded()
    {
        _office.Publish(Group, "1 person", change => change.Put(MadeFleet.Person(MadeFleet.Anna, "Anna")));
        _office.Publish(Group, "new key", change =>
        {
            change.ExchangeKey();
            change.Put(MadeFleet.Person(MadeFleet.Bert, "Bert"));
        });
        Assert.Equal([1, 2], _office.Groups.KeysInUse(Group).All.Select(key => key.Number));

        _office.Publish(Group, "removed", change => change.Remove(MadeFleet.Anna));

        Assert.Equal([2], _office.Groups.KeysInUse(Group).All.Select(key => key.Number));
    }

    /// <summary>A door takes 64 keys at most; a group may lose any number of doors.</summary>
    [Fact]
    public void ManyKeysOneAfterAnotherNeverAreTooMany()
    {
        for (int i = 1; i <= 70; i++)
        {
            _office.Publish(Group, "new key", change =>
            {
                change.ExchangeKey();
                change.Put(MadeFleet.Person($"{i:x32}", $"Person {i}"));
            });
            Assert.InRange(_office.Groups.KeysInUse(Group).All.Count, 1, 17);
        }

        Assert.Equal(70, _office.PeopleOf(Group).Count);
        FleetManifest manifest = ManifestSeal.Open(Group, _office.Groups.Require(Group).Manifest!, _office.Keys.Signing.Public);
        Assert.Equal((70, 71, 70), (manifest.Count, manifest.Key, manifest.Serial));
        Assert.Equal(FleetSet.Digest(_office.Records.SetOf(Group)), manifest.Digest);
    }

    [Fact]
    public void OneCommandAtATimeWorksOnAnOffice() => Assert.Contains("Another fleet command",
        Assert.Throws<UserErrorException>(() => FleetOffice.Open(_folder.File("office"), _time)).Message, StringComparison.Ordinal);

    [Fact]
    public void AnOfficeWithoutItsKeyIsNotMadeAgainOverItsDatabase()
    {
        _office.Dispose();
        File.Delete(_office.Places.KeyFile);

        Assert.Contains("the key of this office is lost", Assert.Throws<UserErrorException>(() => FleetOffice.OpenOrMake(_office.Places.Directory,
            new OfficeIdentity("Depot", HubAddress.Find("nats://hub.example:4222")!), _time)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ADatabaseOfAnotherProgramIsRefused()
    {
        _office.Dispose();
        File.Copy(Path.Combine(Repository.Root, "README.md"), _office.Places.DatabaseFile, overwrite: true);

        Assert.Contains("is damaged", Assert.Throws<UserErrorException>(() => FleetOffice.Open(_office.Places.Directory, _time)).Message, StringComparison.Ordinal);
    }

    /// <summary>Neither a secret nor a name stands in what a thief of the database could read beside names: keys are sealed.</summary>
    [Fact]
    public void GroupKeysAreNotReadableInTheDatabase()
    {
        byte[] secret = _office.Groups.KeysInUse(Group).Newest!.Secret.ToArray();
        _office.Dispose();

        Assert.Equal(-1, File.ReadAllBytes(_office.Places.DatabaseFile).AsSpan().IndexOf(secret));
    }

    public void Dispose()
    {
        _office.Dispose();
        _folder.Dispose();
    }
}
