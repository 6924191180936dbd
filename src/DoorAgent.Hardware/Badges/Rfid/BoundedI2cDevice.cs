using System.Device.I2c;

namespace DoorAgent.Hardware.Badges.Rfid;

/// <summary>
/// Limits the number of reads after a write to an I2C device. The binding of the PN532 reads while the device reports that it is
/// ready, and would never stop when the bus or another device at that address always reports so.
/// </summary>
/// <param name="bus">The device to read and write; it is disposed with this one.</param>
internal sealed class BoundedI2cDevice(I2cDevice bus) : I2cDevice
{
    /// <summary>The maximum number of reads after a write: twice as many as the binding's longest wait takes, which is 500 reads for the
    /// acknowledgement and 500 for the answer.</summary>
    public const int MaxReads = 2000;

    private int _reads;

    public override I2cConnectionSettings ConnectionSettings => bus.ConnectionSettings;

    public override void Read(Span<byte> buffer)
    {
        if (++_reads > MaxReads)
            throw new IOException("the bus never stops answering");
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
