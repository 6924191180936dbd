using DoorAgent.Events;
using DoorAgent.Hardware.Badges;
using DoorAgent.Simulation;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Drills;

/// <summary>Somebody floods every line of a working door. Time is simulated, and the counts are those of events.</summary>
public sealed class FloodTests(EnrolledPeople people) : IClassFixture<EnrolledPeople>
{
    private static readonly Badge NorasBadge = Badge.Parse("H10301:123:4568");

    /// <summary>The contact bounces 500 times a second, the exit button is hammered, and unknown badges come without a pause.</summary>
    [Slow]
    [Fact]
    public async Task EdgesOnEveryLineDelayNobodyWhoBelongsHere()
    {
        await using DoorAtWork door = new(people, settings: ["Hardware:Exit=24"]);
        door.Show("adam/door-1");
        await door.PassAsync(0.5);
        for (int second = 0; second < 20; second++)
        {
            door.Do(new BounceDoor(240));
            door.Do(new PressExit(TimeSpan.FromMilliseconds(20)));
            door.Do(new Glitch(2000));
            await door.PassAsync(0.2);
            for (int card = 0; card < 8; card++)
            {
                door.Present(Badge.Of("H10301", 200, (ulong)((8 * second) + card)));
                await door.PassAsync(0.1);
            }
        }

        Assert.Equal(0, door.Count(DoorEventKind.Granted));
        Assert.Equal(0, door.Count(DoorEventKind.DoorForced));
        Assert.InRange(door.Events.Count, 10, 60);
        door.Do(new BounceDoor(500));
        door.Present(DoorAtWork.AdamsBadge);
        await door.PassAsync(2);
        Assert.Equal("Granted adam", door.Decision);
    }

    /// <summary>Two copied badges by turns: each read ends the attempt of the other one.</summary>
    [Slow]
    [Fact]
    public async Task AFloodOfKnownBadgesOpensNothingAndTheLastOneIsDecidedInItsTime()
    {
        await using DoorAtWork door = new(people);
        door.Show("stranger-2/door-1");
        await door.PassAsync(0.5);
        for (int read = 0; read < 200; read++)
        {
            door.Present(read % 2 == 0 ? DoorAtWork.AdamsBadge : NorasBadge);
            await door.PassAsync(0.15);
        }

        Assert.Equal(0, door.Count(DoorEventKind.Granted));
        Assert.InRange(door.Events.Count, 1, 2 * 200);
        door.Show("adam/door-1");
        await door.PassAsync(15);
        door.Present(DoorAtWork.AdamsBadge);
        await door.PassAsync(2);
        Assert.Equal("Granted adam", door.Decision);
    }

    /// <summary>The vision loop takes the newest frame and no queue of them, whatever the camera sends.</summary>
    [Slow]
    [Theory]
    [InlineData(120)]
    [InlineData(240)]
    public async Task AFloodOfFramesChangesNoDecision(int framesPerSecond)
    {
        await using DoorAtWork door = new(people);
        door.Show("stranger-2/door-1", framesPerSecond);
        await door.PassAsync(0.5);
        door.Present(DoorAtWork.AdamsBadge);
        await door.PassAsync(4);
        Assert.Equal("Denied FaceNotMatched", door.Decision);
        door.Show("adam/door-1", framesPerSecond);
        await door.PassAsync(1);
        door.Present(DoorAtWork.AdamsBadge);
        await door.PassAsync(2);
        Assert.Equal("Granted adam", door.Decision);
    }
}
