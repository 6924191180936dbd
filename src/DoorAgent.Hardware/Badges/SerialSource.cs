using System.IO.Ports;

namespace DoorAgent.Hardware.Badges;

/// <summary>Reads text from a serial line with 8 bits, no parity, 1 stop bit and no flow control.</summary>
internal sealed class SerialSource : ITextSource
{
    private readonly SerialPort _port;

    /// <exception cref="IOException">The device does not exist, cannot be opened or is not a serial line.</exception>
    public SerialSource(string path, int baud)
    {
        _port = new SerialPort(path, baud, Parity.None, 8, StopBits.One);
        try
        {
            _port.Open();
        }
        catch (Exception failure) when (failure is UnauthorizedAccessException or ArgumentException or InvalidOperationException
            or IOException)
        {
            _port.Dispose();
            throw new IOException($"{path}: {failure.Message}", failure);
        }
    }

    public async Task<int> ReadAsync(Memory<byte> into)
    {
        try
        {
            return await _port.BaseStream.ReadAsync(into);
        }
        // An unplugged port throws any of these exceptions.
        catch (Exception gone) when (gone is InvalidOperationException or UnauthorizedAccessException or OperationCanceledException
            or TimeoutException)
        {
            throw new IOException(gone.Message, gone);
        }
    }

    public void Dispose() => _port.Dispose();
}
