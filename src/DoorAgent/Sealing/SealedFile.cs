using System.Text;
using DoorAgent.Hardware.Cameras;

namespace DoorAgent.Sealing;

/// <summary>
/// The form of a file that is sealed as a whole: <c>DoSe</c>, 1 (the version), the key's id (8 bytes), the identity (its length as one
/// byte, then UTF-8) and the sealed content, which authenticates the identity. Kept pictures and backups of galleries are such files.
/// </summary>
internal static class SealedFile
{
    private const int KeyIdAt = 5;
    private const int IdentityLengthAt = 13;
    private const int IdentityAt = 14;
    private const string Purpose = "sealed file";

    private static ReadOnlySpan<byte> Start => "DoSe\u0001"u8;

    /// <summary>Seals the content of a file.</summary>
    /// <param name="key">The door's key.</param>
    /// <param name="content">The content.</param>
    /// <param name="identity">What the file is and to what it belongs, such as <c>picture 1204-2</c>: 1 to 255 bytes of UTF-8, readable
    /// without the key.</param>
    /// <returns>The bytes of the sealed file.</returns>
    public static byte[] Close(DoorKey key, ReadOnlySpan<byte> content, string identity)
    {
        byte[] name = Encoding.UTF8.GetBytes(identity);
        ArgumentOutOfRangeException.ThrowIfZero(name.Length, nameof(identity));
        using Seal seal = new(key, Purpose);
        return [.. Start, .. Convert.FromHexString(key.Id), checked((byte)name.Length), .. name, .. seal.Close(content, name)];
    }

    /// <summary>Whether the bytes begin as a sealed file does.</summary>
    public static bool IsSealed(ReadOnlySpan<byte> file) => file.Length >= IdentityAt && file.StartsWith(Start)
        && file[IdentityLengthAt] > 0 && file.Length >= IdentityAt + file[IdentityLengthAt] + Seal.Overhead;

    /// <summary>Returns the id of the key with which a file was sealed; null for bytes that are not a sealed file.</summary>
    public static string? KeyIdOf(ReadOnlySpan<byte> file) =>
        IsSealed(file) ? Convert.ToHexStringLower(file[KeyIdAt..IdentityLengthAt]) : null;

    /// <summary>Returns the id of the key with which the file at a path was sealed; null for another file. Only its beginning is
    /// read.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not read the file.</exception>
    public static string? KeyIdOfFile(string path)
    {
        // A pipe or a device would block.
        if (!RegularFile.Is(path))
            return null;
        using FileStream file = File.OpenRead(path);
        byte[] beginning = new byte[IdentityAt + byte.MaxValue + Seal.Overhead];
        return KeyIdOf(beginning.AsSpan(0, file.ReadAtLeast(beginning, beginning.Length, throwOnEndOfStream: false)));
    }

    /// <summary>Returns the identity that a sealed file names, which is proven only by opening the file; null for other bytes.</summary>
    public static string? IdentityOf(ReadOnlySpan<byte> file) =>
        IsSealed(file) ? Encoding.UTF8.GetString(file.Slice(IdentityAt, file[IdentityLengthAt])) : null;

    /// <summary>Opens a sealed file.</summary>
    /// <param name="keys">The keys that this process may use.</param>
    /// <param name="file">The bytes of the sealed file.</param>
    /// <param name="identity">What the file is and to what it belongs.</param>
    /// <exception cref="BrokenSealException">The bytes are not a sealed file, or its seal is broken.</exception>
    /// <exception cref="UserErrorException">The key is missing; the message says what to do.</exception>
    public static byte[] Open(KeyRing keys, ReadOnlySpan<byte> file, string identity)
    {
        if (KeyIdOf(file) is not { } id)
            throw new BrokenSealException("the file is not a sealed file", null);
        if (IdentityOf(file) != identity)
            throw new BrokenSealException($"the file is sealed as '{IdentityOf(file)}', not as '{identity}'", null);
        using Seal seal = new(keys.Require(id, $"The file ({identity})"), Purpose);
        return seal.Open(file[(IdentityAt + file[IdentityLengthAt])..], Encoding.UTF8.GetBytes(identity));
    }
}
