using System.Security.Cryptography;

namespace DoorAgent.Fleet;

/// <summary>The elliptic curve P-256 (FIPS 186-5, SP 800-186) in the one form in which keys and signatures travel: public keys as
/// SubjectPublicKeyInfo (RFC 5480) of the named curve with an uncompressed point, signatures as r | s (IEEE P1363), over SHA-256. Of both
/// values of s that are valid, only the smaller one is accepted: without the key, nobody makes a second signature of a record.</summary>
internal static class P256
{
    /// <summary>Length of a public key in bytes.</summary>
    public const int PublicBytes = 27 + 2 * NumberBytes;

    /// <summary>Length of a signature in bytes.</summary>
    public const int SignatureBytes = 2 * NumberBytes;

    /// <summary>Length of a private key, a coordinate or half a signature in bytes.</summary>
    public const int NumberBytes = 32;

    /// <summary>The order of the curve's base point, and half of it, rounded down.</summary>
    private static readonly byte[] Order = Convert.FromHexString("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551"),
        HalfOrder = Convert.FromHexString("7FFFFFFF800000007FFFFFFFFFFFFFFFDE737D56D38BCF4279DCE5617E3192A8");

    private const int FingerprintBytes = 10, BytesOfGroup = 2;

    private static ReadOnlySpan<byte> Prefix =>
        [0x30, 0x59, 0x30, 0x13, 6, 7, 0x2a, 0x86, 0x48, 0xce, 0x3d, 2, 1, 6, 8, 0x2a, 0x86, 0x48, 0xce, 0x3d, 3, 1, 7, 3, 0x42, 0, 4];

    /// <summary>Reads a public key.</summary>
    /// <exception cref="FleetRecordException">The bytes are not a public key of this curve in this form.</exception>
    public static ECParameters ReadPublic(ReadOnlySpan<byte> key)
    {
        if (key.Length != Prefix.Length + 2 * NumberBytes || !key.StartsWith(Prefix))
            throw new FleetRecordException("a public key is not one of the curve P-256");
        ReadOnlySpan<byte> point = key[Prefix.Length..];
        return new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = point[..NumberBytes].ToArray(), Y = point[NumberBytes..].ToArray() },
        };
    }

    /// <summary>Returns a private key's parameters.</summary>
    public static ECParameters ReadPrivate(ReadOnlySpan<byte> number) =>
        new() { Curve = ECCurve.NamedCurves.nistP256, D = number.ToArray() };

    /// <summary>Imports a key, whose point must be on the curve.</summary>
    /// <exception cref="FleetRecordException">The point is not on the curve, or the number is not a private key.</exception>
    public static T Import<T>(Func<ECParameters, T> create, ECParameters key)
    {
        try
        {
            return create(key);
        }
        catch (CryptographicException wrong)
        {
            throw new FleetRecordException("a key is not on the curve P-256", wrong);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key.D);
        }
    }

    public static byte[] Sign(ECDsa key, ReadOnlySpan<byte> data)
    {
        byte[] signature = key.SignData(data, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        Span<byte> s = signature.AsSpan(NumberBytes);
        if (s.SequenceCompareTo(HalfOrder) > 0)
            SubtractFromOrder(s);
        return signature;
    }

    public static bool Verify(ECDsa key, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature) => signature.Length == SignatureBytes
        && signature[NumberBytes..].SequenceCompareTo(HalfOrder) <= 0
        && key.VerifyData(data, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);

    /// <summary>Returns a short text by which people compare what two screens show: the first 80 bits of SHA-256, as five groups of four
    /// hexadecimal digits.</summary>
    public static string Fingerprint(ReadOnlySpan<byte> data) => string.Join(' ',
        SHA256.HashData(data)[..FingerprintBytes].Chunk(BytesOfGroup).Select(Convert.ToHexStringLower));

    private static void SubtractFromOrder(Span<byte> number)
    {
        int borrowed = 0;
        for (int i = NumberBytes - 1; i >= 0; i--)
        {
            int difference = Order[i] - number[i] - borrowed;
            number[i] = (byte)difference;
            borrowed = difference < 0 ? 1 : 0;
        }
    }
}
