using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using DoorAgent.Sealing;

namespace DoorAgent.Auditing;

/// <summary>
/// The link of the chain of records: mac(n) = HMAC-SHA-256(chain key, mac(n-1) | canonical line of record n). The mac before the first
/// record is 32 zeros. One thread at a time.
/// </summary>
internal sealed class RecordMac(byte[] chainKey) : IDisposable
{
    /// <summary>Length of a mac in bytes.</summary>
    public const int Length = 32;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, chainKey);
    private readonly byte[] _names = HMACSHA256.HashData(chainKey, "names"u8);

    /// <summary>The mac before the first record.</summary>
    public static byte[] None => new byte[Length];

    /// <summary>Derives the chain key of a door's key.</summary>
    public static byte[] KeyOf(DoorKey door) => door.Derive("journal chain");

    /// <summary>Computes the mac of a record.</summary>
    /// <param name="before">The mac of the record before.</param>
    /// <param name="line">The record's canonical line.</param>
    /// <param name="mac">Receives the mac.</param>
    public void Of(ReadOnlySpan<byte> before, ReadOnlySpan<byte> line, Span<byte> mac)
    {
        _hash.AppendData(before);
        _hash.AppendData(line);
        _hash.GetHashAndReset(mac);
    }

    /// <summary>Returns the mac of a name beside the records: whose, from which record on. Names have a key of their own, so that no name
    /// can be taken for a record.</summary>
    public byte[] OfName(long person, long since, string name) => HMACSHA256.HashData(_names,
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"name of {person} since {since}: {name}")));

    public void Dispose() => _hash.Dispose();
}
