using DoorAgent.Hardware;
using DoorAgent.Hardware.Badges;
using DoorAgent.Hardware.Gpio;
using DoorAgent.Simulation;
using Microsoft.Extensions.Time.Testing;

namespace DoorAgent.Tests.Simulation;

/// <summary>Typed steps at a simulated door with a real clock.</summary>
public sealed class DoorSceneTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly HardwareOptions _pins = new();
    private readonly SimulatedGpioLines _lines;

    public DoorSceneTests() => _lines = new SimulatedGpioLines(_time, 32);

    public void Dispose() => _lines.Dispose();

    [Theory]
    [InlineData("4-bit")]
    [InlineData("8-bit")]
    public async Task KeysAreSentOneByOneAndReadAgain(string keypad)
    {
        using WiegandReader reader = new(_lines, _pins.D0, _pins.D1, new BadgeOptions { Keypad = keypad }, _time);
        Assert.True(Scene(keypad).Do(new PressKeys("4711#*")));
        for (int i = 0; i < 200; i++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(10));
            await _lines.WhenIdleAsync();
        }

        reader.Dispose();
        List<char?> keys = [];
        await foreach (BadgeRead read in reader.Reads.ReadAllAsync(TestContext.Current.CancellationToken))
            keys.Add(read.Key?.Symbol);
        Assert.Equal("4711#*", string.Concat(keys));
    }

    [Fact]
    public void PendingKeysDoNothingAfterTheDoorHasEnded()
    {
        Scene("4-bit").Do(new PressKeys("4711#"));
        _lines.Dispose();
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(4, _lines.Timeline.Count(change => change.IsHigh));
    }

    private DoorScene Scene(string keypad) => new(_lines, _pins, KeypadLayout.Find(keypad), _time);
}
