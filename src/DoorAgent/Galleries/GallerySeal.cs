using System.Security.Cryptography;
using DoorAgent.Hardware.Badges;
using DoorAgent.Sealing;

namespace DoorAgent.Galleries;

/// <summary>
/// How the values of a gallery are stored: sealed with the door's key (AES-256-GCM), or as they are in an open gallery. Badges are found by
/// HMAC-SHA-256 of their number, in an open gallery by the number itself. One thread at a time.
/// </summary>
internal sealed class GallerySeal : IDisposable
{
    private readonly Seal? _seal;
    private readonly byte[] _badges = [], _digest = [];

    private GallerySeal()
    {
    }

    /// <summary>Makes the seal of a door's key.</summary>
    public GallerySeal(DoorKey key) =>
        (KeyId, _seal, _badges, _digest) = (key.Id, new Seal(key, "gallery"), key.Derive("gallery badges"), key.Derive("gallery digest"));

    /// <summary>The seal of an open gallery, which seals nothing.</summary>
    public static GallerySeal None { get; } = new();

    /// <summary>Id of the key; null for an open gallery.</summary>
    public string? KeyId { get; }

    public bool IsSealed => _seal is not null;

    /// <summary>By how many bytes a stored value is longer than the value.</summary>
    public int Overhead => IsSealed ? Seal.Overhead : 0;

    /// <summary>Returns a value as it is to be stored.</summary>
    public byte[] Close(ReadOnlySpan<byte> plain, ReadOnlySpan<byte> identity) => _seal is null ? plain.ToArray() : _seal.Close(plain, identity);

    /// <summary>Returns a stored value as it was.</summary>
    /// <exception cref="BrokenSealException">The value was changed or moved, or sealed with another key.</exception>
    public byte[] Open(ReadOnlySpan<byte> stored, ReadOnlySpan<byte> identity) =>
        _seal is null ? stored.ToArray() : _seal.Open(stored, identity);

    /// <summary>Opens a stored value into a buffer that is <see cref="Overhead"/> bytes shorter.</summary>
    /// <exception cref="BrokenSealException">The value was changed or moved, or sealed with another key.</exception>
    public void Open(ReadOnlySpan<byte> stored, ReadOnlySpan<byte> identity, Span<byte> plain)
    {
        if (_seal is null)
            stored.CopyTo(plain);
        else
            _seal.Open(stored, identity, plain);
    }

    /// <summary>Returns by what a badge is found.</summary>
    public byte[] Lookup(Badge badge) => Lookup(System.Text.Encoding.UTF8.GetBytes(badge.Number));

    /// <inheritdoc cref="Lookup(Badge)"/>
    /// <param name="number">The badge's number in UTF-8.</param>
    public byte[] Lookup(ReadOnlySpan<byte> number) => IsSealed ? HMACSHA256.HashData(_badges, number) : number.ToArray();

    /// <summary>Begins a keyed digest of the whole gallery.</summary>
    public IncrementalHash BeginDigest() => IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _digest);

    public void Dispose() => _seal?.Dispose();
}
