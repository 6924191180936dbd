using System.Text.Json;

namespace DoorAgent.Operating;

/// <summary>Reads lines of JSON from the operator's socket, and the bytes that a line announces. Bytes received beyond a line are
/// kept for the next read.</summary>
/// <param name="stream">The connection; not disposed with this object.</param>
internal sealed class OperatorLines(Stream stream)
{
    private readonly byte[] _buffer = new byte[OperatorProtocol.LongestLine];
    private int _from, _until;

    /// <summary>Reads the object of a line; null when the connection ended before.</summary>
    /// <exception cref="InvalidDataException">The line is too long or malformed.</exception>
    public async Task<T?> ReadAsync<T>(CancellationToken cancellation)
        where T : class
    {
        for (int searched = 0; ;)
        {
            int end = _buffer.AsSpan(_from + searched, _until - _from - searched).IndexOf((byte)'\n');
            if (end >= 0)
            {
                ReadOnlyMemory<byte> line = _buffer.AsMemory(_from, searched + end);
                _from += line.Length + 1;
                return Parse<T>(line.Span);
            }

            searched = _until - _from;
            if (searched == _buffer.Length)
                throw new InvalidDataException($"A line of more than {_buffer.Length} bytes.");
            if (!await FillAsync(cancellation))
                return null;
        }
    }

    /// <summary>Reads the bytes that a line announced.</summary>
    /// <exception cref="EndOfStreamException">The connection ended before all bytes arrived.</exception>
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
            return JsonSerializer.Deserialize<T>(line, OperatorProtocol.Json) ?? throw new InvalidDataException("The line is null.");
        }
        catch (JsonException failure)
        {
            throw new InvalidDataException(failure.Message, failure);
        }
    }
}
