using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace DoorAgent.Fleet;

/// <summary>
/// The content of a person's record before it is sealed: the length of the JSON (4 bytes, big-endian), the JSON of a
/// <see cref="FleetPerson"/> without encodings, and for each encoding the digest of its picture (32 bytes), its quality and its values
/// (IEEE 754 single, little-endian). The number of encodings follows from the length and the encoder's dimension.
/// </summary>
internal static class PersonBody
{
    private const int LengthBytes = 4;

    /// <summary>Returns the bytes of a person, which the caller overwrites after use.</summary>
    public static byte[] Write(FleetPerson person)
    {
        byte[] json = FleetJson.Write(person);
        byte[] made = new byte[LengthBytes + json.Length + person.Encodings.Sum(encoding => BytesOf(encoding.Values.Length))];
        BinaryPrimitives.WriteInt32BigEndian(made, json.Length);
        json.CopyTo(made, LengthBytes);
        CryptographicOperations.ZeroMemory(json);
        Span<byte> rest = made.AsSpan(LengthBytes + json.Length);
        foreach (FleetEncoding encoding in person.Encodings)
        {
            encoding.Picture.CopyTo(rest);
            BinaryPrimitives.WriteSingleLittleEndian(rest[SHA256.HashSizeInBytes..], encoding.Quality);
            MemoryMarshal.AsBytes<float>(encoding.Values).CopyTo(rest[(SHA256.HashSizeInBytes + sizeof(float))..]);
            rest = rest[BytesOf(encoding.Values.Length)..];
        }

        return made;
    }

    /// <summary>Reads a person.</summary>
    /// <exception cref="FleetRecordException">The bytes are not a person; the message says what is wrong.</exception>
    public static FleetPerson Read(ReadOnlySpan<byte> bytes)
    {
        int length = bytes.Length < LengthBytes ? -1 : BinaryPrimitives.ReadInt32BigEndian(bytes);
        if (length < 0 || length > bytes.Length - LengthBytes)
            throw new FleetRecordException("the content of the person's record is cut off");
        FleetPerson person = FleetJson.Read<FleetPerson>(bytes.Slice(LengthBytes, length), "the person");
        ReadOnlySpan<byte> rest = bytes[(LengthBytes + length)..];
        if (rest.IsEmpty)
            return person;
        if (person.Encoder is not { Dimension: > 0 and <= PersonRules.MostDimension } encoder
            || rest.Length % BytesOf(encoder.Dimension) != 0)
            throw new FleetRecordException("the person's encodings do not fit the encoder's dimension");
        FleetEncoding[] encodings = new FleetEncoding[rest.Length / BytesOf(encoder.Dimension)];
        for (int i = 0; i < encodings.Length; i++)
            encodings[i] = Encoding(rest.Slice(i * BytesOf(encoder.Dimension), BytesOf(encoder.Dimension)));
        return person with { Encodings = encodings };
    }

    private static FleetEncoding Encoding(ReadOnlySpan<byte> bytes) => new(bytes[..SHA256.HashSizeInBytes].ToArray(),
        BinaryPrimitives.ReadSingleLittleEndian(bytes[SHA256.HashSizeInBytes..]),
        MemoryMarshal.Cast<byte, float>(bytes[(SHA256.HashSizeInBytes + sizeof(float))..]).ToArray());

    private static int BytesOf(int dimension) => SHA256.HashSizeInBytes + sizeof(float) * (1 + dimension);
}
