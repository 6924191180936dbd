using System.Device.Gpio;
using DoorAgent.Hardware.Badges.Rfid;
using DoorAgent.Hardware.Gpio;
using DoorAgent.Hardware.Tests.Support;

namespace DoorAgent.Hardware.Tests.Badges.Rfid;

/// <summary>Tests the binding of dotnet/iot with a simulated PN532. The binding itself waits up to 0.5 s for a missing answer.</summary>
public sealed class Pn532ChipTests : IDisposable
{
    private static readonly byte[] Short = [0x62, 0xB4, 0x34, 0x23], Long = [0x04, 0xA1, 0xB2, 0xC3, 0xD4, 0xE5, 0x80];

    private readonly SimulatedPn532 _bus = new();

    public void Dispose() => _bus.Dispose();

    [Theory]
    [InlineData(4)]
    [InlineData(7)]
    public void TheUidOfACardIsRead(int length)
    {
        byte[] uid = length == 4 ? Short : Long;
        using Pn532Chip chip = new(_bus);
        _bus.Cards.Add(uid);
        Assert.Equal(uid, chip.Scan().Uid);
        Assert.Equal(uid, chip.Scan().Uid);
    }

    [Fact]
    public void ARemovedCardIsNotReadAndTheNextOneIs()
    {
        using Pn532Chip chip = new(_bus);
        _bus.Cards.Add(Short);
        Assert.Equal(Short, chip.Scan().Uid);
        _bus.Cards.Clear();
        Assert.Equal(RfidScan.Empty, chip.Scan());
        _bus.Cards.Add(Long);
        Assert.Equal(Long, chip.Scan().Uid);
    }

    [Fact]
    public void TwoCardsAreUnreadable()
    {
        using Pn532Chip chip = new(_bus);
        _bus.Cards.AddRange([Short, Long]);
        Assert.Equal(RfidScan.Unreadable, chip.Scan());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(11)]
    public void AUidOfInvalidLengthIsUnreadable(int length)
    {
        using Pn532Chip chip = new(_bus);
        _bus.Cards.Add([.. Enumerable.Range(1, length).Select(one => (byte)one)]);
        Assert.Equal(RfidScan.Unreadable, chip.Scan());
    }

    [Fact]
    public void TheChipIsConfiguredNotToWaitForACard()
    {
        using Pn532Chip chip = new(_bus);
        Assert.Contains((byte)0x32, _bus.Commands);
    }

    [Fact]
    public void AMissingChipIsReportedAtOnce()
    {
        _bus.IsThere = false;
        Assert.Throws<IOException>(() => BindingCall.Ask(() => new Pn532Chip(_bus)));
        Assert.True(_bus.IsDisposed);
    }

    [Theory]
    [InlineData(0x01)]
    [InlineData(0xFF)]
    public async Task ABusThatAlwaysReportsReadyIsNotReadForever(byte level)
    {
        _bus.Stuck = level;
        await Assert.ThrowsAsync<IOException>(() => Task.Run(() => BindingCall.Ask(() => new Pn532Chip(_bus))).InTimeAsync());
    }

    [Fact]
    public void ALostChipIsReportedAtTheNextScan()
    {
        using Pn532Chip chip = new(_bus);
        Assert.Equal(RfidScan.Empty, chip.Scan());
        _bus.IsThere = false;
        Assert.Throws<IOException>(() => BindingCall.Ask(chip.Scan));
    }

    [Fact]
    public void OneDisturbedAnswerIsNotALostChip()
    {
        using Pn532Chip chip = new(_bus);
        _bus.Cards.Add(Short);
        int left = 2;
        _bus.Wire = frame => left-- > 0 ? Flipped(frame, frame.Length - 2) : frame;
        Assert.Equal(RfidScan.Empty, chip.Scan());
        Assert.Equal(Short, chip.Scan().Uid);
    }

    [Fact]
    public void NoiseIsNeverReadAsAnotherCard()
    {
        Random random = new(532);
        using Pn532Chip chip = new(_bus);
        _bus.Cards.Add(Short);
        _bus.Wire = frame => Flipped(frame, random.Next(frame.Length));
        for (int i = 0; i < 20; i++)
        {
            RfidScan scan = default;
            Exception? gone = Record.Exception(() => scan = BindingCall.Ask(chip.Scan));
            Assert.True(gone is null or IOException);
            Assert.True(scan.Uid is null || scan.Uid.AsSpan().SequenceEqual(Short));
        }
    }

    [Fact]
    public async Task TheResetLinePulsesAtTheStartAndIsReleasedAtTheEnd()
    {
        using AwaitedTime time = new();
        using SimulatedGpioLines lines = new(time, 32);
        GpioController controller = new(new DoorGpioDriver(lines, 32, _ => { }));
        // Boards pull the reset line up.
        lines.Drive(25, true);
        Task pulse = RfidBus.PulseAsync(controller, 25, time, TestContext.Current.CancellationToken);
        Assert.Equal((0.002, 0.02), (await time.PassAsync(), await time.PassAsync()));
        await pulse;
        using (new Pn532Chip(_bus, controller))
            Assert.Equal([true, false, true], lines.Timeline.Where(change => change.Line == 25).Select(change => change.IsHigh));
        lines.RequestOutput("another", 25, activeLow: false, isActive: true).Dispose();
    }

    private static byte[] Flipped(byte[] frame, int at)
    {
        byte[] changed = [.. frame];
        changed[at] ^= 0x10;
        return changed;
    }
}
