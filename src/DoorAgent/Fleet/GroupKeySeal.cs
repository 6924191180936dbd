using System.Security.Cryptography;

namespace DoorAgent.Fleet;

/// <summary>
/// Seals a group's keys to one door. The body of the record is an ephemeral public key (91 bytes, SubjectPublicKeyInfo of P-256), and
/// ciphertext | tag (16 bytes) of AES-256-GCM. Key (32 bytes) and nonce (12) are HKDF-SHA-256 (RFC 5869) of the ECDH secret of both keys
/// (the x coordinate), with the record's head as info, and as salt the ephemeral public key | the door's public key. Associated data are
/// the head | the ephemeral public key. The content is that of <see cref="GroupKeys.Reveal"/>. The office signs all.
/// </summary>
internal static class GroupKeySeal
{
    private const int NonceBytes = 12, TagBytes = 16;

    /// <summary>Seals the keys of a group to a door, and signs them.</summary>
    /// <param name="keys">The keys, at least one.</param>
    /// <param name="group">Name of the group.</param>
    /// <param name="door">Name of the door.</param>
    /// <param name="serial">Serial of the publication.</param>
    /// <param name="receiver">The door's public keys.</param>
    /// <param name="office">The office's key.</param>
    /// <exception cref="FleetRecordException">There is no key.</exception>
    public static byte[] Close(GroupKeys keys, string group, string door, long serial, DoorPublicKeys receiver, OfficeKey office)
    {
        if (keys.Newest is not { } newest)
            throw new FleetRecordException("the group has no key");
        RecordHead head = new(RecordKind.GroupKeys, serial, newest.Number, group, door);
        using DoorSecrets ephemeral = DoorSecrets.Create();
        ReadOnlySpan<byte> point = ephemeral.Public.Agreement;
        byte[] secret = ephemeral.Agree(receiver.Agreement), plain = keys.Reveal();
        byte[] body = new byte[P256.PublicBytes + plain.Length + TagBytes];
        point.CopyTo(body);
        byte[] once = Derive(secret, head, point, receiver.Agreement);
        using (AesGcm cipher = new(once.AsSpan(0, GroupKey.Length), TagBytes))
        {
            cipher.Encrypt(once.AsSpan(GroupKey.Length), plain, body.AsSpan(P256.PublicBytes, plain.Length), body.AsSpan(^TagBytes..),
                [.. head.ToBytes(), .. point]);
        }

        CryptographicOperations.ZeroMemory(once);
        CryptographicOperations.ZeroMemory(plain);
        return SignedRecord.Close(head, body, office.Sign);
    }

    /// <summary>Verifies and opens the keys of a group.</summary>
    /// <param name="group">Name of the group.</param>
    /// <param name="door">Name of the door.</param>
    /// <param name="record">The record.</param>
    /// <param name="office">The office's pinned key.</param>
    /// <param name="secrets">The door's private keys.</param>
    /// <returns>Serial of the publication, and the keys.</returns>
    /// <exception cref="FleetRecordException">The record is not what the office wrote for this door, or not as it must be.</exception>
    public static (long Serial, GroupKeys Keys) Open(
        string group, string door, ReadOnlySpan<byte> record, OfficePublicKey office, DoorSecrets secrets)
    {
        RecordHead head = SignedRecord.Expect(record, group, door, RecordKind.GroupKeys);
        ReadOnlySpan<byte> body = SignedRecord.Open(record, head, office.Verify, "the office");
        if (body.Length < P256.PublicBytes + TagBytes)
            throw new FleetRecordException("the record is cut off");
        ReadOnlySpan<byte> point = body[..P256.PublicBytes], made = body[P256.PublicBytes..];
        byte[] plain = new byte[made.Length - TagBytes];
        byte[] once = Derive(secrets.Agree(point), head, point, secrets.Public.Agreement);
        try
        {
            using AesGcm cipher = new(once.AsSpan(0, GroupKey.Length), TagBytes);
            cipher.Decrypt(once.AsSpan(GroupKey.Length), made[..^TagBytes], made[^TagBytes..], plain, [.. head.ToBytes(), .. point]);
            GroupKeys keys = GroupKeys.Read(plain);
            return keys.Newest?.Number == head.KeyNumber ? (head.Serial, keys)
                : throw new FleetRecordException("the keys within the record are not those that the record names");
        }
        catch (AuthenticationTagMismatchException failure)
        {
            throw new FleetRecordException("the group's keys are not sealed to this door", failure);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(once);
            CryptographicOperations.ZeroMemory(plain);
        }
    }

    /// <summary>Returns key and nonce, and overwrites the shared secret.</summary>
    private static byte[] Derive(byte[] secret, RecordHead head, ReadOnlySpan<byte> ephemeral, ReadOnlySpan<byte> receiver)
    {
        byte[] made = new byte[GroupKey.Length + NonceBytes];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, made, salt: [.. ephemeral, .. receiver], info: head.ToBytes());
        CryptographicOperations.ZeroMemory(secret);
        return made;
    }
}
