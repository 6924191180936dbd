using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using DoorAgent.Sealing;

namespace DoorAgent.Evaluation;

/// <summary>
/// The form of a record of an <see cref="EncodingCache"/>: the digest of the picture, whether there is a face, and the encoding; with a
/// checksum, or sealed, with the digest as identity. Thread-safe.
/// </summary>
/// <param name="dimension">Length of an encoding.</param>
/// <param name="key">The door's key; null for open records.</param>
internal sealed class EncodingRecord(int dimension, DoorKey? key) : IDisposable
{
    /// <summary>Length of the digest at the beginning, in bytes.</summary>
    public const int DigestBytes = 32;

    private const int ChecksumBytes = 4, StateBytes = 4;
    private const string Purpose = "evaluation";

    private readonly Lock _gate = new();
    private readonly Seal? _seal = key is null ? null : new Seal(key, Purpose);

    /// <summary>Length of a record in bytes.</summary>
    public int Length => DigestBytes + ContentBytes + (_seal is null ? ChecksumBytes : Seal.Overhead);

    private int ContentBytes => StateBytes + (4 * dimension);

    /// <summary>Makes a record.</summary>
    /// <param name="digest">SHA-256 of the picture's file.</param>
    /// <param name="vector">The encoding; empty for a picture without a face.</param>
    public byte[] Make(ReadOnlySpan<byte> digest, ReadOnlySpan<float> vector)
    {
        byte[] record = new byte[Length], content = new byte[ContentBytes];
        BinaryPrimitives.WriteInt32LittleEndian(content, vector.IsEmpty ? 0 : 1);
        vector.CopyTo(MemoryMarshal.Cast<byte, float>(content.AsSpan(StateBytes)));
        digest.CopyTo(record);
        if (_seal is null)
        {
            content.CopyTo(record.AsSpan(DigestBytes));
            Checksum(record).CopyTo(record.AsSpan(record.Length - ChecksumBytes));
            return record;
        }

        lock (_gate)
            _seal.Close(content, digest).CopyTo(record.AsSpan(DigestBytes));
        return record;
    }

    /// <summary>Reads a record.</summary>
    /// <param name="record">The record, <see cref="Length"/> bytes.</param>
    /// <param name="vector">Receives the encoding; undefined without one.</param>
    /// <returns>Whether the picture shows a face; null for a damaged record.</returns>
    public bool? Read(ReadOnlySpan<byte> record, Span<float> vector)
    {
        if (Content(record) is not { } content)
            return null;
        MemoryMarshal.Cast<byte, float>(content.AsSpan(StateBytes)).CopyTo(vector);
        return BinaryPrimitives.ReadInt32LittleEndian(content) == 1;
    }

    /// <summary>Whether a record is as it was made.</summary>
    public bool IsWhole(ReadOnlySpan<byte> record) => Content(record) is not null;

    public void Dispose() => _seal?.Dispose();

    private byte[]? Content(ReadOnlySpan<byte> record)
    {
        if (_seal is null)
        {
            return Checksum(record).AsSpan().SequenceEqual(record[^ChecksumBytes..])
                ? record.Slice(DigestBytes, ContentBytes).ToArray() : null;
        }

        try
        {
            lock (_gate)
                return _seal.Open(record[DigestBytes..], record[..DigestBytes]);
        }
        catch (BrokenSealException)
        {
            return null;
        }
    }

    private static byte[] Checksum(ReadOnlySpan<byte> record) => SHA256.HashData(record[..^ChecksumBytes])[..ChecksumBytes];
}
