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

    /// <param name="bus">The bus; the chip disposes it.</param>
    /// <param name="lines">The board's lines for <paramref name="reset"/>; the chip disposes the controller.</param>
    /// <param name="reset">Line of RSTPDN, or -1.</param>
    /// <exception cref="IOException">The chip does not answer, or the line cannot be had.</exception>
    public Pn532Chip(I2cDevice bus, GpioController? lines = null, int reset = -1) : this(bus, () => new Pn532(bus), lines, reset)
    {
    }

    /// <param name="port">The serial line.</param>
    /// <param name="lines">The board's lines for <paramref name="reset"/>; the chip disposes the controller.</param>
    /// <param name="reset">Line of RSTPDN, or -1.</param>
    /// <exception cref="IOException">The chip does not answer, or the line cannot be had.</exception>
    public Pn532Chip(string port, GpioController? lines = null, int reset = -1) : this(null, () => new Pn532(port), lines, reset)
    {
    }

    private Pn532Chip(IDisposable? bus, Func<Pn532> open, GpioController? lines, int reset)
    {
        (_bus, _lines) = (bus, lines);
        try
        {
            if (reset >= 0)
                Reset(lines!, reset);
            _chip = open();
            // Else it looks for a card until there is one, and answers nothing meanwhile.
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

    public RfidLook Look()
    {
        if (_chip.ListPassiveTarget(MaxTarget.Two, TargetBaudRate.B106kbpsTypeA) is not { } found)
        {
            // One disturbed answer is not a chip that is gone.
            return Answers() || Answers() ? RfidLook.Empty : throw new IOException("the PN532 does not answer");
        }

        return found[0] == 1 && _chip.TryDecode106kbpsTypeA(found.AsSpan(1)) is { NfcId: var uid } ? RfidLook.Card(uid) : RfidLook.Unreadable;
    }

    public void Dispose()
    {
        _chip.Dispose();
        Release();
    }

    /// <summary>The data sheet wants the line low for 20 ns and gives the chip 2 ms to wake; its boards have a capacitor on the line.</summary>
    private static void Reset(GpioController lines, int line)
    {
        GpioPin pin = lines.OpenPin(line, PinMode.Output, PinValue.Low);
        Thread.Sleep(TimeSpan.FromMilliseconds(2));
        pin.Write(PinValue.High);
        Thread.Sleep(TimeSpan.FromMilliseconds(20));
    }

    private bool Answers() => _chip.ReadGpio(out _, out _, out _);

    private void Release()
    {
        _bus?.Dispose();
        _lines?.Dispose();
    }
}
