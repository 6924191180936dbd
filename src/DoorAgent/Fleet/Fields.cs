using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace DoorAgent.Fleet;

/// <summary>Writes the fields of a body, one after the other: each its length (2 bytes, big-endian), then the bytes.</summary>
internal sealed class FieldWriter
{
    private readonly ArrayBufferWriter<byte> _made = new();

    public ReadOnlySpan<byte> Made => _made.WrittenSpan;

    public FieldWriter Add(ReadOnlySpan<byte> field)
    {
        BinaryPrimitives.WriteUInt16BigEndian(_made.GetSpan(2), checked((ushort)field.Length));
        _made.Advance(2);
        _made.Write(field);
        return this;
    }

    public FieldWriter Add(string field) => Add(Encoding.UTF8.GetBytes(field));
}

/// <summary>Reads the fields of a body in their order.</summary>
internal ref struct FieldReader(ReadOnlySpan<byte> body)
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private ReadOnlySpan<byte> _rest = body;

    /// <summary>Returns the next field.</summary>
    /// <exception cref="FleetRecordException">There is none.</exception>
    public ReadOnlySpan<byte> Next()
    {
        if (_rest.Length < 2 || _rest.Length < 2 + BinaryPrimitives.ReadUInt16BigEndian(_rest))
            throw new FleetRecordException("the record is cut off");
        ReadOnlySpan<byte> field = _rest.Slice(2, BinaryPrimitives.ReadUInt16BigEndian(_rest));
        _rest = _rest[(2 + field.Length)..];
        return field;
    }

    /// <summary>Returns the next field as text of one line.</summary>
    /// <exception cref="FleetRecordException">There is none, or it is not UTF-8 of at most so many characters.</exception>
    public string NextText(int most)
    {
        try
        {
            string text = Strict.GetString(Next());
            return PersonRules.IsText(text, most) ? text
                : throw new FleetRecordException("a text of the record is too long, or has more than one line");
        }
        catch (DecoderFallbackException)
        {
            throw new FleetRecordException("a text of the record is not UTF-8");
        }
    }

    /// <summary>Requires that all fields were read.</summary>
    /// <exception cref="FleetRecordException">There are more.</exception>
    public readonly void RequireEnd()
    {
        if (!_rest.IsEmpty)
            throw new FleetRecordException("the record has more than it should have");
    }
}
