using System.Security.Cryptography;

namespace DoorAgent.Fleet;

/// <summary>The private key of a fleet's office: whoever has the key adds people to every door. One thread at a time.</summary>
internal sealed class OfficeKey : IDisposable
{
    private readonly ECDsa _key;

    private OfficeKey(ECDsa key) => (_key, Public) = (key, OfficePublicKey.Read(key.ExportSubjectPublicKeyInfo()));

    /// <summary>The public key, which doors pin.</summary>
    public OfficePublicKey Public { get; }

    /// <summary>Makes a new random key.</summary>
    public static OfficeKey Create() => new(ECDsa.Create(ECCurve.NamedCurves.nistP256));

    /// <summary>Reads a private key.</summary>
    /// <param name="pkcs8">PrivateKeyInfo (RFC 5958) in DER.</param>
    /// <exception cref="FleetRecordException">The bytes are not a private key of the curve P-256.</exception>
    public static OfficeKey Read(ReadOnlySpan<byte> pkcs8)
    {
        ECDsa key = ECDsa.Create();
        try
        {
            key.ImportPkcs8PrivateKey(pkcs8, out int read);
            if (read == pkcs8.Length)
                return new OfficeKey(key);
        }
        catch (Exception wrong) when (wrong is CryptographicException or FleetRecordException)
        {
            // The message of the reason could quote the bytes.
        }

        key.Dispose();
        throw new FleetRecordException("the office's key is not a private key of the curve P-256");
    }

    /// <summary>Returns the private key as PrivateKeyInfo in DER: whoever asks for the bytes overwrites them after use.</summary>
    public byte[] Reveal() => _key.ExportPkcs8PrivateKey();

    /// <summary>Signs data: r | s, <see cref="P256.SignatureBytes"/> bytes.</summary>
    public byte[] Sign(ReadOnlySpan<byte> data) => P256.Sign(_key, data);

    public void Dispose()
    {
        _key.Dispose();
        Public.Dispose();
    }

    public override string ToString() => $"private key of the office {Public.Fingerprint}";
}

/// <summary>The public key of a fleet's office. One thread at a time.</summary>
internal sealed class OfficePublicKey : IDisposable
{
    private readonly ECDsa _key;
    private readonly byte[] _bytes;

    private OfficePublicKey(ReadOnlySpan<byte> bytes) =>
        (_key, _bytes, Fingerprint) = (P256.Import(ECDsa.Create, P256.ReadPublic(bytes)), bytes.ToArray(), P256.Fingerprint(bytes));

    /// <summary>The text by which people compare two keys; see <see cref="P256.Fingerprint"/>.</summary>
    public string Fingerprint { get; }

    /// <summary>The key as SubjectPublicKeyInfo in DER.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>Reads a public key.</summary>
    /// <exception cref="FleetRecordException">The bytes are not a public key in the form of <see cref="P256"/>.</exception>
    public static OfficePublicKey Read(ReadOnlySpan<byte> bytes) => new(bytes);

    /// <summary>Whether the office signed the data.</summary>
    public bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature) => P256.Verify(_key, data, signature);

    public void Dispose() => _key.Dispose();

    public override string ToString() => $"key of the office {Fingerprint}";
}
