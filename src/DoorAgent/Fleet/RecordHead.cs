using System.Buffers.Binary;
using System.Text;

namespace DoorAgent.Fleet;

/// <summary>What a record is. The number is part of the format.</summary>
internal enum RecordKind : byte
{
    /// <summary>A person, sealed with the group's key.</summary>
    Person = 1,

    /// <summary>The person is not in the group any more.</summary>
    Removal = 2,

    /// <summary>The person is erased: doors also forget what they know about the person.</summary>
    Erasure = 3,

    /// <summary>The manifest of a group.</summary>
    Manifest = 4,

    /// <summary>The keys of a group, sealed to one door.</summary>
    GroupKeys = 5,

    /// <summary>A door's confirmation of the set that it has.</summary>
    Confirmation = 6,

    /// <summary>A door's request to join.</summary>
    Request = 7,

    /// <summary>The office's answer to a request.</summary>
    Answer = 8,
}

/// <summary>
/// The open beginning of every record, which is signed with the record, and authenticated by what is sealed in the record:
/// <c>DoFl</c>, 1 (the version), the kind (1 byte), the serial (8), the number of the group's key (4), the group and the subject (each its
/// length as one byte, then ASCII). Numbers are big-endian.
/// </summary>
/// <param name="Kind">What the record is.</param>
/// <param name="Serial">Serial of the publication; 0 in requests and answers, and where a door has confirmed nothing.</param>
/// <param name="KeyNumber">Number of the group's key that seals the record, or of the newest one in the record; 0 where there is
/// none.</param>
/// <param name="Group">Name of the group; empty in a request.</param>
/// <param name="Subject">Whom the record is about: the id of a person or the name of a door; empty in a manifest.</param>
internal sealed record RecordHead(RecordKind Kind, long Serial, int KeyNumber, string Group, string Subject)
{
    private const int SerialAt = 6, KeyNumberAt = 14, GroupAt = 18;

    private static ReadOnlySpan<byte> Start => "DoFl\u0001"u8;

    /// <summary>Length of the head in bytes.</summary>
    public int Length => GroupAt + 2 + Group.Length + Subject.Length;

    /// <summary>Returns the bytes of the head.</summary>
    public byte[] ToBytes()
    {
        byte[] made = new byte[Length];
        Start.CopyTo(made);
        made[Start.Length] = (byte)Kind;
        BinaryPrimitives.WriteInt64BigEndian(made.AsSpan(SerialAt), Serial);
        BinaryPrimitives.WriteInt32BigEndian(made.AsSpan(KeyNumberAt), KeyNumber);
        made[GroupAt] = checked((byte)Group.Length);
        Encoding.ASCII.GetBytes(Group, made.AsSpan(GroupAt + 1));
        made[GroupAt + 1 + Group.Length] = checked((byte)Subject.Length);
        Encoding.ASCII.GetBytes(Subject, made.AsSpan(GroupAt + 2 + Group.Length));
        return made;
    }

    /// <summary>Reads the head at the beginning of a record. Nothing of the head is proven by that.</summary>
    /// <exception cref="FleetRecordException">The bytes do not begin with a head.</exception>
    public static RecordHead Read(ReadOnlySpan<byte> record)
    {
        if (record.Length <= GroupAt || !record.StartsWith(Start[..^1]))
            throw new FleetRecordException(record.IsEmpty ? "the record is empty: the hub deleted the key, and nobody signed that"
                : "the bytes are not a record of a fleet");
        if (record[Start.Length - 1] != Start[^1])
        {
            throw new FleetRecordException($"the record has the version {record[Start.Length - 1]}, and this program reads version "
                + $"{Start[^1]}: update this program");
        }

        RecordKind kind = (RecordKind)record[Start.Length];
        long serial = BinaryPrimitives.ReadInt64BigEndian(record[SerialAt..]);
        int key = BinaryPrimitives.ReadInt32BigEndian(record[KeyNumberAt..]);
        ReadOnlySpan<byte> rest = record[GroupAt..];
        (string group, string subject) = (Name(ref rest), Name(ref rest));
        RecordHead head = new(kind, serial, key, group, subject);
        return head.IsPossible ? head : throw new FleetRecordException("the record's head has impossible values");
    }

    private bool IsPossible => Serial >= 0 && KeyNumber >= 0 && Kind switch
    {
        RecordKind.Person => Serial > 0 && KeyNumber > 0 && FleetIds.IsName(Group) && FleetIds.IsPerson(Subject),
        RecordKind.Removal or RecordKind.Erasure => Serial > 0 && KeyNumber == 0 && FleetIds.IsName(Group) && FleetIds.IsPerson(Subject),
        RecordKind.Manifest => Serial > 0 && KeyNumber > 0 && FleetIds.IsName(Group) && Subject.Length == 0,
        RecordKind.GroupKeys => Serial > 0 && KeyNumber > 0 && FleetIds.IsName(Group) && FleetIds.IsName(Subject),
        RecordKind.Confirmation => KeyNumber == 0 && FleetIds.IsName(Group) && FleetIds.IsName(Subject),
        RecordKind.Request => Serial == 0 && KeyNumber == 0 && Group.Length == 0 && FleetIds.IsName(Subject),
        RecordKind.Answer => Serial == 0 && KeyNumber == 0 && FleetIds.IsName(Group) && FleetIds.IsName(Subject),
        _ => false,
    };

    private static string Name(ref ReadOnlySpan<byte> rest)
    {
        if (rest.IsEmpty || rest.Length <= rest[0])
            throw new FleetRecordException("the record is cut off");
        ReadOnlySpan<byte> name = rest.Slice(1, rest[0]);
        rest = rest[(1 + name.Length)..];
        return Encoding.ASCII.GetString(name);
    }
}
