using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace DoorAgent.Sealing;

/// <summary>
/// The one secret of a door: 32 random bytes. Every feature derives a key of its own from the secret (HKDF-SHA-256, RFC 5869), so that
/// no key says anything about another, and nobody uses the secret itself.
/// </summary>
internal sealed class DoorKey
{
    /// <summary>Length of the secret in bytes.</summary>
    public const int Length = 32;

    private const int IdBytes = 8;
    private static ReadOnlySpan<byte> Prefix => "dooragent-key-1 "u8;

    private readonly byte[] _secret;

    private DoorKey(byte[] secret)
    {
        _secret = secret;
        Id = Convert.ToHexStringLower(Derive("key id", IdBytes));
    }

    /// <summary>The name of the key: 16 hexadecimal digits, derived from the secret. The id is not secret.</summary>
    public string Id { get; }

    /// <summary>Makes a new random key.</summary>
    public static DoorKey Generate() => new(RandomNumberGenerator.GetBytes(Length));

    /// <summary>Makes a key of a given secret of <see cref="Length"/> bytes.</summary>
    /// <exception cref="ArgumentException">The secret has another length.</exception>
    public static DoorKey Of(ReadOnlySpan<byte> secret) => secret.Length == Length
        ? new DoorKey(secret.ToArray()) : throw new ArgumentException($"A door's secret has {Length} bytes.", nameof(secret));

    /// <summary>Reads the text form: <c>dooragent-key-1</c>, a space and 64 hexadecimal digits; white space around is ignored.</summary>
    /// <param name="text">The text in UTF-8.</param>
    /// <returns>The key; null for any other text.</returns>
    public static DoorKey? Parse(ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> line = text.Trim(" \t\r\n"u8);
        Span<byte> secret = stackalloc byte[Length];
        bool isKey = line.StartsWith(Prefix) && line.Length == Prefix.Length + 2 * Length
            && Convert.FromHexString(line[Prefix.Length..], secret, out _, out int written) == OperationStatus.Done && written == Length;
        DoorKey? key = isKey ? Of(secret) : null;
        CryptographicOperations.ZeroMemory(secret);
        return key;
    }

    /// <summary>Reads the text form.</summary>
    public static DoorKey? Parse(string text) => Parse(Encoding.UTF8.GetBytes(text));

    /// <summary>Derives the key of one purpose.</summary>
    /// <param name="purpose">Name of the purpose, such as <c>gallery</c>: HKDF's info, as UTF-8.</param>
    /// <param name="length">Length of the derived key in bytes.</param>
    public byte[] Derive(string purpose, int length = Length) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, _secret, length, salt: null, info: Encoding.UTF8.GetBytes($"dooragent {purpose}"));

    /// <summary>Returns the text form in UTF-8, which contains the secret: whoever asks for it overwrites it after use.</summary>
    public byte[] Reveal()
    {
        byte[] text = new byte[Prefix.Length + 2 * Length + 1];
        Prefix.CopyTo(text);
        Convert.TryToHexStringLower(_secret, text.AsSpan(Prefix.Length), out _);
        text[^1] = (byte)'\n';
        return text;
    }

    /// <summary>Returns the bytes of the secret, for an export: whoever asks for them overwrites them after use.</summary>
    public byte[] RevealBytes() => [.. _secret];

    public override string ToString() => $"key {Id}";
}
