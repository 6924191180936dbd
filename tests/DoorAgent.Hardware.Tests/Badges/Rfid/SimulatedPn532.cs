using System.Device.I2c;

namespace DoorAgent.Hardware.Tests.Badges.Rfid;

/// <summary>
/// Simulates a PN532 on an I2C bus by its user manual (NXP UM0701-02): frames of section 6.2.1, the ready byte before each frame
/// of 6.2.4, commands of section 7. A card is represented by its UID; the chip resolves collisions itself and lists at most two cards.
/// </summary>
internal sealed class SimulatedPn532 : I2cDevice
{
    private static readonly byte[] Ack = [0x00, 0x00, 0xFF, 0x00, 0xFF, 0x00];
    private static readonly byte[] SyntaxError = [0x00, 0x00, 0xFF, 0x01, 0xFF, 0x7F, 0x81, 0x00];

    private readonly Queue<byte[]> _frames = new();

    /// <summary>The cards in the field.</summary>
    public List<byte[]> Cards { get; } = [];

    /// <summary>Whether the chip acknowledges its address.</summary>
    public bool IsThere { get; set; } = true;

    /// <summary>Changes each frame of the chip on its way over the bus.</summary>
    public Func<byte[], byte[]> Wire { get; set; } = frame => frame;

    /// <summary>The value that the bus always reads; null while the chip drives the bus.</summary>
    public byte? Stuck { get; set; }

    /// <summary>The codes of the received commands.</summary>
    public List<byte> Commands { get; } = [];

    public bool IsDisposed { get; private set; }

    public override I2cConnectionSettings ConnectionSettings { get; } = new(1, 0x24);

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        RequireChip();
        // Bytes before the start code wake the chip; a new command cancels one that is not yet answered.
        int start = buffer.IndexOf([(byte)0x00, (byte)0xFF]);
        ReadOnlySpan<byte> frame = buffer[(start + 2)..];
        int length = frame[0];
        ReadOnlySpan<byte> data = frame.Slice(2, length);
        _frames.Clear();
        if (start < 0 || (byte)(frame[0] + frame[1]) != 0 || data[0] != 0xD4 || (byte)(Sum(data) + frame[2 + length]) != 0)
            return;
        Commands.Add(data[1]);
        _frames.Enqueue(Ack);
        _frames.Enqueue(Answer(data[1], data[2..]) is { } answer ? Framed([0xD5, (byte)(data[1] + 1), .. answer]) : SyntaxError);
    }

    public override void Read(Span<byte> buffer)
    {
        RequireChip();
        if (Stuck is { } level)
        {
            buffer.Fill(level);
            return;
        }

        buffer.Clear();
        if (_frames.Count == 0)
            return;
        buffer[0] = 0x01;
        // A read of only the ready byte leaves the frame in place.
        if (buffer.Length == 1)
            return;
        byte[] frame = Wire(_frames.Dequeue());
        frame.AsSpan(0, Math.Min(frame.Length, buffer.Length - 1)).CopyTo(buffer[1..]);
    }

    public override void WriteRead(ReadOnlySpan<byte> writeBuffer, Span<byte> readBuffer)
    {
        Write(writeBuffer);
        Read(readBuffer);
    }

    protected override void Dispose(bool disposing)
    {
        IsDisposed = true;
        base.Dispose(disposing);
    }

    private byte[]? Answer(byte command, ReadOnlySpan<byte> parameters) => command switch
    {
        0x02 => [0x32, 0x01, 0x06, 0x07],
        0x0C => [0xFF, 0xFF, 0x01],
        0x12 or 0x14 or 0x32 => [],
        0x4A when parameters is [var most, 0x00] => Targets(Math.Min((int)most, 2)),
        _ => null,
    };

    private byte[] Targets(int most)
    {
        byte[][] found = [.. Cards.Take(most)];
        return [(byte)found.Length, .. found.SelectMany((uid, i) => (byte[])[(byte)(i + 1), 0x00, 0x04, 0x08, (byte)uid.Length, .. uid])];
    }

    private static byte[] Framed(byte[] data) =>
        [0x00, 0x00, 0xFF, (byte)data.Length, (byte)-data.Length, .. data, (byte)-Sum(data), 0x00];

    private static int Sum(ReadOnlySpan<byte> data)
    {
        int sum = 0;
        foreach (byte one in data)
            sum += one;
        return sum;
    }

    private void RequireChip()
    {
        if (!IsThere)
            throw new IOException("Error 121 performing I2C data transfer.");
    }
}
