using System.Text.Json;

namespace DoorAgent.Operating;

/// <summary>Reads what comes over the operator's socket: lines of JSON, and bytes between them where a line announces some. What came
/// with a line and belongs to the next is kept.</summary>
/// <param name="stream">The connection; stays the caller's.</param>
internal sealed class OperatorLines(Stream stream)
{
    private readonly byte[] _buffer = new byte[OperatorProtocol.LongestLine];
    private int _from, _until;

    /// <summary>Reads one line's object; null when the other side ended before one.</summary>
    /// <exception cref="InvalidDataException">The line is too long or not what is expected.</exception>
    public async Task<T?> ReadAsync<T>(CancellationToken cancellation)
        where T : class
    {
        for (int looked = 0; ;)
        {
            int end = _buffer.AsSpan(_from + looked, _until - _from - looked).IndexOf((byte)'\n');
            if (end >= 0)
            {
                ReadOnlyMemory<byte> line = _buffer.AsMemory(_from, looked + end);
                _from += line.Length + 1;
                return Parse<T>(line.Span);
            }

            looked = _until - _from;
            if (looked == _buffer.Length)
                throw new InvalidDataException($"A line of more than {_buffer.Length} bytes.");
            if (!await FillAsync(cancellation))
                return null;
        }
    }

    /// <summary>Reads the bytes that a line announced.</summary>
    /// <exception cref="EndOfStreamException">The other side ended before all of them.</exception>
    public async Task ReadExactlyAsync(Memory<byte> bytes, CancellationToken cancellation)
    {
        int kept = Math.Min(bytes.Length, _until - _from);
        _buffer.AsMemory(_from, kept).CopyTo(bytes);
        _from += kept;
        await stream.ReadExactlyAsync(bytes[kept..], cancellation);
    }

    private async Task<bool> FillAsync(CancellationToken cancellation)
    {
        _buffer.AsSpan(_from, _until - _from).CopyTo(_buffer);
        (_from, _until) = (0, _until - _from);
        int read = await stream.ReadAsync(_buffer.AsMemory(_until), cancellation);
        _until += read;
        return read > 0;
    }

    private static T Parse<T>(ReadOnlySpan<byte> line)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(line, OperatorProtocol.Json) ?? throw new InvalidDataException("The line says null.");
        }
        catch (JsonException failure)
        {
            throw new InvalidDataException(failure.Message, failure);
        }
    }
}
