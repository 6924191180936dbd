using System.Device.Gpio;
using System.Device.Spi;
using Iot.Device.Mfrc522;
using Iot.Device.Rfid;

namespace DoorAgent.Hardware.Badges.Rfid;

/// <summary>An MFRC522 on an SPI bus, through the binding of dotnet/iot.</summary>
internal sealed class Mfrc522Chip : IRfidChip
{
    /// <summary>What the receiver is set to, and reads back. All ones, all zeros and the value after a reset differ from it.</summary>
    private const Gain Mark = Gain.G38dB;

    // A card that was read last time does not answer the first request (ISO 14443-3), and a request without an answer takes 36 ms.
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromMilliseconds(120);

    private readonly SpiDevice _bus;
    private readonly GpioController? _lines;
    private readonly MfRc522 _chip;

    /// <param name="bus">The bus; the chip disposes it.</param>
    /// <param name="lines">The board's lines for <paramref name="reset"/>; the chip disposes the controller.</param>
    /// <param name="reset">Line of NRSTPD, or -1.</param>
    /// <exception cref="IOException">The chip does not answer, or the bus or the line cannot be had.</exception>
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
        // The binding does not check the CRC of a card's answer: noise is not the same twice.
        return Uid() is { } uid && Uid() is { } again && uid.AsSpan().SequenceEqual(again) ? RfidScan.Card(uid) : RfidScan.Unreadable;
    }

    public void Dispose()
    {
        try
        {
            // Switches the antenna off.
            _chip.Dispose();
        }
        catch (IOException)
        {
            // A bus that is gone has no antenna to switch off.
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
