using DoorAgent.Hardware.Badges;
using DoorAgent.Hardware.Badges.Rfid;
using DoorAgent.Hardware.Gpio;
using DoorAgent.Hardware.Tests.Support;

namespace DoorAgent.Hardware.Tests.Badges.Rfid;

/// <summary>Tests a chip behind the same interface as the other pluggable readers.</summary>
public sealed class RfidDeviceTests : IDisposable
{
    private readonly AwaitedTime _time = new();
    private readonly SimulatedMfrc522 _bus = new();

    public void Dispose()
    {
        _time.Dispose();
        _bus.Dispose();
    }

    [Slow]
    [Fact]
    public async Task ACardIsOneBadgeAndALostChipIsReportedOnceAndReadsAgainWhenItIsBack()
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        using PluggedReader reader = new(
            "an MFRC522", _ => Task.FromResult<IReaderDevice>(new RfidDevice(new Mfrc522Chip(_bus), _time)), _time);
        await using IAsyncEnumerator<BadgeRead> reads = reader.Reads.ReadAllAsync(cancellation).GetAsyncEnumerator(cancellation);
        _bus.Present(new SimulatedCard(0x62, 0xB4, 0x34, 0x23));
        Assert.Equal(Badge.Parse("UID:62B43423"), (await NextAsync(reads)).Badge);
        _bus.Present();
        _bus.Loose = 0xFF;
        Assert.Contains("does not answer", (await NextAsync(reads)).Health?.Fault, StringComparison.Ordinal);
        for (int i = 0; i < 3; i++)
            await _time.PassAsync();
        _bus.Loose = null;
        _bus.Present(new SimulatedCard(4, 1, 2, 3, 4, 5, 6));
        Assert.Equal(new ReaderHealth(Fault: null), (await NextAsync(reads)).Health);
        Assert.Equal(Badge.Parse("UID:04010203040506"), (await NextAsync(reads)).Badge);
    }

    [Theory]
    [InlineData("mfrc522", "/dev/spidev97.0")]
    [InlineData("pn532", "/dev/i2c-97")]
    [InlineData("pn532", "/dev/ttyNone")]
    public async Task AMissingBusIsAnIoErrorWithItsName(string chip, string path)
    {
        using SimulatedGpioLines lines = new(_time, 32);
        BadgeOptions options = new() { RfidChip = chip, Device = path };
        Task<IRfidChip> opening = RfidBus.OpenAsync(options, (lines, 25), _time, TestContext.Current.CancellationToken);
        for (int i = 0; i < 2 && chip == "pn532"; i++)
            await _time.PassAsync();
        IOException missing = await Assert.ThrowsAsync<IOException>(() => opening);
        Assert.Contains(path[5..], missing.Message, StringComparison.Ordinal);
        // The reset line has been released.
        lines.RequestOutput("another", 25, activeLow: false, isActive: true).Dispose();
    }

    [Theory]
    [InlineData("mfrc522", "/dev/spidev0.0", true)]
    [InlineData("mfrc522", "/dev/spidev", false)]
    [InlineData("mfrc522", "/dev/i2c-1", false)]
    [InlineData("mfrc522", "/dev/spidev0.0x", false)]
    [InlineData("pn532", "/dev/i2c-1", true)]
    [InlineData("pn532", "/dev/i2c-", false)]
    [InlineData("pn532", "/dev/ttyS0", true)]
    [InlineData("pn532", "/dev/spidev0.0", false)]
    public void EachChipSupportsItsBuses(string chip, string path, bool fits) => Assert.Equal(fits, RfidBus.Fits(chip, path));

    private async Task<BadgeRead> NextAsync(IAsyncEnumerator<BadgeRead> reads)
    {
        Task<bool> next = reads.MoveNextAsync().AsTask();
        while (!next.IsCompleted)
            await Task.WhenAny(next, _time.PassAsync());
        Assert.True(await next);
        return reads.Current;
    }
}
