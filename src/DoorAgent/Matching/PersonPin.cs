using System.Security.Cryptography;
using System.Text;

namespace DoorAgent.Matching;

/// <summary>The result of the comparison of typed digits with a person's PIN.</summary>
internal enum PinAnswer
{
    Wrong,
    Right,

    /// <summary>The digits are the duress PIN, which the person types under threat.</summary>
    Duress,
}

/// <summary>
/// A person's PIN and optional duress PIN, as salted slow hashes: PBKDF2 with HMAC-SHA-256 (RFC 8018). Both hashes share one salt, so
/// that one derivation checks both PINs and its duration reveals nothing.
/// </summary>
/// <param name="salt">Salt, 16 bytes.</param>
/// <param name="iterations">Iterations, 10,000 to 1,000,000: fewer would be too fast, and more would delay the door.</param>
/// <param name="digest">Digest of the PIN, 32 bytes.</param>
/// <param name="duress">Digest of the duress PIN, 32 bytes; null if there is none.</param>
internal sealed class PersonPin(byte[] salt, int iterations, byte[] digest, byte[]? duress)
{
    public const int SaltBytes = 16;
    public const int DigestBytes = 32;
    public const int MinIterations = 10_000;
    public const int MaxIterations = 1_000_000;
    public const int MinDigits = 4;
    public const int MaxDigits = 8;

    /// <summary>
    /// Iterations of a new PIN: 17 ms on a two-core server, about ten times that on a board without SHA-256 instructions. More would
    /// delay people at the door and help little, because a thief of the file can try all ten thousand PINs of four digits anyway.
    /// </summary>
    public const int Iterations = 100_000;

    /// <summary>A PIN that somebody has, in lists, which do not read it: no digits fit it.</summary>
    public static PersonPin Unread { get; } = new([], MinIterations, [], null);

    public bool HasDuress => duress is not null;

    /// <summary>Returns whether salt, iterations and digests are equal.</summary>
    public bool IsSameAs(PersonPin? other) => other?.IsOf(salt, iterations, digest, duress) == true;

    /// <summary>Derives 32 bytes from a PIN. Slow on purpose.</summary>
    public static byte[] Derive(ReadOnlySpan<char> digits, byte[] salt, int iterations)
    {
        Span<byte> bytes = stackalloc byte[Encoding.UTF8.GetMaxByteCount(MaxDigits)];
        return Rfc2898DeriveBytes.Pbkdf2(bytes[..Encoding.UTF8.GetBytes(digits, bytes)], salt, iterations,
            HashAlgorithmName.SHA256, DigestBytes);
    }

    /// <summary>Compares digits with both PINs; the duration does not depend on the result.</summary>
    /// <param name="digits">At most <see cref="MaxDigits"/> digits.</param>
    public PinAnswer Verify(ReadOnlySpan<char> digits)
    {
        byte[] typed = Derive(digits, salt, iterations);
        // Both digests are always compared.
        bool isDuress = CryptographicOperations.FixedTimeEquals(typed, duress ?? new byte[DigestBytes]) && duress is not null;
        bool isRight = CryptographicOperations.FixedTimeEquals(typed, digest);
        return isRight ? PinAnswer.Right : isDuress ? PinAnswer.Duress : PinAnswer.Wrong;
    }

    private bool IsOf(byte[] otherSalt, int otherIterations, byte[] otherDigest, byte[]? otherDuress) =>
        iterations == otherIterations
        && salt.AsSpan().SequenceEqual(otherSalt) && digest.AsSpan().SequenceEqual(otherDigest)
        && duress is null == otherDuress is null && duress.AsSpan().SequenceEqual(otherDuress);

    /// <summary>Names the kind of PIN, and never its content.</summary>
    public override string ToString() => HasDuress ? "PIN and duress PIN" : "PIN";
}
