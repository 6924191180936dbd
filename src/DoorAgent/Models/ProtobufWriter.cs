using System.Buffers;

namespace DoorAgent.Models;

/// <summary>Writes a protobuf message field by field.</summary>
internal sealed class ProtobufWriter
{
    private readonly ArrayBufferWriter<byte> _written = new();

    /// <summary>Copies a field unchanged.</summary>
    public void Copy(ReadOnlySpan<byte> file, ProtobufField field) => _written.Write(file[field.At..field.End]);

    /// <summary>Writes a numeric field.</summary>
    public void Write(int number, ulong value)
    {
        Varint((ulong)number << 3);
        Varint(value);
    }

    /// <summary>Writes a field with content.</summary>
    public void Write(int number, ReadOnlySpan<byte> content)
    {
        Varint(((ulong)number << 3) | 2);
        Varint((ulong)content.Length);
        _written.Write(content);
    }

    public byte[] ToArray() => _written.WrittenSpan.ToArray();

    private void Varint(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
            _written.Write([(byte)(value | 0x80)]);
        _written.Write([(byte)value]);
    }
}
