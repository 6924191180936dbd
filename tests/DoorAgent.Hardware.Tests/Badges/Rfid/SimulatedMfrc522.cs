using System.Device.Spi;

namespace DoorAgent.Hardware.Tests.Badges.Rfid;

/// <summary>
/// Simulates an MFRC522 on an SPI bus by its data sheet (NXP, rev. 3.9): addresses and transfers of section 8.1.2, FIFO of 8.3,
/// interrupts of 8.4, commands of 10.3, registers with the values of 9.3 after a reset.
/// </summary>
internal sealed class SimulatedMfrc522 : SpiDevice
{
    private const int Command = 0x01, ComIrq = 0x04, DivIrq = 0x05, Error = 0x06, FifoData = 0x09, FifoLevel = 0x0A, Control = 0x0C,
        BitFraming = 0x0D, Coll = 0x0E, TxControl = 0x14, CrcHigh = 0x21, CrcLow = 0x22;

    private const byte CalculateCrc = 0x3, Transceive = 0xC, SoftReset = 0xF;

    private readonly byte[] _registers = new byte[64];
    private readonly Queue<byte> _fifo = new();

    public SimulatedMfrc522() => Reset();

    /// <summary>The cards in the field. A test without a second thread changes the list between scans.</summary>
    public List<SimulatedCard> Cards { get; private set; } = [];

    /// <summary>The value that the wire reads while no chip drives it; null while the chip is connected.</summary>
    public byte? Loose { get; set; }

    /// <summary>Changes a card's answer on its way to the chip.</summary>
    public Func<byte[], byte[]> Air { get; set; } = answer => answer;

    /// <summary>The answer that noise gives to a frame that no card answers.</summary>
    public Func<byte[], byte[]> Strays { get; set; } = _ => [];

    public bool IsDisposed { get; private set; }

    public override SpiConnectionSettings ConnectionSettings { get; } = new(0, 0);

    /// <summary>Replaces the cards in the field; may be called from any thread.</summary>
    public void Present(params SimulatedCard[] cards) => Cards = [.. cards];

    /// <summary>Resets the chip, as a dip of the supply or a pulse of the reset line does.</summary>
    public void Reset()
    {
        Array.Clear(_registers);
        foreach ((int register, byte value) in new (int, byte)[]
        {
            (Command, 0x20), (0x02, 0x80), (ComIrq, 0x14), (0x07, 0x21), (0x0B, 0x08), (Control, 0x10), (Coll, 0xA0), (0x11, 0x3F),
            (TxControl, 0x80), (0x16, 0x10), (0x17, 0x84), (0x18, 0x84), (0x19, 0x4D), (0x1C, 0x62), (0x1F, 0xEB), (CrcHigh, 0xFF),
            (CrcLow, 0xFF), (0x24, 0x26), (0x26, 0x48), (0x27, 0x88), (0x28, 0x20), (0x29, 0x20), (0x37, 0x92),
        })
        {
            _registers[register] = value;
        }

        _fifo.Clear();
        Cards.ForEach(card => card.LoseField());
    }

    public override void TransferFullDuplex(ReadOnlySpan<byte> writeBuffer, Span<byte> readBuffer)
    {
        // The binding passes one buffer for both directions.
        byte[] sent = writeBuffer.ToArray();
        if (Loose is { } level)
        {
            readBuffer.Fill(level);
            return;
        }

        for (int i = 1; i < sent.Length; i++)
        {
            bool isRead = (sent[0] & 0x80) != 0;
            byte address = isRead ? sent[i - 1] : sent[0];
            if (isRead)
                readBuffer[i] = Get((address >> 1) & 0x3F);
            else
                Set((address >> 1) & 0x3F, sent[i]);
        }
    }

    public override void Read(Span<byte> buffer) => throw new NotSupportedException("No register is read without its address.");

    public override void Write(ReadOnlySpan<byte> buffer) => TransferFullDuplex(buffer, new byte[buffer.Length]);

    protected override void Dispose(bool disposing)
    {
        IsDisposed = true;
        base.Dispose(disposing);
    }

    private byte Get(int register) => register switch
    {
        FifoData => _fifo.TryDequeue(out byte one) ? one : (byte)0,
        FifoLevel => (byte)_fifo.Count,
        _ => _registers[register],
    };

    private void Set(int register, byte value)
    {
        switch (register)
        {
            case FifoData:
                _fifo.Enqueue(value);
                break;
            case FifoLevel:
                if ((value & 0x80) != 0)
                    _fifo.Clear();
                break;
            case ComIrq or DivIrq:
                // Bit 7 selects whether the written bits are set or cleared.
                _registers[register] = (byte)((value & 0x80) != 0 ? _registers[register] | (value & 0x7F) : _registers[register] & ~value);
                break;
            case Command:
                _registers[register] = value;
                Run((byte)(value & 0x0F));
                break;
            case BitFraming:
                _registers[register] = (byte)(value & 0x7F);
                if ((value & 0x80) != 0 && (_registers[Command] & 0x0F) == Transceive)
                    Send(value & 0x07);
                break;
            case Error or 0x37:
                break;
            default:
                _registers[register] = value;
                break;
        }
    }

    private void Run(byte command)
    {
        if (command == CalculateCrc)
        {
            byte[] crc = SimulatedCard.Crc(Drain());
            (_registers[CrcLow], _registers[CrcHigh]) = (crc[0], crc[1]);
            _registers[DivIrq] |= 0x04;
        }
        else if (command == SoftReset)
        {
            Reset();
        }
    }

    private void Send(int lastBits)
    {
        byte[] frame = Drain();
        _registers[ComIrq] |= 0x40;
        _registers[Error] = 0;
        bool hasField = (_registers[TxControl] & 0x03) == 0x03;
        byte[][] answers = hasField ? [.. Cards.Select(card => card.Answer(frame, lastBits)).Where(answer => answer.Length > 0)] : [];
        if (answers.Length == 0 && Strays(frame) is { Length: > 0 } stray)
            answers = [stray];
        if (answers.Length == 0)
            return;
        byte[] received = Air(Overlay(answers));
        foreach (byte one in received)
            _fifo.Enqueue(one);
        _registers[Control] &= 0xF8;
        _registers[ComIrq] |= 0x20;
    }

    /// <summary>Combines simultaneous answers: the first difference is a collision, and later bits are not received
    /// (ValuesAfterColl = 0).</summary>
    private byte[] Overlay(byte[][] answers)
    {
        byte[] first = [.. answers[0]];
        for (int bit = 0; bit < first.Length * 8; bit++)
        {
            if (answers.All(answer => bit < answer.Length * 8
                && ((answer[bit / 8] >> (bit % 8)) & 1) == ((first[bit / 8] >> (bit % 8)) & 1)))
                continue;
            _registers[Error] |= 0x08;
            _registers[Coll] = (byte)((_registers[Coll] & 0x80) | ((bit + 1) & 0x1F));
            first[bit / 8] &= (byte)((1 << (bit % 8)) - 1);
            Array.Clear(first, (bit / 8) + 1, first.Length - (bit / 8) - 1);
            break;
        }

        return first;
    }

    private byte[] Drain()
    {
        byte[] all = [.. _fifo];
        _fifo.Clear();
        return all;
    }
}
