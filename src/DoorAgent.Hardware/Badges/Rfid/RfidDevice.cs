using System.Device.I2c;
using System.Device.Spi;
using System.Globalization;
using Iot.Device.Mfrc522;
using Iot.Device.Pn532;
using Iot.Device.Pn532.ListPassive;
using Iot.Device.Pn532.RfConfiguration;
using Iot.Device.Rfid;

namespace DoorAgent.Hardware.Badges.Rfid;

/// <summary>
/// An RFID chip on the board's buses, through Iot.Device.Bindings: the UID of each ISO 14443-A card. Compiled with
/// -p:IotDeviceBindings=true. A chip is asked; it never says by itself that it is gone, so each look also asks whether it is there.
/// </summary>
internal sealed class RfidDevice : IReaderDevice
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(150);
    private static readonly TimeSpan ShortestLook = TimeSpan.FromMilliseconds(50);

    private readonly IDisposable _chip;
    private readonly Func<byte[]?> _look;
    private readonly TimeProvider _time;

    private RfidDevice(IDisposable chip, Func<byte[]?> look, TimeProvider time) => (_chip, _look, _time) = (chip, look, time);

    /// <summary>Opens a chip: mfrc522 on /dev/spidevBUS.SELECT, pn532 on /dev/i2c-BUS or a serial line.</summary>
    /// <exception cref="IOException">It does not answer.</exception>
    public static IReaderDevice Open(string chip, string path, TimeProvider time) => Asked(path, () => chip == BadgeOptions.Mfrc522 ? Mfrc522(path, time) : Pn532(path, time));

    public async ValueTask<BadgeRead> NextAsync(CancellationToken stopping)
    {
        while (true)
        {
            if (Asked("the RFID chip", _look) is { Length: >= 4 } uid)
            {
                await Task.Delay(BetweenLooks, _time, stopping);
                return new BadgeRead(Badge.OfUid(uid), ReadFault.None, _time.Monotonic(), uid.Length * 8);
            }

            await Task.Delay(BetweenLooks, _time, stopping);
        }
    }

    public void Dispose() => _chip.Dispose();

    private static RfidDevice Mfrc522(string path, TimeProvider time)
    {
        int[] place = Numbers(path, "/dev/spidev", '.');
        SpiDevice bus = SpiDevice.Create(new SpiConnectionSettings(place[0], place[1]) { ClockFrequency = MfRc522.MaximumSpiClockFrequency / 2 });
        // The chip disposes its bus. A register that reads neither as all ones nor as all noughts tells it from a loose wire.
        MfRc522 chip = new(bus) { Gain = Gain.G38dB };
        return new RfidDevice(chip, () => chip.Gain != Gain.G38dB ? throw new IOException("the MFRC522 does not answer")
            : chip.ListenToCardIso14443TypeA(out Data106kbpsTypeA card, ShortestLook) ? card.NfcId : null, time);
    }

    private static RfidDevice Pn532(string path, TimeProvider time)
    {
        Pn532 chip = path.StartsWith("/dev/i2c-", StringComparison.Ordinal)
            ? new(I2cDevice.Create(new I2cConnectionSettings(Numbers(path, "/dev/i2c-", '.')[0], Iot.Device.Pn532.Pn532.I2cDefaultAddress)))
            : new(path);
        // Else it looks for a card for ever and answers nothing meanwhile.
        chip.SetMaxRetriesInitialization(new MaxRetriesMode { MaxRetryPassiveActivation = 1 });
        return new RfidDevice(chip, () => chip.ListPassiveTarget(MaxTarget.One, TargetBaudRate.B106kbpsTypeA) is { } found
            ? chip.TryDecode106kbpsTypeA(found.AsSpan(1))?.NfcId
            : chip.ReadGpio(out _, out _, out _) ? null : throw new IOException("the PN532 does not answer"), time);
    }

    private static int[] Numbers(string path, string before, char between) => path.StartsWith(before, StringComparison.Ordinal)
        ? [.. path[before.Length..].Split(between).Select(part => int.Parse(part, NumberStyles.None, CultureInfo.InvariantCulture))]
        : throw new IOException($"{path} is no {before}...");

    private static T Asked<T>(string what, Func<T> ask)
    {
        try
        {
            return ask();
        }
#pragma warning disable CA1031 // The bindings throw plain Exceptions where a chip does not answer.
        catch (Exception failure) when (failure is not IOException)
#pragma warning restore CA1031
        {
            throw new IOException($"{what}: {failure.Message}", failure);
        }
    }
}
