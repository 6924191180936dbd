using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using DoorAgent.Sealing;

namespace DoorAgent.Auditing;

/// <summary>
/// Signs what the journal proves, with ECDSA over P-256 and SHA-256 (FIPS 186-5). The private key is derived from the door's key, so that
/// there is no second secret to store, to seal or to lose, and an imported key signs as before; the public key says nothing about the
/// others, since each purpose has a key of its own. Signatures have the form that openssl reads (DER).
/// </summary>
internal sealed class JournalSigner : IDisposable
{
    private const string Purpose = "journal signatures";

    // 64 bits more than the order of the curve: the remainder is then as good as uniform (FIPS 186-5, A.2.1).
    private const int SeedBytes = 40;

    private const DSASignatureFormat Form = DSASignatureFormat.Rfc3279DerSequence;

    private static readonly BigInteger Order = BigInteger.Parse(
        "0FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551", System.Globalization.NumberStyles.HexNumber,
        System.Globalization.CultureInfo.InvariantCulture);

    private readonly ECDsa _key;

    public JournalSigner(DoorKey door)
    {
        BigInteger seed = new(door.Derive(Purpose, SeedBytes), isUnsigned: true, isBigEndian: true);
        byte[] number = (seed % (Order - 1) + 1).ToByteArray(isUnsigned: true, isBigEndian: true);
        _key = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256, D = [.. new byte[32 - number.Length], .. number],
        });
        PublicKey = _key.ExportSubjectPublicKeyInfo();
    }

    /// <summary>The public key: SubjectPublicKeyInfo (RFC 5280) in DER.</summary>
    public byte[] PublicKey { get; }

    /// <summary>Returns the public key of a door's key in PEM, as openssl reads it.</summary>
    public static string PemOf(DoorKey door)
    {
        using JournalSigner signer = new(door);
        return Pem(signer.PublicKey);
    }

    /// <summary>Returns a public key in PEM.</summary>
    public static string Pem(ReadOnlySpan<byte> publicKey) => PemEncoding.WriteString("PUBLIC KEY", publicKey) + "\n";

    public byte[] Sign(string statement) => _key.SignData(Encoding.UTF8.GetBytes(statement), HashAlgorithmName.SHA256, Form);

    public void Dispose() => _key.Dispose();
}

/// <summary>A public key that verifies signatures of a <see cref="JournalSigner"/>.</summary>
internal sealed class JournalVerifier : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create();

    /// <summary>Reads SubjectPublicKeyInfo in DER.</summary>
    /// <exception cref="CryptographicException">The bytes are not a public key of an elliptic curve.</exception>
    public JournalVerifier(ReadOnlySpan<byte> publicKey) => _key.ImportSubjectPublicKeyInfo(publicKey, out _);

    /// <summary>Reads several public keys, by the ids of their doors' keys; a public key that is none is left out.</summary>
    public static Dictionary<string, JournalVerifier> Of(IReadOnlyDictionary<string, byte[]> keys)
    {
        Dictionary<string, JournalVerifier> all = [];
        foreach ((string id, byte[] key) in keys)
        {
            try
            {
                all.Add(id, new JournalVerifier(key));
            }
            catch (CryptographicException)
            {
                // What this key signed is reported as unsigned.
            }
        }

        return all;
    }

    public bool IsSignatureOf(string statement, ReadOnlySpan<byte> signature) => _key.VerifyData(
        Encoding.UTF8.GetBytes(statement), signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);

    public void Dispose() => _key.Dispose();
}
