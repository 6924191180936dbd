using DoorAgent.Hardware.Badges;
using DoorAgent.Hardware.Tests.Support;

namespace DoorAgent.Hardware.Tests.Badges;

public sealed class WiegandReaderTests
{
    private static readonly Badge Known = Badge.Parse("H10301:123:4567");
    private static readonly Badge Other = Badge.Parse("H10301:1:2");

    [Fact]
    public async Task AFrameEndsAfter30MillisecondsOfSilence()
    {
        using ReaderWire wire = new();
        await wire.SendAsync(WiegandFormat.Encode(Known), TimeSpan.FromMilliseconds(1));
        wire.Silence(28.9);
        Assert.True(wire.Reader.Reads.IsIdle);
        wire.Silence(0.1);
        Assert.False(wire.Reader.Reads.IsIdle);
        Assert.Equal([new BadgeRead(Known, ReadFault.None, wire.LastEdge, 26)], await wire.ReadsAsync());
    }

    [Fact]
    public async Task TwoBadgesAreTwoReadsInOrder()
    {
        using ReaderWire wire = new();
        await wire.SendAsync(WiegandFormat.Encode(Known));
        wire.Silence();
        await wire.SendAsync(WiegandFormat.Encode(Other));
        wire.Silence();
        Assert.Equal([Known, Other], (await wire.ReadsAsync()).Select(read => read.Badge));
    }

    [Fact]
    public async Task TheSlowestPermittedReaderIsRead()
    {
        using ReaderWire wire = new("H10302");
        Badge badge = Badge.Parse("H10302::123456789");
        await wire.SendAsync(WiegandFormat.Encode(badge), TimeSpan.FromMilliseconds(20));
        wire.Silence();
        Assert.Equal(badge, Assert.Single(await wire.ReadsAsync()).Badge);
    }

    [Fact]
    public async Task TheFastestPermittedReaderIsRead()
    {
        using ReaderWire wire = new();
        await wire.SendAsync(WiegandFormat.Encode(Known), TimeSpan.FromMicroseconds(200));
        wire.Silence();
        Assert.Equal(Known, Assert.Single(await wire.ReadsAsync()).Badge);
    }

    [Fact]
    public async Task EdgesATenthOfAMillisecondApartAreStillBits()
    {
        using ReaderWire wire = new();
        await wire.SendAsync(WiegandFormat.Encode(Known), TimeSpan.FromMicroseconds(100));
        wire.Silence();
        Assert.Equal(Known, Assert.Single(await wire.ReadsAsync()).Badge);
    }

    [Fact]
    public async Task AGlitchMakesTheFrameNoise()
    {
        using ReaderWire wire = new();
        string bits = WiegandFormat.Encode(Known);
        await wire.SendAsync(bits[..12]);
        await wire.SendAsync("0", TimeSpan.FromMicroseconds(99));
        await wire.SendAsync(bits[12..]);
        wire.Silence();
        Assert.Equal((null, ReadFault.Noise), Outcome(Assert.Single(await wire.ReadsAsync())));
    }

    [Fact]
    public async Task WrongParityIsAFault()
    {
        using ReaderWire wire = new();
        string bits = WiegandFormat.Encode(Known);
        await wire.SendAsync(bits[..^1] + (bits[^1] == '0' ? '1' : '0'));
        wire.Silence();
        Assert.Equal((null, ReadFault.Parity), Outcome(Assert.Single(await wire.ReadsAsync())));
    }

    [Fact]
    public async Task SwappedLinesAreDetected()
    {
        using ReaderWire wire = new();
        await wire.SendAsync(NaiveWiegand.Inverted(WiegandFormat.Encode(Known)));
        wire.Silence();
        Assert.Equal((null, ReadFault.LinesSwapped), Outcome(Assert.Single(await wire.ReadsAsync())));
    }

    [Theory]
    [InlineData(1, ReadFault.Noise)]
    [InlineData(3, ReadFault.Noise)]
    [InlineData(4, ReadFault.Length)]
    [InlineData(25, ReadFault.Length)]
    [InlineData(27, ReadFault.Length)]
    [InlineData(64, ReadFault.Length)]
    public async Task AnotherNumberOfBitsIsRejected(int count, object fault)
    {
        using ReaderWire wire = new();
        await wire.SendAsync(new string('0', count));
        wire.Silence();
        BadgeRead read = Assert.Single(await wire.ReadsAsync());
        Assert.Equal((null, (ReadFault)fault, count), (read.Badge, read.Fault, read.Bits));
    }

    [Fact]
    public async Task ABadgeDirectlyAfterAnOverlongFrameIsNotRead()
    {
        using ReaderWire wire = new();
        await wire.SendAsync(new string('0', WiegandReader.MaxBits + 1));
        Assert.False(wire.Reader.Reads.IsIdle);
        await wire.SendAsync(WiegandFormat.Encode(Known));
        wire.Silence();
        await wire.SendAsync(WiegandFormat.Encode(Known));
        wire.Silence();
        Assert.Equal([(null, ReadFault.Noise), (null, ReadFault.Noise), (Known, ReadFault.None)],
            (await wire.ReadsAsync()).Select(Outcome));
    }

    [Fact]
    public async Task NoFrameLastsLongerThanTwoSeconds()
    {
        using ReaderWire wire = new(TimeSpan.FromMilliseconds(50));
        // With an end gap of 50 ms a frame can be so slow that its duration ends it before its number of bits does.
        await wire.SendAsync(new string('0', 41), TimeSpan.FromMilliseconds(49));
        Assert.True(wire.Reader.Reads.IsIdle);
        await wire.SendAsync("00", TimeSpan.FromMilliseconds(49));
        Assert.False(wire.Reader.Reads.IsIdle);
        wire.Silence(60);
        Assert.All(await wire.ReadsAsync(), read => Assert.Equal(ReadFault.Noise, read.Fault));
    }

    [Fact]
    public async Task DisposingReleasesTheLinesAndEndsTheReads()
    {
        using ReaderWire wire = new();
        Assert.Empty(await wire.ReadsAsync());
        using WiegandReader again = new(wire.Lines, ReaderWire.D0, ReaderWire.D1, new BadgeOptions(), wire.Time);
        Assert.True(again.IsSimulated);
        Assert.Contains("H10301", again.Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LostLinesEndTheReads()
    {
        using ReaderWire wire = new();
        Assert.True(wire.Reader.IsListening);
        wire.Lines.ReleaseAll();
        CancellationToken stopping = TestContext.Current.CancellationToken;
        await using IAsyncEnumerator<BadgeRead> reads = wire.Reader.Reads.ReadAllAsync(stopping).GetAsyncEnumerator(stopping);
        Assert.False(await reads.MoveNextAsync().InTimeAsync());
        Assert.False(wire.Reader.IsListening);
    }

    private static (Badge? Badge, ReadFault Fault) Outcome(BadgeRead read) => (read.Badge, read.Fault);
}
