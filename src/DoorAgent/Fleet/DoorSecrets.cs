using System.Security.Cryptography;

namespace DoorAgent.Fleet;

/// <summary>The private keys that a door makes for its fleet, and that never leave the door: one to which the office seals the group's
/// keys (ECDH), and one that signs the door's confirmations (ECDSA), both P-256. One thread at a time.</summary>
internal sealed class DoorSecrets : IDisposable
{
    private readonly ECDiffieHellman _agreement;
    private readonly ECDsa _signing;

    private DoorSecrets(ECDiffieHellman agreement, ECDsa signing) => (_agreement, _signing, Public) = (agreement, signing,
        new DoorPublicKeys(agreement.ExportSubjectPublicKeyInfo(), signing.ExportSubjectPublicKeyInfo()));

    /// <summary>The public keys, which the office knows.</summary>
    public DoorPublicKeys Public { get; }

    /// <summary>Makes new random keys.</summary>
    public static DoorSecrets Create() =>
        new(ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256), ECDsa.Create(ECCurve.NamedCurves.nistP256));

    /// <summary>Reads what <see cref="Reveal"/> returned.</summary>
    /// <exception cref="FleetRecordException">The bytes are something else.</exception>
    public static DoorSecrets Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != 2 * P256.NumberBytes)
            throw new FleetRecordException("the door's keys of the fleet have an impossible length");
        ECDiffieHellman agreement = P256.Import(ECDiffieHellman.Create, P256.ReadPrivate(bytes[..P256.NumberBytes]));
        return new DoorSecrets(agreement, P256.Import(ECDsa.Create, P256.ReadPrivate(bytes[P256.NumberBytes..])));
    }

    /// <summary>Returns the private numbers of both keys, that of the agreement first, 32 bytes each: whoever asks for the bytes
    /// overwrites them after use.</summary>
    public byte[] Reveal()
    {
        byte[] agreement = _agreement.ExportParameters(includePrivateParameters: true).D!;
        byte[] signing = _signing.ExportParameters(includePrivateParameters: true).D!;
        byte[] made = [.. agreement, .. signing];
        CryptographicOperations.ZeroMemory(agreement);
        CryptographicOperations.ZeroMemory(signing);
        return made;
    }

    /// <summary>Signs data: r | s, <see cref="P256.SignatureBytes"/> bytes.</summary>
    public byte[] Sign(ReadOnlySpan<byte> data) => P256.Sign(_signing, data);

    /// <summary>Returns the shared secret with a public key, the x coordinate (SP 800-56A, 5.7.1.2): whoever asks for the bytes
    /// overwrites them after use.</summary>
    /// <param name="other">The other public key, in the form of <see cref="P256"/>.</param>
    /// <exception cref="FleetRecordException">The key is not a point of the curve.</exception>
    public byte[] Agree(ReadOnlySpan<byte> other)
    {
        using ECDiffieHellman key = P256.Import(ECDiffieHellman.Create, P256.ReadPublic(other));
        using ECDiffieHellmanPublicKey point = key.PublicKey;
        return _agreement.DeriveRawSecretAgreement(point);
    }

    public void Dispose()
    {
        _agreement.Dispose();
        _signing.Dispose();
    }

    public override string ToString() => $"private keys of a door {Public.Fingerprint}";
}

/// <summary>The public keys of a door, each as SubjectPublicKeyInfo in the form of <see cref="P256"/>.</summary>
internal sealed class DoorPublicKeys
{
    private readonly byte[] _agreement, _signing;

    /// <summary>Reads both keys.</summary>
    /// <exception cref="FleetRecordException">A key is not one of the curve P-256.</exception>
    public DoorPublicKeys(ReadOnlySpan<byte> agreement, ReadOnlySpan<byte> signing)
    {
        P256.Import(ECDiffieHellman.Create, P256.ReadPublic(agreement)).Dispose();
        P256.Import(ECDsa.Create, P256.ReadPublic(signing)).Dispose();
        (_agreement, _signing) = (agreement.ToArray(), signing.ToArray());
        Digest = SHA256.HashData([.. agreement, .. signing]);
        Fingerprint = P256.Fingerprint([.. agreement, .. signing]);
    }

    /// <summary>The key to which the office seals the group's keys.</summary>
    public ReadOnlySpan<byte> Agreement => _agreement;

    /// <summary>The key that verifies the door's confirmations.</summary>
    public ReadOnlySpan<byte> Signing => _signing;

    /// <summary>SHA-256 of both keys, one after the other.</summary>
    public byte[] Digest { get; }

    /// <summary>The text by which people compare two doors' keys; see <see cref="P256.Fingerprint"/>.</summary>
    public string Fingerprint { get; }

    /// <summary>Whether the door signed the data.</summary>
    public bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        using ECDsa key = P256.Import(ECDsa.Create, P256.ReadPublic(_signing));
        return P256.Verify(key, data, signature);
    }

    public override string ToString() => $"keys of a door {Fingerprint}";
}
