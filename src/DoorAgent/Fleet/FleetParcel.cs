using System.Buffers.Binary;
using System.Text;

namespace DoorAgent.Fleet;

/// <summary>
/// Records on their way from the link to the daemon, one after the other: length of the key (2 bytes), key (visible characters of ASCII),
/// sequence (8), length of the value (4), value; numbers are big-endian. One record at a time is in memory.
/// </summary>
internal static class FleetParcel
{
    /// <summary>The longest parcel: a parcel is larger than this only by mistake.</summary>
    public const long MostBytes = 1L << 30;

    /// <summary>The most records of a parcel: a reader may remember something of each.</summary>
    public const int MostRecords = 500_000;

    /// <summary>The longest key in bytes.</summary>
    public const int MostKeyBytes = 128;

    private const int KeyLengthBytes = 2, SequenceBytes = 8, ValueLengthBytes = 4;

    /// <summary>Returns how many bytes a record has in a parcel.</summary>
    public static long LengthOf(FleetItem item) =>
        KeyLengthBytes + item.Key.Length + SequenceBytes + ValueLengthBytes + item.Value.Length;

    /// <summary>Writes a record.</summary>
    /// <exception cref="FleetRecordException">The key or the value is too long.</exception>
    public static void Write(Stream parcel, FleetItem item)
    {
        if (item.Key.Length is 0 or > MostKeyBytes || !item.Key.All(IsVisible) || item.Value.Length > SignedRecord.MostBytes)
            throw new FleetRecordException("a record of the hub has a key that is not visible ASCII, or a key or a value that is too long");
        byte[] key = Encoding.ASCII.GetBytes(item.Key);
        byte[] head = new byte[KeyLengthBytes + key.Length + SequenceBytes + ValueLengthBytes];
        BinaryPrimitives.WriteUInt16BigEndian(head, (ushort)key.Length);
        key.CopyTo(head, KeyLengthBytes);
        BinaryPrimitives.WriteUInt64BigEndian(head.AsSpan(KeyLengthBytes + key.Length), item.Sequence);
        BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(KeyLengthBytes + key.Length + SequenceBytes), item.Value.Length);
        parcel.Write(head);
        parcel.Write(item.Value);
    }

    /// <summary>Reads the records of a parcel as they are asked for.</summary>
    /// <param name="parcel">The bytes; not disposed, and nothing beyond the parcel is read.</param>
    /// <param name="length">Length of the parcel in bytes.</param>
    /// <exception cref="FleetRecordException">The parcel is cut off, too long, or not in this form.</exception>
    /// <exception cref="IOException">The stream fails.</exception>
    public static IEnumerable<FleetItem> Read(Stream parcel, long length)
    {
        if (length is < 0 or > MostBytes)
            throw new FleetRecordException("the parcel has an impossible length");
        long left = length;
        for (int count = 0; left > 0; count++)
        {
            if (count == MostRecords)
                throw new FleetRecordException(FormattableString.Invariant($"the parcel has more than {MostRecords} records"));
            yield return Next(parcel, ref left);
        }
    }

    private static FleetItem Next(Stream parcel, ref long left)
    {
        int keyLength = BinaryPrimitives.ReadUInt16BigEndian(Take(parcel, KeyLengthBytes, ref left));
        if (keyLength is 0 or > MostKeyBytes)
            throw new FleetRecordException("a record of the parcel has a key of an impossible length");
        byte[] head = Take(parcel, keyLength + SequenceBytes + ValueLengthBytes, ref left);
        int valueLength = BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(keyLength + SequenceBytes));
        if (valueLength is < 0 or > SignedRecord.MostBytes)
            throw new FleetRecordException("a record of the parcel has a value of an impossible length");
        ulong sequence = BinaryPrimitives.ReadUInt64BigEndian(head.AsSpan(keyLength));
        return new FleetItem(Key(head.AsSpan(0, keyLength)), sequence, Take(parcel, valueLength, ref left));
    }

    private static byte[] Take(Stream parcel, int count, ref long left)
    {
        if (count > left)
            throw new FleetRecordException("the parcel is cut off within a record");
        byte[] bytes = new byte[count];
        if (parcel.ReadAtLeast(bytes, count, throwOnEndOfStream: false) < count)
            throw new FleetRecordException("the parcel ended before its last record");
        left -= count;
        return bytes;
    }

    private static string Key(ReadOnlySpan<byte> bytes)
    {
        string key = Encoding.Latin1.GetString(bytes);
        return key.All(IsVisible) ? key : throw new FleetRecordException("a record of the parcel has a key that is not visible ASCII");
    }

    // Keys are shown: another character could move the cursor.
    private static bool IsVisible(char letter) => letter is > ' ' and <= '~';
}
