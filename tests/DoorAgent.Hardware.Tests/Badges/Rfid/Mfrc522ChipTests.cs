using System.Device.Gpio;
using DoorAgent.Hardware.Badges.Rfid;
using DoorAgent.Hardware.Gpio;
using Microsoft.Extensions.Time.Testing;

namespace DoorAgent.Hardware.Tests.Badges.Rfid;

/// <summary>Tests the binding of dotnet/iot with a simulated MFRC522. The binding itself waits up to 36 ms for a missing answer.</summary>
[CollectionDefinition(nameof(Mfrc522ChipTests), DisableParallelization = true)]
[Collection(nameof(Mfrc522ChipTests))]
public sealed class Mfrc522ChipTests : IDisposable
{
    private static readonly byte[] Short = [0x62, 0xB4, 0x34, 0x23], Long = [0x04, 0xA1, 0xB2, 0xC3, 0xD4, 0xE5, 0x80],
        Longest = [4, 1, 2, 3, 4, 5, 6, 7, 8, 9];

    private readonly SimulatedMfrc522 _bus = new();

    public void Dispose() => _bus.Dispose();

    [Theory]
    [InlineData(4)]
    [InlineData(7)]
    [InlineData(10)]
    public void TheUidOfACardIsRead(int length)
    {
        byte[] uid = length switch { 4 => Short, 7 => Long, _ => Longest };
        using Mfrc522Chip chip = new(_bus);
        _bus.Cards.Add(new SimulatedCard(uid));
        Assert.Equal(uid, chip.Scan().Uid);
        Assert.Equal(uid, chip.Scan().Uid);
    }

    [Fact]
    public void ARemovedCardIsNotReadAndTheNextOneIs()
    {
        using Mfrc522Chip chip = new(_bus);
        _bus.Cards.Add(new SimulatedCard(Short));
        Assert.Equal(Short, chip.Scan().Uid);
        _bus.Cards.Clear();
        Assert.Equal(RfidScan.Empty, chip.Scan());
        _bus.Cards.Add(new SimulatedCard(Long));
        Assert.Equal(Long, chip.Scan().Uid);
    }

    [Fact]
    public void TwoCardsAreUnreadable()
    {
        using Mfrc522Chip chip = new(_bus);
        _bus.Cards.AddRange([new SimulatedCard(Short), new SimulatedCard(Long)]);
        Assert.Equal(RfidScan.Unreadable, chip.Scan());
        _bus.Cards.RemoveAt(0);
        Assert.Equal(Long, chip.Scan().Uid);
    }

    [Fact]
    public void TwoCardsThatDifferInTheLastBitAreNotReadAsOne()
    {
        using Mfrc522Chip chip = new(_bus);
        _bus.Cards.AddRange([new SimulatedCard(0x62, 0xB4, 0x34, 0x23), new SimulatedCard(0x62, 0xB4, 0x34, 0xA3)]);
        Assert.Equal(RfidScan.Unreadable, chip.Scan());
    }

    [Fact]
    [Slow]
    public void NoiseIsNeverReadAsAnotherCard()
    {
        Random random = new(522);
        using Mfrc522Chip chip = new(_bus);
        _bus.Cards.Add(new SimulatedCard(Short));
        _bus.Air = answer =>
        {
            answer[random.Next(answer.Length)] ^= (byte)(1 << random.Next(8));
            return answer;
        };
        for (int i = 0; i < 6; i++)
            Assert.True(chip.Scan().Uid is not { } uid || uid.AsSpan().SequenceEqual(Short));
        _bus.Air = answer => answer;
        Assert.Equal(Short, chip.Scan().Uid);
    }

    [Fact]
    public void NoiseThatAnswersEverySelectionIsNotRead()
    {
        Random random = new(523);
        using Mfrc522Chip chip = new(_bus);
        _bus.Cards.Add(new SimulatedCard(Short));
        // Noise answers each anticollision command and acknowledges a UID that no card has; the binding alone would accept the UID.
        _bus.Air = answer => answer.Length == 5 ? [.. Enumerable.Range(0, 5).Select(_ => (byte)random.Next(0x10, 0x80))] : answer;
        _bus.Strays = frame => frame.Length == 9 ? [0x08, 0xB6, 0xDD] : [];
        for (int i = 0; i < 5; i++)
            Assert.Equal(RfidScan.Unreadable, chip.Scan());
    }

    [Theory]
    [InlineData(0x00)]
    [InlineData(0xFF)]
    public void AMissingChipIsReportedAtOnce(byte level)
    {
        _bus.Loose = level;
        Assert.Contains("does not answer", Assert.Throws<IOException>(() => new Mfrc522Chip(_bus)).Message, StringComparison.Ordinal);
        Assert.True(_bus.IsDisposed);
    }

    [Theory]
    [InlineData(0x00)]
    [InlineData(0xFF)]
    public void ALostChipIsReportedAtTheNextScan(byte level)
    {
        using Mfrc522Chip chip = new(_bus);
        Assert.Equal(RfidScan.Empty, chip.Scan());
        _bus.Loose = level;
        Assert.Throws<IOException>(() => chip.Scan());
    }

    [Fact]
    public void AChipThatLostItsSupplyForAMomentIsReportedSinceItsAntennaIsOff()
    {
        using Mfrc522Chip chip = new(_bus);
        _bus.Reset();
        Assert.Throws<IOException>(() => chip.Scan());
    }

    [Fact]
    public void TheResetLinePulsesAtTheStartAndIsReleasedAtTheEnd()
    {
        using SimulatedGpioLines lines = new(new FakeTimeProvider(), 32);
        // Boards pull the reset line up.
        lines.Drive(25, true);
        using (new Mfrc522Chip(_bus, new GpioController(new DoorGpioDriver(lines, 32, _ => { })), reset: 25))
            Assert.Equal([true, false, true], lines.Timeline.Where(change => change.Line == 25).Select(change => change.IsHigh));
        lines.RequestOutput("another", 25, activeLow: false, isActive: true).Dispose();
    }

    [Fact]
    public void AMissingChipReleasesItsResetLine()
    {
        using SimulatedGpioLines lines = new(new FakeTimeProvider(), 32);
        _bus.Loose = 0;
        for (int i = 0; i < 2; i++)
        {
            GpioController controller = new(new DoorGpioDriver(lines, 32, _ => { }));
            Assert.Contains("does not answer", Assert.Throws<IOException>(() => new Mfrc522Chip(_bus, controller, reset: 25)).Message,
                StringComparison.Ordinal);
        }
    }
}
