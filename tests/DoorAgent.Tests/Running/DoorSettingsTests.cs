using DoorAgent.Doors;
using DoorAgent.Running;
using DoorAgent.Settings;

namespace DoorAgent.Tests.Running;

public sealed class DoorSettingsTests
{
    [Fact]
    public void EverySectionOfTheDoorHasItsOwnProperty()
    {
        Type[] given = [.. typeof(DoorSettings).GetProperties().Select(property => property.PropertyType)];
        // The link has a file of its own, and reads its sections from there.
        Assert.All(KnownKeys.OptionTypes.Where(type => !type.Namespace!.StartsWith("DoorAgent.Link", StringComparison.Ordinal)), type => Assert.Contains(type, given));
    }

    [Fact]
    public void EachPropertyReturnsTheSameOptionsEachTime()
    {
        DoorSettings settings = new(SettingsFile.FromAssignments(
            "test", ["Hardware:Kind=simulated", "Hardware:Contact=23", "Doors:AccessTime=7 s"]));
        Assert.Equal(TimeSpan.FromSeconds(7), settings.Doors.AccessTime);
        Assert.All(typeof(DoorSettings).GetProperties().Where(property => KnownKeys.OptionTypes.Contains(property.PropertyType)),
            property => Assert.Same(property.GetValue(settings), property.GetValue(settings)));
        Assert.True(settings.IsSimulated);
    }

    [Fact]
    public void AnErrorInOneSectionIsRefusedForThatSectionAndForADoor()
    {
        DoorSettings settings = new(SettingsFile.FromAssignments("test", ["Doors:AccessTime=70 s"]));
        Assert.Throws<UserErrorException>(() => settings.Doors);
        Assert.Throws<UserErrorException>(() => settings.Section<DoorOptions>());
        Assert.Throws<UserErrorException>(() => settings.Hardware);
        Assert.Null(settings.UncheckedHardware.Kind);
        Assert.Equal(3, settings.Decisions.FramesToAgree);
        string refused = Assert.Throws<UserErrorException>(settings.NeedAll).Message;
        string[] wrong = ["Doors:AccessTime is 70 s", "Hardware:Kind is not set", "Hardware:Contact is not set"];
        Assert.All(wrong, line => Assert.Contains(line, refused, StringComparison.Ordinal));
    }
}
