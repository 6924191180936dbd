using System.Globalization;
using System.Security.Cryptography;

namespace DoorAgent.Sealing;

/// <summary>Makes keys of passphrases: PBKDF2 (RFC 8018) with HMAC-SHA-256 and the number of rounds that OWASP advises.</summary>
internal static class Passphrase
{
    /// <summary>Number of rounds.</summary>
    public const int Rounds = 600_000;

    /// <summary>Length of a salt in bytes.</summary>
    public const int SaltBytes = 16;

    /// <summary>The shortest new passphrase, in characters.</summary>
    public const int Shortest = 12;

    /// <summary>Returns why a new passphrase is refused; null where it is good enough.</summary>
    public static string? Refusal(string passphrase) => passphrase.Length >= Shortest ? null
        : string.Create(CultureInfo.InvariantCulture, $"The passphrase has {passphrase.Length} characters; it must have {Shortest} or more. ")
            + "Six words that nobody else would choose are good.";

    /// <summary>Returns the key of a passphrase, in UTF-8, and a salt of <see cref="SaltBytes"/> random bytes.</summary>
    public static DoorKey KeyOf(string passphrase, ReadOnlySpan<byte> salt) =>
        DoorKey.Of(Rfc2898DeriveBytes.Pbkdf2(passphrase, salt, Rounds, HashAlgorithmName.SHA256, DoorKey.Length));
}
