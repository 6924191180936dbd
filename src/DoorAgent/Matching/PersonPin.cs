using System.Security.Cryptography;
using System.Text;

namespace DoorAgent.Matching;

/// <summary>What typed digits are, held against somebody's PIN.</summary>
internal enum PinAnswer
{
    Wrong,
    Right,

    /// <summary>The PIN that they type when somebody forces them to.</summary>
    Duress,
}

/// <summary>
/// A person's PIN, and their duress PIN if they have one, as salted slow hashes: PBKDF2 with HMAC-SHA-256 (RFC 8018). Both have
/// one salt, so that one derivation answers for both, and its time says nothing about either.
/// </summary>
/// <param name="salt">16 bytes.</param>
/// <param name="iterations">10,000 to 1,000,000: less is no slow hash, and more would keep the door waiting.</param>
/// <param name="digest">32 bytes.</param>
/// <param name="duress">32 bytes; null when there is no duress PIN.</param>
internal sealed class PersonPin(byte[] salt, int iterations, byte[] digest, byte[]? duress)
{
    public const int SaltBytes = 16;
    public const int DigestBytes = 32;
    public const int MinIterations = 10_000;
    public const int MaxIterations = 1_000_000;
    public const int MinDigits = 4;
    public const int MaxDigits = 8;

    /// <summary>
    /// Of a new PIN: 17 ms on a two-core server, some ten times that on a board whose processor does not know SHA-256. More would
    /// be waited for at the door and help little: whoever steals the file tries the ten thousand PINs of four digits anyway.
    /// </summary>
    public const int Iterations = 100_000;

    public bool HasDuress => duress is not null;

    /// <summary>Whether both come from the same row: same salt, rounds and digests.</summary>
    public bool IsSameAs(PersonPin? other) => other?.IsOf(salt, iterations, digest, duress) == true;

    /// <summary>32 bytes that follow from a PIN. Slow on purpose.</summary>
    public static byte[] Derive(ReadOnlySpan<char> digits, byte[] salt, int iterations)
    {
        Span<byte> bytes = stackalloc byte[Encoding.UTF8.GetMaxByteCount(MaxDigits)];
        return Rfc2898DeriveBytes.Pbkdf2(bytes[..Encoding.UTF8.GetBytes(digits, bytes)], salt, iterations, HashAlgorithmName.SHA256, DigestBytes);
    }

    /// <summary>What these digits are; takes the same time whatever they are.</summary>
    /// <param name="digits">At most <see cref="MaxDigits"/>.</param>
    public PinAnswer Verify(ReadOnlySpan<char> digits)
    {
        byte[] typed = Derive(digits, salt, iterations);
        // Both are compared in any case.
        bool isDuress = CryptographicOperations.FixedTimeEquals(typed, duress ?? new byte[DigestBytes]) && duress is not null;
        bool isRight = CryptographicOperations.FixedTimeEquals(typed, digest);
        return isRight ? PinAnswer.Right : isDuress ? PinAnswer.Duress : PinAnswer.Wrong;
    }

    private bool IsOf(byte[] otherSalt, int otherIterations, byte[] otherDigest, byte[]? otherDuress) => iterations == otherIterations
        && salt.AsSpan().SequenceEqual(otherSalt) && digest.AsSpan().SequenceEqual(otherDigest)
        && duress is null == otherDuress is null && duress.AsSpan().SequenceEqual(otherDuress);

    /// <summary>Whether there is one, and nothing of it.</summary>
    public override string ToString() => HasDuress ? "PIN and duress PIN" : "PIN";
}
