using System.Security.Cryptography;

namespace DoorAgent.Fleet;

/// <summary>A record of the bucket of people, verified and opened.</summary>
/// <param name="Id">Id of the person.</param>
/// <param name="Serial">Serial of the publication that wrote the record.</param>
/// <param name="Person">The person; null in a removal.</param>
/// <param name="IsErasure">Whether the person is erased, and not only removed from the group.</param>
internal sealed record SealedRecord(string Id, long Serial, FleetPerson? Person, bool IsErasure = false)
{
    /// <summary>Whether the person is not in the group any more.</summary>
    public bool IsRemoval => Person is null;
}

/// <summary>
/// Seals and signs the records of people. The body of a person's record is nonce (12 bytes, random) | ciphertext | tag (16 bytes) of
/// AES-256-GCM (SP 800-38D) under the group's key, with the record's head as associated data; the content is a <see cref="PersonBody"/>.
/// The body of a removal is empty. The office signs both.
/// </summary>
internal static class PersonSeal
{
    private const int NonceBytes = 12, TagBytes = 16;
    private const string Signer = "the office";

    /// <summary>Seals and signs a person of a group.</summary>
    /// <exception cref="FleetRecordException">The person is not as a door takes them, or the record is too long.</exception>
    public static byte[] Close(FleetPerson person, string group, long serial, GroupKey key, OfficeKey office)
    {
        PersonRules.Require(person);
        RecordHead head = new(RecordKind.Person, serial, key.Number, group, person.Id);
        byte[] plain = PersonBody.Write(person), body = new byte[NonceBytes + plain.Length + TagBytes];
        try
        {
            RandomNumberGenerator.Fill(body.AsSpan(0, NonceBytes));
            using AesGcm cipher = new(key.Secret, TagBytes);
            cipher.Encrypt(body.AsSpan(0, NonceBytes), plain, body.AsSpan(NonceBytes, plain.Length), body.AsSpan(NonceBytes + plain.Length),
                head.ToBytes());
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
        }

        return SignedRecord.Close(head, body, office.Sign);
    }

    /// <summary>Signs that a person is not in a group any more.</summary>
    /// <param name="id">Id of the person.</param>
    /// <param name="group">Name of the group.</param>
    /// <param name="serial">Serial of the publication.</param>
    /// <param name="erase">Whether doors also forget what they know about the person.</param>
    /// <param name="office">The office's key.</param>
    public static byte[] CloseRemoval(string id, string group, long serial, bool erase, OfficeKey office) =>
        SignedRecord.Close(new RecordHead(erase ? RecordKind.Erasure : RecordKind.Removal, serial, 0, group, id), [], office.Sign);

    /// <summary>Verifies and opens a record of the bucket of people.</summary>
    /// <param name="item">The record, whose key is <c>GROUP.PERSON</c>.</param>
    /// <param name="office">The office's pinned key.</param>
    /// <param name="keys">The group's keys.</param>
    /// <exception cref="FleetRecordException">The record is not what the office wrote at this key, or not as it must be.</exception>
    public static SealedRecord Open(FleetItem item, OfficePublicKey office, GroupKeys keys) => item.Key.Split('.') is [var group, var id]
        ? Open(group, id, item.Value, office, keys)
        : throw new FleetRecordException("the key is not that of a person in a group");

    /// <summary>Verifies and opens a record of the bucket of people.</summary>
    /// <param name="group">Name of the group whose key holds the record.</param>
    /// <param name="id">Id of the person whose key holds the record.</param>
    /// <param name="record">The record.</param>
    /// <param name="office">The office's pinned key.</param>
    /// <param name="keys">The group's keys.</param>
    /// <exception cref="FleetRecordException">The record is not what the office wrote at this key, or not as it must be.</exception>
    public static SealedRecord Open(string group, string id, ReadOnlySpan<byte> record, OfficePublicKey office, GroupKeys keys)
    {
        RecordHead head = SignedRecord.Expect(record, group, id, RecordKind.Person, RecordKind.Removal, RecordKind.Erasure);
        ReadOnlySpan<byte> body = SignedRecord.Open(record, head, office.Verify, Signer);
        if (head.Kind == RecordKind.Person)
            return new SealedRecord(id, head.Serial, Open(head, body, keys));
        return body.IsEmpty ? new SealedRecord(id, head.Serial, null, head.Kind == RecordKind.Erasure)
            : throw new FleetRecordException("the removal has a content");
    }

    private static FleetPerson Open(RecordHead head, ReadOnlySpan<byte> body, GroupKeys keys)
    {
        if (keys.Find(head.KeyNumber) is not { } key)
            throw new FleetRecordException($"the record is sealed with the group's key {head.KeyNumber}, and this door has {keys}");
        if (body.Length < NonceBytes + TagBytes)
            throw new FleetRecordException("the record is cut off");
        byte[] plain = new byte[body.Length - NonceBytes - TagBytes];
        try
        {
            using AesGcm cipher = new(key.Secret, TagBytes);
            cipher.Decrypt(body[..NonceBytes], body[NonceBytes..^TagBytes], body[^TagBytes..], plain, head.ToBytes());
            FleetPerson person = PersonBody.Read(plain);
            PersonRules.Require(person);
            return person.Id == head.Subject ? person
                : throw new FleetRecordException("the person within the record is not the one that the record names");
        }
        catch (AuthenticationTagMismatchException failure)
        {
            throw new FleetRecordException("the record's seal is broken: the record was sealed with another key of that number", failure);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
        }
    }
}
