using System.IO.Ports;

namespace DoorAgent.Hardware.Badges;

/// <summary>A serial line: 8 bits, no parity, 1 stop bit, no flow control.</summary>
internal sealed class SerialSource : ITextSource
{
    private readonly SerialPort _port;

    /// <exception cref="IOException">It is not there, not to be had, or no serial line.</exception>
    public SerialSource(string path, int baud)
    {
        _port = new SerialPort(path, baud, Parity.None, 8, StopBits.One);
        try
        {
            _port.Open();
        }
        catch (Exception failure)
            when (failure is UnauthorizedAccessException or ArgumentException or InvalidOperationException or IOException)
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
        // A port that is unplugged says so in each of these ways.
        catch (Exception gone)
            when (gone is InvalidOperationException or UnauthorizedAccessException or OperationCanceledException or TimeoutException)
        {
            throw new IOException(gone.Message, gone);
        }
    }

    public void Dispose() => _port.Dispose();
}
