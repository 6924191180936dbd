using DoorAgent.Hardware.Badges;
using Microsoft.Extensions.Time.Testing;

namespace DoorAgent.Hardware.Tests.Badges;

public sealed class LateEdgesTests
{
    private static readonly string One = WiegandFormat.Encode(Badge.Parse("H10301:123:4567"));
    private static readonly string Two = WiegandFormat.Encode(Badge.Parse("H10301:1:2"));

    [Fact]
    public async Task LateEdgesAreSeparatedByTimestamps()
    {
        List<BadgeRead> reads = await ReadAsync(wire =>
        {
            wire.Post(One);
            wire.Next += TimeSpan.FromMilliseconds(28);
            wire.Post(Two);
        });
        Assert.Equal(["H10301:123:4567", "H10301:1:2"], reads.Select(read => read.Badge?.Number));
    }

    [Fact]
    public async Task ASilenceShorterThanTheGapDoesNotEndAFrame()
    {
        List<BadgeRead> reads = await ReadAsync(wire =>
        {
            wire.Post(One);
            wire.Next += TimeSpan.FromMilliseconds(27.9);
            wire.Post(Two);
        });
        Assert.Equal((ReadFault.Length, 52), (Assert.Single(reads).Fault, reads[0].Bits));
    }

    [Fact]
    public async Task LostEdgesMakeTheFrameNoise()
    {
        List<BadgeRead> reads = await ReadAsync(wire =>
        {
            wire.Post(One[..10]);
            wire.Post(One[10..], lostBefore: 1);
        });
        Assert.Equal(ReadFault.Noise, Assert.Single(reads).Fault);
    }

    private static async Task<List<BadgeRead>> ReadAsync(Action<LateWire> post)
    {
        FakeTimeProvider time = new();
        using LateWire wire = new();
        using WiegandReader reader = new(wire, ReaderWire.D0, ReaderWire.D1, new BadgeOptions(), time);
        post(wire);
        await wire.Edges.WhenIdleAsync();
        time.Advance(TimeSpan.FromMilliseconds(30));
        reader.Dispose();
        List<BadgeRead> reads = [];
        await foreach (BadgeRead read in reader.Reads.ReadAllAsync(TestContext.Current.CancellationToken))
            reads.Add(read);
        return reads;
    }
}
