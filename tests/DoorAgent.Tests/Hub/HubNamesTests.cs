using DoorAgent.Fleet;
using DoorAgent.Hub;

namespace DoorAgent.Tests.Hub;

public sealed class HubNamesTests
{
    private const string Person = "00112233445566778899aabbccddeeff";

    [Fact]
    public void TheNamesAreThoseOfTheLayout()
    {
        Assert.Equal("KV_people", HubNames.StreamOf(HubNames.People));
        Assert.Equal($"$KV.people.lab.{Person}", HubNames.SubjectOf(HubNames.People, HubNames.PersonKey("lab", Person)));
        Assert.Equal("lab.manifest", HubNames.ManifestKey("lab"));
        Assert.Equal("lab.key.d17", HubNames.GroupKeyKey("lab", "d17"));
        Assert.Equal("door.d17.event", HubNames.EventsOf("d17"));
        Assert.Equal("door.d17.alarm", HubNames.AlarmsOf("d17"));
        Assert.Equal("_INBOX_d17", HubNames.InboxOf("d17"));
    }

    [Theory]
    [InlineData("$KV.people.lab.0011", "lab.0011")]
    [InlineData("$KV.people.", null)]
    [InlineData("$KV.groups.lab.manifest", null)]
    public void AKeyIsFoundInItsSubject(string subject, string? key) => Assert.Equal(key, HubNames.KeyOf(HubNames.People, subject));

    [Theory]
    [InlineData("")]
    [InlineData("*")]
    [InlineData(">")]
    [InlineData("a.b")]
    [InlineData("D17")]
    [InlineData("d17 ")]
    [InlineData("_INBOX")]
    public void ANameThatWouldBeAnotherSubjectIsRefused(string name)
    {
        Assert.Throws<ArgumentException>(() => HubNames.InboxOf(name));
        Assert.Throws<ArgumentException>(() => HubNames.EventsOf(name));
        Assert.Throws<ArgumentException>(() => HubNames.AlarmsOf(name));
        Assert.Throws<ArgumentException>(() => HubNames.ManifestKey(name));
        Assert.Throws<ArgumentException>(() => HubNames.AllOf(name));
        Assert.Throws<ArgumentException>(() => HubNames.GroupKeyKey("lab", name));
        Assert.Throws<ArgumentException>(() => HubNames.GroupKeyKey(name, "d17"));
        Assert.Throws<ArgumentException>(() => HubNames.PersonKey(name, Person));
        Assert.Throws<ArgumentException>(() => HubNames.PersonKey("lab", name));
        Assert.Throws<ArgumentException>(() => HubPermissions.OfDoor(name, "lab"));
        Assert.Throws<ArgumentException>(() => HubPermissions.OfDoor("d17", name));
        Assert.False(FleetIds.IsName(name));
    }

    /// <summary>The texts of hub.conf, as they were tried with three versions of nats-server.</summary>
    [Fact]
    public void ADoorMayDoWhatTheLayoutSaysAndNothingElse()
    {
        HubPermissions door = HubPermissions.OfDoor("d17", "lab");
        Assert.Equal(
            [
                "door.d17.event", "door.d17.alarm", "$KV.doors.d17", "$JS.API.STREAM.INFO.KV_people", "$JS.API.STREAM.INFO.KV_groups",
                "$JS.API.CONSUMER.CREATE.KV_people.*.$KV.people.lab.>", "$JS.API.CONSUMER.CREATE.KV_groups.*.$KV.groups.lab.>",
                "$JS.API.DIRECT.GET.EVENTS.door.d17.event", "$JS.FC.>",
            ],
            door.Publish);
        Assert.Equal(["_INBOX_d17.>"], door.Subscribe);
    }
}
