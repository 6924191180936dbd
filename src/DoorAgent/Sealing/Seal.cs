using System.Security.Cryptography;

namespace DoorAgent.Sealing;

/// <summary>
/// Seals values with AES-256-GCM (NIST SP 800-38D) under the key of one purpose. A sealed value is nonce (12 bytes, random) | ciphertext |
/// tag (16 bytes). The identity of a value is authenticated with it: a value that was moved to another place does not open. One
/// thread at a time.
/// </summary>
/// <param name="key">The door's key.</param>
/// <param name="purpose">Name of the purpose.</param>
internal sealed class Seal(DoorKey key, string purpose) : IDisposable
{
    /// <summary>By how many bytes a sealed value is longer than the value.</summary>
    public const int Overhead = NonceBytes + TagBytes;

    /// <summary>Length of the tag at the end of a sealed value, in bytes.</summary>
    public const int TagBytes = 16;

    private const int NonceBytes = 12;

    private readonly AesGcm _cipher = new(key.Derive(purpose), TagBytes);

    /// <summary>Seals a value.</summary>
    /// <param name="plain">The value.</param>
    /// <param name="identity">What the value is and to what it belongs; must be given again to open it.</param>
    public byte[] Close(ReadOnlySpan<byte> plain, ReadOnlySpan<byte> identity)
    {
        byte[] made = new byte[plain.Length + Overhead];
        Span<byte> nonce = made.AsSpan(0, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        _cipher.Encrypt(nonce, plain, made.AsSpan(NonceBytes, plain.Length), made.AsSpan(NonceBytes + plain.Length), identity);
        return made;
    }

    /// <summary>Opens a sealed value.</summary>
    /// <exception cref="BrokenSealException">The value was changed, belongs to another identity, or was sealed with another key.</exception>
    public byte[] Open(ReadOnlySpan<byte> made, ReadOnlySpan<byte> identity)
    {
        byte[] plain = new byte[Math.Max(0, made.Length - Overhead)];
        Open(made, identity, plain);
        return plain;
    }

    /// <summary>Opens a sealed value into a buffer that is <see cref="Overhead"/> bytes shorter.</summary>
    /// <exception cref="BrokenSealException">The value was changed, has another length, belongs to another identity, or was sealed with
    /// another key.</exception>
    public void Open(ReadOnlySpan<byte> made, ReadOnlySpan<byte> identity, Span<byte> plain)
    {
        if (made.Length != plain.Length + Overhead)
            throw new BrokenSealException($"a sealed value has {made.Length} bytes instead of {plain.Length + Overhead}", null);
        try
        {
            _cipher.Decrypt(made[..NonceBytes], made[NonceBytes..^TagBytes], made[^TagBytes..], plain, identity);
        }
        catch (AuthenticationTagMismatchException failure)
        {
            throw new BrokenSealException("a seal is broken: the value was changed or moved, or sealed with another key", failure);
        }
    }

    public void Dispose() => _cipher.Dispose();
}

/// <summary>A sealed value does not open.</summary>
internal sealed class BrokenSealException(string message, Exception? inner) : Exception(message, inner);
