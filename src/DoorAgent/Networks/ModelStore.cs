using System.Security.Cryptography;

namespace DoorAgent.Networks;

/// <summary>A network's file, read and checked: what is proven is what is used.</summary>
/// <param name="Entry">What it is.</param>
/// <param name="Path">Where it lies.</param>
/// <param name="Content">Its bytes, whose digest is the entry's.</param>
internal sealed record ModelFile(CatalogueEntry Entry, string Path, byte[] Content);

/// <summary>Finds networks in the model directories, in their order.</summary>
internal sealed class ModelStore(IReadOnlyList<string> directories)
{
    /// <summary>Where an entry's file lies, by name only; null when nowhere.</summary>
    public string? Locate(CatalogueEntry entry) =>
        entry.HasFile ? directories.Select(directory => Path.Combine(directory, entry.File)).FirstOrDefault(File.Exists) : null;

    /// <summary>An entry with what is known on this machine: of a network that was made here the record says digest and answer.</summary>
    /// <exception cref="UserErrorException">The record cannot be used.</exception>
    public CatalogueEntry Completed(CatalogueEntry entry) =>
        entry.IsMadeHere && Locate(entry) is { } path ? MadeModel.Complete(entry, path) : entry;

    /// <summary>Where an entry's right file lies; null where it is nowhere, or the one that would be used is another file.</summary>
    /// <exception cref="UserErrorException">It cannot be read.</exception>
    public string? Find(CatalogueEntry entry) =>
        Locate(entry) is { } path && Digest(Read(path)) == Completed(entry).Sha256 ? path : null;

    /// <summary>Reads an entry's file and holds it against its digest.</summary>
    /// <exception cref="UserErrorException">It is nowhere, cannot be read, or is another file.</exception>
    public ModelFile Open(CatalogueEntry entry)
    {
        string path = Locate(entry) ?? throw new UserErrorException(
            $"The network {entry.Id} ({entry.File}) is in none of {string.Join(", ", directories)}. "
            + HowToGet(entry));
        if (entry.IsMadeHere)
            entry = MadeModel.Complete(entry, path);
        byte[] content = Read(path);
        string digest = Digest(content);
        if (digest == entry.Sha256)
            return new ModelFile(entry, path, content);
        throw new UserErrorException(content.Length < entry.Bytes
            ? $"{path} is cut off: {content.Length} of {entry.Bytes} bytes. Copy it again."
            : $"{path} is not {entry.Id}: its SHA-256 is {digest}, and must be {entry.Sha256}. Replace the file, or take it away.");
    }

    /// <summary>SHA-256 in lower-case hexadecimal.</summary>
    public static string Digest(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content));

    private static string HowToGet(CatalogueEntry entry)
    {
        if (entry.IsMadeHere)
            return "It is made from weights that you bring: 'dooragent models import --openface-csv DIR'.";
        return (entry.Url is null ? "" : $"Fetch it with 'dooragent models pull {entry.Id}'. ")
            + "Put the file there with 'dooragent models import DIR', or name its directory with --models.";
    }

    private static byte[] Read(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"The network file {path} cannot be read: {failure.Message}", failure);
        }
    }
}
