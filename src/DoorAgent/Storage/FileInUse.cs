using System.Security.Cryptography;

namespace DoorAgent.Storage;

/// <summary>A file that was read at the start and is never read again: what it held then.</summary>
/// <param name="Path">Where it lies.</param>
/// <param name="Digest">SHA-256 of what was read, lower-case hexadecimal; null where there was none.</param>
internal sealed record FileInUse(string Path, string? Digest)
{
    /// <summary>What was read.</summary>
    public static FileInUse Of(string path, ReadOnlySpan<byte> content) => new(path, Convert.ToHexStringLower(SHA256.HashData(content)));

    /// <summary>What the file is now, held against what it was.</summary>
    /// <returns>Null while it is the same; else what happened to it, to end a sentence that begins with the file.</returns>
    public string? Change()
    {
        try
        {
            if (!File.Exists(Path))
                return Digest is null ? null : "is gone";
            using FileStream now = File.OpenRead(Path);
            return Convert.ToHexStringLower(SHA256.HashData(now)) == Digest ? null : "is not the file any more that was read";
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return $"cannot be read any more ({failure.Message})";
        }
    }
}
