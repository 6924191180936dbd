using System.Device.I2c;

namespace DoorAgent.Hardware.Tests.Displays;

/// <summary>
/// Simulates an SSD1306 on an I2C bus by its data sheet (Solomon Systech, rev. 1.1): control byte of section 8.1.5.2, commands of
/// section 9, memory of 8.7 in horizontal addressing mode. The multiplex ratio determines the rows that a panel shows.
/// </summary>
internal sealed class SimulatedSsd1306 : I2cDevice
{
    private const int Width = 128, Pages = 8;

    private readonly byte[] _memory = new byte[Width * Pages];
    private (int From, int To) _columns = (0, Width - 1), _pages = (0, Pages - 1);
    private int _column, _page, _multiplex = 63;
    private bool _isOn, _isPumped, _isHorizontal;

    public bool IsThere { get; set; } = true;

    /// <summary>Whether the panel is lit: the display is on and the charge pump is enabled.</summary>
    public bool IsLit => _isOn && _isPumped;

    public bool HasAlternativePins { get; private set; }

    public int Rows => _multiplex + 1;

    public override I2cConnectionSettings ConnectionSettings { get; } = new(1, 0x3C);

    public bool IsPointSet(int x, int y) => (_memory[(y / 8 * Width) + x] >> (y % 8) & 1) != 0;

    /// <summary>Resets the panel, as a dip of the supply does.</summary>
    public void LosePower()
    {
        Array.Clear(_memory);
        (_isOn, _isPumped, _isHorizontal, _multiplex) = (false, false, false, 63);
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (!IsThere)
            throw new IOException("Error 121 performing I2C data transfer.");
        if (buffer[0] == 0x40)
        {
            foreach (byte data in buffer[1..])
                Put(data);
            return;
        }

        Assert.Equal(0x00, buffer[0]);
        Obey(buffer[1..]);
    }

    public override void Read(Span<byte> buffer) => throw new NotSupportedException("The I2C interface of a panel is write-only.");

    public override void WriteRead(ReadOnlySpan<byte> writeBuffer, Span<byte> readBuffer) => throw new NotSupportedException();

    private void Put(byte data)
    {
        Assert.True(_isHorizontal, "data before the addressing mode");
        _memory[(_page * Width) + _column] = data;
        if (_column++ != _columns.To)
            return;
        _column = _columns.From;
        _page = _page == _pages.To ? _pages.From : _page + 1;
    }

    private void Obey(ReadOnlySpan<byte> command)
    {
        switch (command)
        {
            case [0x20, var mode]:
                _isHorizontal = mode == 0;
                break;
            case [0x21, var from, var to]:
                (_columns, _column) = ((from, to), from);
                break;
            case [0x22, var from, var to]:
                (_pages, _page) = ((from, to), from);
                break;
            case [0x8D, var pump]:
                _isPumped = (pump & 0x04) != 0;
                break;
            case [0xA8, var ratio]:
                _multiplex = ratio;
                break;
            case [0xDA, var pins]:
                HasAlternativePins = (pins & 0x10) != 0;
                break;
            case [0xAE or 0xAF]:
                _isOn = command[0] == 0xAF;
                break;
            // Clock, offset, contrast, pre-charge, VCOMH; start line, segments, scan direction, resume, normal: these move no pixel here.
            case [0xD5 or 0xD3 or 0x81 or 0xD9 or 0xDB, _] or [>= 0x40 and <= 0x7F or 0xA0 or 0xA1 or 0xC0 or 0xC8 or 0xA4 or 0xA6]:
                break;
            default:
                Assert.Fail($"not a command: {Convert.ToHexString(command)}");
                break;
        }
    }
}
