using System.Device.I2c;

namespace DoorAgent.Hardware.Tests.Displays;

/// <summary>
/// Simulates an HD44780 in four-bit mode behind a PCF8574 (Hitachi, ADE-207-272, tables 6 and 12): RS, RW, E and backlight on P0 to P3, data
/// on P4 to P7, taken on the falling edge of E. The display starts in eight-bit mode, as after power on.
/// </summary>
internal sealed class SimulatedLcd(int columns, int rows) : I2cDevice
{
    private const byte RegisterSelect = 0x01, Enable = 0x04, Backlight = 0x08;

    private static readonly int[] Offsets = [0x00, 0x40, 0x14, 0x54];

    private readonly byte[] _memory = [.. Enumerable.Repeat((byte)' ', 0x80)];
    private byte _port;
    private int? _high;
    private int _address;
    private bool _isFourBit;

    public bool IsThere { get; set; } = true;

    public bool IsLit => (_port & Backlight) != 0;

    /// <summary>The ROM codes in each row, as Latin-1 characters.</summary>
    public IEnumerable<string> Rows => Offsets.Take(rows).Select(
        at => string.Concat(_memory.Skip(at).Take(columns).Select(code => (char)code)));

    public override I2cConnectionSettings ConnectionSettings { get; } = new(1, 0x27);

    /// <summary>Simulates a pulse on the cable, which the display receives as half a byte.</summary>
    public void Disturb() => Receive(0x0, isData: false);

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (!IsThere)
            throw new IOException("Error 121 performing I2C data transfer.");
        foreach (byte port in buffer)
        {
            if ((_port & Enable) != 0 && (port & Enable) == 0)
                Receive(_port >> 4, (_port & RegisterSelect) != 0);
            _port = port;
        }
    }

    public override void Read(Span<byte> buffer) => throw new NotSupportedException("RW stays low.");

    public override void WriteRead(ReadOnlySpan<byte> writeBuffer, Span<byte> readBuffer) => throw new NotSupportedException();

    private void Receive(int half, bool isData)
    {
        if (!_isFourBit)
        {
            // In eight-bit mode the lower four lines are open, and the display reads zeros.
            Obey(half << 4, isData);
            return;
        }

        if (_high is { } high)
        {
            _high = null;
            Obey((high << 4) | half, isData);
        }
        else
        {
            _high = half;
        }
    }

    private void Obey(int code, bool isData)
    {
        if (isData)
        {
            _memory[_address++ & 0x7F] = (byte)code;
            return;
        }

        switch (code)
        {
            case >= 0x80:
                _address = code & 0x7F;
                break;
            case >= 0x20 and < 0x40:
                _isFourBit = (code & 0x10) == 0;
                _high = null;
                break;
            case 0x01:
                Array.Fill(_memory, (byte)' ');
                _address = 0;
                break;
            case 0x02 or 0x03:
                _address = 0;
                break;
        }
    }
}
