using System.Buffers.Binary;
using System.Text;

namespace DoorAgent.Models;

/// <summary>A field of a protobuf message.</summary>
/// <param name="Number">Number of the field.</param>
/// <param name="At">Offset of the whole field, including its tag.</param>
/// <param name="End">Offset of the first byte after the field.</param>
/// <param name="Start">Offset of the content; -1 for a numeric field.</param>
/// <param name="Value">Value of a numeric field; 0 for a field with content.</param>
internal readonly record struct ProtobufField(int Number, int At, int End, int Start, ulong Value)
{
    /// <summary>Whether the field has content, and is not a number: a hostile file gives any field either form.</summary>
    public bool HasContent => Start >= 0;

    /// <summary>Length of the content in bytes.</summary>
    public int Length => End - Start;
}

/// <summary>Reads the wire format of protobuf, as far as ONNX files need it.</summary>
internal static class Protobuf
{
    /// <summary>Reads the fields of a message, in order and without gaps.</summary>
    /// <exception cref="InvalidDataException">The bytes are not a protobuf message, or are cut off.</exception>
    public static List<ProtobufField> Fields(ReadOnlySpan<byte> file, int start, int length)
    {
        List<ProtobufField> fields = [];
        int end = start + length;
        for (int at = start; at < end;)
        {
            int first = at, content = -1;
            ulong value = 0, tag = Varint(file, ref at, end);
            switch (tag & 7)
            {
                case 0:
                    value = Varint(file, ref at, end);
                    break;
                case 1:
                    at = Skip(at, 8, end);
                    break;
                case 2:
                    ulong size = Varint(file, ref at, end);
                    content = at;
                    at = Skip(at, size, end);
                    break;
                case 5:
                    at = Skip(at, 4, end);
                    value = BinaryPrimitives.ReadUInt32LittleEndian(file[(at - 4)..]);
                    break;
                default:
                    throw Damaged();
            }

            fields.Add(new ProtobufField((int)(tag >> 3), first, at, content, value));
        }

        return fields;
    }

    /// <summary>Reads the fields of a message that is the content of a field.</summary>
    /// <exception cref="InvalidDataException">The field is a number, or its content is not a protobuf message.</exception>
    public static List<ProtobufField> Fields(ReadOnlySpan<byte> file, ProtobufField message) =>
        message.HasContent ? Fields(file, message.Start, message.Length) : throw Damaged();

    /// <summary>Reads the text that is the content of a field.</summary>
    /// <exception cref="InvalidDataException">The field is a number.</exception>
    public static string Text(ReadOnlySpan<byte> file, ProtobufField field) =>
        field.HasContent ? Encoding.UTF8.GetString(file.Slice(field.Start, field.Length)) : throw Damaged();

    /// <summary>Reads a variable-length integer: seven bits per byte, the lowest first.</summary>
    /// <exception cref="InvalidDataException">The integer does not end.</exception>
    public static ulong Varint(ReadOnlySpan<byte> file, ref int at, int end)
    {
        ulong value = 0;
        for (int shift = 0; shift < 64 && at < end; shift += 7)
        {
            byte next = file[at++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
                return value;
        }

        throw Damaged();
    }

    private static int Skip(int at, ulong bytes, int end) => bytes <= (ulong)(end - at) ? at + (int)bytes : throw Damaged();

    /// <summary>Makes the error for bytes that are not an ONNX file.</summary>
    public static InvalidDataException Damaged() => new("The file is not an ONNX file, or is cut off.");
}
