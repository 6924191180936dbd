using System.Device.Gpio;
using System.Device.Spi;
using Iot.Device.Mfrc522;
using Iot.Device.Rfid;

namespace DoorAgent.Hardware.Badges.Rfid;

/// <summary>An MFRC522 on an SPI bus, through the binding of dotnet/iot.</summary>
internal sealed class Mfrc522Chip : IRfidChip
{
    /// <summary>The receiver's gain, which is read back to check the chip. The value differs from all ones, all zeros and the value after a
    /// reset.</summary>
    private const Gain Mark = Gain.G38dB;

    // A card that was read last time does not answer the first request (ISO 14443-3), and a request without an answer takes 36 ms.
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromMilliseconds(120);

    private readonly SpiDevice _bus;
    private readonly GpioController? _lines;
    private readonly MfRc522 _chip;

    /// <param name="bus">The SPI bus; this object disposes it.</param>
    /// <param name="lines">The controller of the line <paramref name="reset"/>; this object disposes it.</param>
    /// <param name="reset">The line of NRSTPD, or -1 without a reset line.</param>
    /// <exception cref="IOException">The chip does not answer, or the bus or the line is not available.</exception>
    public Mfrc522Chip(SpiDevice bus, GpioController? lines = null, int reset = -1)
    {
        (_bus, _lines) = (bus, lines);
        try
        {
            _chip = new MfRc522(bus, reset, lines, shouldDispose: false) { Gain = Mark };
            RequireAnswer();
        }
        catch
        {
            Release();
            throw;
        }
    }

    public RfidScan Scan()
    {
        RequireAnswer();
        byte[] answer = new byte[2];
        if (!_chip.IsCardPresent(answer) && !_chip.IsCardPresent(answer))
            return RfidScan.Empty;
        // The binding does not check the CRC of a card's answer; reading twice detects noise.
        return Uid() is { } uid && Uid() is { } again && uid.AsSpan().SequenceEqual(again) ? RfidScan.Card(uid) : RfidScan.Unreadable;
    }

    public void Dispose()
    {
        try
        {
            // Dispose switches the antenna off.
            _chip.Dispose();
        }
        catch (IOException)
        {
            // The bus is gone, so the antenna cannot be switched off.
        }
        finally
        {
            Release();
        }
    }

    private byte[]? Uid() => _chip.ListenToCardIso14443TypeA(out Data106kbpsTypeA card, AnswerTimeout) ? card.NfcId : null;

    private void RequireAnswer()
    {
        if (_chip.Gain != Mark)
            throw new IOException("the MFRC522 does not answer");
    }

    private void Release()
    {
        _bus.Dispose();
        _lines?.Dispose();
    }
}
