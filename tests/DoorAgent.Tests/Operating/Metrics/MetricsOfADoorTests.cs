using DoorAgent.Operating;
using DoorAgent.Galleries;
using DoorAgent.Hardware.Badges;
using DoorAgent.Simulation;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Operating.Metrics;

/// <summary>Tests the metrics of the worker at a simulated door.</summary>
public sealed class MetricsOfADoorTests(EnrolledPeople people) : IClassFixture<EnrolledPeople>
{
    [Fact]
    public async Task AGrantAndADenialAreCountedWithTheirDurations()
    {
        await using DoorAtWork door = new(people);
        door.Show("adam/door-1");
        await door.PassAsync(2);
        door.Present(DoorAtWork.AdamsBadge);
        await door.PassAsync(3);
        door.Present(Badge.Parse("H10301:9:9"));
        await door.PassAsync(8);

        string text = (await door.AskAsync(OperatorVerb.Metrics)).Metrics!;
        Assert.Equal("1", Value("access_granted_total{mode=\"badge-and-face\"}"));
        Assert.Equal("1", Value("access_denied_total{reason=\"UnknownBadge\"}"));
        // The unknown badge is denied at once; a face takes some frames.
        Assert.Equal("1", Value("decision_duration_seconds_bucket{le=\"0.1\"}"));
        Assert.Equal("2", Value("decision_duration_seconds_count"));
        Assert.True(double.Parse(Value("decision_duration_seconds_sum"),
            System.Globalization.CultureInfo.InvariantCulture) is > 0.3 and < 3);
        Assert.True(int.Parse(Value("frames_total"), System.Globalization.CultureInfo.InvariantCulture) > 100);
        Assert.True(int.Parse(Value("gallery_people"), System.Globalization.CultureInfo.InvariantCulture) > 0);
        Assert.Equal(("1", "1", "0", "0"),
            (Value("camera_up"), Value("reader_up"), Value("door_open"), Value("relay_energised")));
        // Each record is counted once, and was written once.
        Assert.Equal(door.Events.Count, int.Parse(Value("journal_append_duration_seconds_count"),
            System.Globalization.CultureInfo.InvariantCulture));

        string Value(string sample) => DoorMetricsTests.Value(text, sample);
    }

    [Fact]
    public async Task AfterADuressPinTheMetricsAreThoseOfTheRightPin()
    {
        string right = await AfterVisitAsync("4711#");
        Assert.Equal("1", DoorMetricsTests.Value(right, "access_granted_total{mode=\"badge-and-face\"}"));
        Assert.Equal(right, await AfterVisitAsync("1177#"));
    }

    [Fact]
    public async Task TheLevelsFollowTheDoor()
    {
        await using DoorAtWork door = new(people);
        door.Show("adam/door-1");
        await door.PassAsync(2);
        await door.AskAsync(OperatorVerb.Unlock);
        Assert.Equal("1", await ValueAsync("relay_energised"));
        door.Do(new MoveDoor(Open: true));
        door.Unplug();
        await door.PassAsync(40);
        Assert.Equal(("0", "1", "0"), (await ValueAsync("relay_energised"), await ValueAsync("door_open"), await ValueAsync("camera_up")));
        Assert.Equal(("1", "1"), (await ValueAsync("alarm_active{kind=\"HeldOpen\"}"),
            await ValueAsync("alarm_active{kind=\"CameraFault\"}")));
        door.Do(new MoveDoor(Open: false));
        await door.PassAsync(1);
        Assert.Equal(("0", "0"), (await ValueAsync("door_open"), await ValueAsync("alarm_active{kind=\"HeldOpen\"}")));

        async Task<string> ValueAsync(string sample) =>
            DoorMetricsTests.Value((await door.AskAsync(OperatorVerb.Metrics)).Metrics!, sample);
    }

    private async Task<string> AfterVisitAsync(string keys)
    {
        await using DoorAtWork door = new(people, settings: ["Badges:Keypad=4-bit", "Decisions:Pin=required"]);
        door.ChangeGallery(gallery => gallery.SetPin("adam", Pin.Parse("4711"), isDuress: false));
        door.ChangeGallery(gallery => gallery.SetPin("adam", Pin.Parse("1177"), isDuress: true));
        door.Show("adam/door-1");
        await door.PassAsync(2.5);
        door.Present(DoorAtWork.AdamsBadge);
        await door.PassAsync(0.2);
        door.Do(new PressKeys(keys));
        await door.PassAsync(10);
        return (await door.AskAsync(OperatorVerb.Metrics)).Metrics!;
    }
}
