using System.Device.Gpio;
using System.Device.I2c;
using Iot.Device.Pn532;
using Iot.Device.Pn532.ListPassive;
using Iot.Device.Pn532.RfConfiguration;

namespace DoorAgent.Hardware.Badges.Rfid;

/// <summary>A PN532 on an I2C bus or a serial line, through the binding of dotnet/iot.</summary>
internal sealed class Pn532Chip : IRfidChip
{
    private readonly GpioController? _lines;
    private readonly IDisposable? _bus;
    private readonly Pn532 _chip;

    /// <param name="bus">The I2C bus; this object disposes it.</param>
    /// <param name="lines">The controller that keeps the chip's reset line high after its pulse; this object disposes it.</param>
    /// <exception cref="IOException">The chip does not answer.</exception>
    public Pn532Chip(I2cDevice bus, GpioController? lines = null) : this(bus, () => new Pn532(new BoundedI2cDevice(bus)), lines)
    {
    }

    /// <param name="port">The serial line.</param>
    /// <param name="lines">The controller that keeps the chip's reset line high after its pulse; this object disposes it.</param>
    /// <exception cref="IOException">The chip does not answer.</exception>
    public Pn532Chip(string port, GpioController? lines = null) : this(null, () => new Pn532(port), lines)
    {
    }

    private Pn532Chip(IDisposable? bus, Func<Pn532> open, GpioController? lines)
    {
        (_bus, _lines) = (bus, lines);
        try
        {
            _chip = open();
            // Without this limit the chip scans until a card comes, and does not answer meanwhile.
            if (!_chip.SetMaxRetriesInitialization(new MaxRetriesMode { MaxRetryPassiveActivation = 1 }))
                throw new IOException("the PN532 does not answer");
        }
        catch
        {
            _chip?.Dispose();
            Release();
            throw;
        }
    }

    public RfidScan Scan()
    {
        if (_chip.ListPassiveTarget(MaxTarget.Two, TargetBaudRate.B106kbpsTypeA) is not { } found)
        {
            // One disturbed answer does not mean that the chip is gone.
            return Answers() || Answers() ? RfidScan.Empty : throw new IOException("the PN532 does not answer");
        }

        return found[0] == 1 && _chip.TryDecode106kbpsTypeA(found.AsSpan(1)) is { NfcId: var uid }
            ? RfidScan.Card(uid) : RfidScan.Unreadable;
    }

    public void Dispose()
    {
        _chip.Dispose();
        Release();
    }

    private bool Answers() => _chip.ReadGpio(out _, out _, out _);

    private void Release()
    {
        _bus?.Dispose();
        _lines?.Dispose();
    }
}
