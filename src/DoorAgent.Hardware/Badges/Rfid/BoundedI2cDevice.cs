using System.Device.I2c;

namespace DoorAgent.Hardware.Badges.Rfid;

/// <summary>
/// A bus whose device may be read only so often after a write: the binding of the PN532 reads while the device says that it is ready,
/// and would go on without end where the bus or another device at that address always says so.
/// </summary>
/// <param name="bus">The bus; it is disposed with this one.</param>
internal sealed class BoundedI2cDevice(I2cDevice bus) : I2cDevice
{
    /// <summary>Twice what the binding's longest wait takes: 500 reads for the acknowledgement and 500 for the answer.</summary>
    public const int MaxReads = 2000;

    private int _reads;

    public override I2cConnectionSettings ConnectionSettings => bus.ConnectionSettings;

    public override void Read(Span<byte> buffer)
    {
        if (++_reads > MaxReads)
            throw new IOException("the bus answers without end");
        bus.Read(buffer);
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        _reads = 0;
        bus.Write(buffer);
    }

    public override void WriteRead(ReadOnlySpan<byte> writeBuffer, Span<byte> readBuffer)
    {
        Write(writeBuffer);
        Read(readBuffer);
    }

    protected override void Dispose(bool disposing)
    {
        bus.Dispose();
        base.Dispose(disposing);
    }
}
