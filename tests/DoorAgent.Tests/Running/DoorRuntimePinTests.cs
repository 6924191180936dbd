using DoorAgent.Events;
using DoorAgent.Galleries;
using DoorAgent.Hardware.Doors;
using DoorAgent.Simulation;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Running;

/// <summary>Tests the worker at a door with a keypad.</summary>
public sealed class DoorRuntimePinTests(EnrolledPeople people) : IClassFixture<EnrolledPeople>
{
    private static readonly string[] Keypad = ["Badges:Keypad=4-bit", "Decisions:Pin=required"];

    [Fact]
    public async Task APinSetWhileTheDoorRunsIsRequiredAndOpens()
    {
        await using DoorAtWork door = await WithAdamAtTheDoorAsync();
        await door.PassAsync(0.5);
        Assert.Equal("Denied NoPin", door.Decision);

        door.ChangeGallery(gallery => gallery.SetPin("adam", Pin.Parse("4711"), isDuress: false));
        await door.PassAsync(2.5);
        door.Present(DoorAtWork.AdamsBadge);
        await door.PassAsync(0.5);
        Assert.Equal(LightPattern.EnterPin, door.Lights);
        door.Do(new PressKeys("4711#"));
        await door.PassAsync(1.2);
        Assert.Equal(LightPattern.LookAtCamera, door.Lights);
        await door.PassAsync(1);
        Assert.Equal("Granted adam", door.Decision);
        Assert.True(door.IsRelayOn);
    }

    [Fact]
    public async Task ADuressPinLooksExactlyLikeTheRightPinAtTheDoor()
    {
        IReadOnlyList<string> right = await VisitAsync("4711#"), duress = await VisitAsync("1177#");
        Assert.Contains("Duress", duress);
        Assert.Equal(right, duress.Where(what => what != "Duress"));
        Assert.Contains("lights Granted", right);
    }

    [Fact]
    public async Task NoEventContainsTheTypedDigits()
    {
        await using DoorAtWork door = await WithAdamAtTheDoorAsync(gallery => gallery.SetPin("adam", Pin.Parse("4711"), isDuress: false));
        foreach (string keys in new[] { "90210876#", "12345#", "90210876090210876#" })
        {
            door.Do(new PressKeys(keys));
            await door.PassAsync(8);
            door.Present(DoorAtWork.AdamsBadge);
            await door.PassAsync(0.5);
        }

        Assert.Equal(3, door.Count(DoorEventKind.Denied) - door.Events.Count(e => e.Reason == DenyReason.LockedOut));
        Assert.All(door.Events, e => Assert.DoesNotContain("90210876", $"{e with { Time = default }}", StringComparison.Ordinal));
    }

    [Fact]
    public void ADoorThatRequiresPinsDoesNotStartWithoutAKeypad() =>
        Assert.Contains("Set Badges:Keypad",
            Assert.Throws<UserErrorException>(() => new DoorAtWork(people, settings: "Decisions:Pin=required")).Message,
            StringComparison.Ordinal);

    private async Task<IReadOnlyList<string>> VisitAsync(string keys)
    {
        await using DoorAtWork door = await WithAdamAtTheDoorAsync(gallery =>
        {
            gallery.SetPin("adam", Pin.Parse("4711"), isDuress: false);
            gallery.SetPin("adam", Pin.Parse("1177"), isDuress: true);
        });
        door.Do(new PressKeys(keys));
        List<string> seen = [];
        for (int i = 0; i < 100; i++)
        {
            await door.PassAsync(0.1);
            seen.Add($"lights {door.Lights}");
        }

        return [.. door.Order, .. seen];
    }

    private async Task<DoorAtWork> WithAdamAtTheDoorAsync(Action<GalleryFile>? change = null)
    {
        DoorAtWork door = new(people, settings: Keypad);
        if (change is not null)
            door.ChangeGallery(change);
        door.Show("adam/door-1");
        await door.PassAsync(0.5);
        door.Present(DoorAtWork.AdamsBadge);
        await door.PassAsync(0.2);
        return door;
    }
}
