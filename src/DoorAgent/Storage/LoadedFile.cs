using System.Security.Cryptography;

namespace DoorAgent.Storage;

/// <summary>A file that the program reads once, at the start; remembers the content's digest.</summary>
/// <param name="Path">Path of the file.</param>
/// <param name="Digest">SHA-256 of the content that was read, in lower-case hexadecimal; null if the file did not exist.</param>
internal sealed record LoadedFile(string Path, string? Digest)
{
    /// <summary>Whether the next start does without a missing file.</summary>
    public bool IsOptional { get; init; }

    /// <summary>Records the content that was read from a file.</summary>
    public static LoadedFile Of(string path, ReadOnlySpan<byte> content) => new(path, Convert.ToHexStringLower(SHA256.HashData(content)));

    /// <summary>Compares the file as it is now with the content that was read.</summary>
    /// <returns>Null if nothing changed; otherwise what happened, as the end of a sentence that begins with the file.</returns>
    public string? Change()
    {
        try
        {
            if (!File.Exists(Path))
                return Digest is null ? null : "is gone";
            using FileStream now = File.OpenRead(Path);
            return Convert.ToHexStringLower(SHA256.HashData(now)) == Digest ? null : "is no longer the file that was read";
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return $"can no longer be read ({failure.Message})";
        }
    }
}
