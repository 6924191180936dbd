using System.Device.Gpio;
using System.Device.I2c;
using System.Device.Spi;
using System.Globalization;
using System.Text.RegularExpressions;
using DoorAgent.Hardware.Gpio;
using Iot.Device.Mfrc522;
using Iot.Device.Pn532;

namespace DoorAgent.Hardware.Badges.Rfid;

/// <summary>Opens the configured RFID chip.</summary>
internal static partial class RfidBus
{
    // Line numbers of boards go up to 1023.
    private const int MaxLines = 1024;

    /// <summary>Opens an MFRC522 on /dev/spidevBUS.SELECT, or a PN532 on /dev/i2c-BUS or a serial line. A reset line recovers a chip
    /// that hangs.</summary>
    /// <exception cref="IOException">The chip does not answer, or the bus or the reset line is not available.</exception>
    public static async Task<IRfidChip> OpenAsync(
        BadgeOptions options, (IGpioLines Lines, int Line)? reset, TimeProvider time, CancellationToken stopping)
    {
        string path = options.Device!;
        // The reset line is an output, so that no callback is registered that could fail.
        GpioController? controller = reset is not { } on
            ? null : new GpioController(new DoorGpioDriver(on.Lines, MaxLines, callbackFailed: _ => { }));
        try
        {
            if (options.RfidChip == BadgeOptions.Mfrc522)
                return BindingCall.Ask(() => new Mfrc522Chip(Spi(path), controller, reset?.Line ?? -1));
            if (controller is not null)
                await PulseAsync(controller, reset!.Value.Line, time, stopping);
            return BindingCall.Ask(() => I2cForm().Match(path) is { Success: true } i2c
                ? new Pn532Chip(I2cDevice.Create(new I2cConnectionSettings(Number(i2c, "bus"), Pn532.I2cDefaultAddress)), controller)
                : new Pn532Chip(path, controller));
        }
        catch
        {
            controller?.Dispose();
            throw;
        }
    }

    /// <summary>Resets a PN532, whose binding has no reset line. The chip needs a pulse of 20 ns and 2 ms to wake; the longer times are
    /// for boards with a capacitor on the line.</summary>
    internal static async Task PulseAsync(GpioController lines, int line, TimeProvider time, CancellationToken stopping)
    {
        GpioPin pin = lines.OpenPin(line, PinMode.Output, PinValue.Low);
        await Task.Delay(TimeSpan.FromMilliseconds(2), time, stopping);
        pin.Write(PinValue.High);
        await Task.Delay(TimeSpan.FromMilliseconds(20), time, stopping);
    }

    /// <summary>Whether the chip can be connected to the bus of this path.</summary>
    public static bool Fits(string chip, string path) =>
        chip == BadgeOptions.Mfrc522 ? SpiForm().IsMatch(path) : !path.Contains("/spidev", StringComparison.Ordinal)
            && (!path.StartsWith("/dev/i2c", StringComparison.Ordinal) || I2cForm().IsMatch(path));

    private static SpiDevice Spi(string path)
    {
        Match place = SpiForm().Match(path);
        return SpiDevice.Create(new SpiConnectionSettings(Number(place, "bus"), Number(place, "select"))
        {
            ClockFrequency = MfRc522.MaximumSpiClockFrequency / 2,
        });
    }

    private static int Number(Match match, string name) =>
        int.Parse(match.Groups[name].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\A/dev/spidev(?<bus>[0-9]{1,4})\.(?<select>[0-9]{1,4})\z")]
    private static partial Regex SpiForm();

    [GeneratedRegex(@"\A/dev/i2c-(?<bus>[0-9]{1,4})\z")]
    private static partial Regex I2cForm();
}
