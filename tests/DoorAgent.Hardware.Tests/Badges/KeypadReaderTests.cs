using DoorAgent.Hardware.Badges;
using Microsoft.Extensions.Time.Testing;

namespace DoorAgent.Hardware.Tests.Badges;

/// <summary>Tests keys on the Wiegand lines.</summary>
public sealed class KeypadReaderTests
{
    private static readonly Badge Known = Badge.Parse("H10301:123:4567");

    [Theory]
    [InlineData("4-bit", 4)]
    [InlineData("8-bit", 8)]
    public async Task AKeyIsAReadWithTheTimeOfItsLastEdge(string keypad, int bits)
    {
        using ReaderWire wire = new(new BadgeOptions { Keypad = keypad });
        await PressAsync(wire, keypad, '7', 40);
        BadgeRead read = Assert.Single(await wire.ReadsAsync());
        Assert.Equal(new BadgeRead(null, ReadFault.None, wire.LastEdge, bits) { Key = KeypadKey.Of('7') }, read);
    }

    [Theory]
    [InlineData("4-bit")]
    [InlineData("8-bit")]
    public async Task BufferedKeysAreSeparatedAlsoWhenTheirGapIsShorterThanThatOfABadge(string keypad)
    {
        using ReaderWire wire = new(new BadgeOptions { Keypad = keypad, EndGap = TimeSpan.FromMilliseconds(50) });
        // The next bit would follow after 2 ms, so 19 ms more make a silence of 21 ms.
        foreach (char key in "4711#")
            await PressAsync(wire, keypad, key, 19);
        wire.Silence(60);
        Assert.Equal("4711#", string.Concat((await wire.ReadsAsync()).Select(read => read.Key?.Symbol)));
    }

    [Fact]
    public async Task TheSlowestPermittedBadgeIsStillOneFrame()
    {
        using ReaderWire wire = new(new BadgeOptions { Keypad = "4-bit" });
        await wire.SendAsync(WiegandFormat.Encode(Known), TimeSpan.FromMilliseconds(20));
        wire.Silence();
        Assert.Equal(Known, Assert.Single(await wire.ReadsAsync()).Badge);
    }

    [Fact]
    public async Task ABadgeBetweenKeysIsReadAsABadge()
    {
        using ReaderWire wire = new(new BadgeOptions { Keypad = "8-bit" });
        await PressAsync(wire, "8-bit", '1', 40);
        await wire.SendAsync(WiegandFormat.Encode(Known));
        wire.Silence();
        await PressAsync(wire, "8-bit", '2', 40);
        Assert.Equal([(null, '1'), (Known, null), (null, '2')], (await wire.ReadsAsync()).Select(read => (read.Badge, read.Key?.Symbol)));
    }

    [Theory]
    [InlineData("4-bit", "1111", ReadFault.NoKey)]
    [InlineData("8-bit", "01010101", ReadFault.NoKey)]
    [InlineData("8-bit", "10100111", ReadFault.NoKey)]
    [InlineData("4-bit", "10100101", ReadFault.Length)]
    [InlineData("8-bit", "0101", ReadFault.Length)]
    [InlineData("none", "0101", ReadFault.Length)]
    [InlineData("none", "10100101", ReadFault.Length)]
    [InlineData("4-bit", "010", ReadFault.Noise)]
    public async Task ASignalThatIsNotAKeyIsAFault(string keypad, string bits, object fault)
    {
        using ReaderWire wire = new(new BadgeOptions { Keypad = keypad });
        await wire.SendAsync(bits);
        wire.Silence();
        BadgeRead read = Assert.Single(await wire.ReadsAsync());
        Assert.Equal((null, null, (ReadFault)fault, bits.Length), (read.Badge, read.Key, read.Fault, read.Bits));
    }

    [Fact]
    public async Task AGlitchInAKeyIsNoise()
    {
        using ReaderWire wire = new(new BadgeOptions { Keypad = "4-bit" });
        await wire.SendAsync("01");
        await wire.SendAsync("0", TimeSpan.FromMicroseconds(99));
        await wire.SendAsync("11");
        wire.Silence();
        BadgeRead read = Assert.Single(await wire.ReadsAsync());
        Assert.Equal((ReadFault.Noise, null), (read.Fault, read.Key));
    }

    [Fact]
    public async Task BufferedKeysWithLateEdgesAreSeparatedByTimestamps()
    {
        using LateWire wire = new();
        using WiegandReader reader = new(wire, ReaderWire.D0, ReaderWire.D1, new BadgeOptions { Keypad = "4-bit" }, new FakeTimeProvider());
        foreach (char key in "42#")
        {
            wire.Post(KeypadLayout.Find("4-bit")!.Encode(KeypadKey.Of(key)));
            wire.Next += TimeSpan.FromMilliseconds(19);
        }

        wire.Post("0");
        await wire.Edges.WhenIdleAsync();
        reader.Dispose();
        List<char?> keys = [];
        await foreach (BadgeRead read in reader.Reads.ReadAllAsync(TestContext.Current.CancellationToken))
            keys.Add(read.Key?.Symbol);
        Assert.Equal(['4', '2', '#'], keys);
    }

    private static async Task PressAsync(ReaderWire wire, string keypad, char key, double silence)
    {
        await wire.SendAsync(KeypadLayout.Find(keypad)!.Encode(KeypadKey.Of(key)));
        wire.Silence(silence);
    }
}
