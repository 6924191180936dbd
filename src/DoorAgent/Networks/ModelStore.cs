using System.Security.Cryptography;

namespace DoorAgent.Networks;

/// <summary>A network's file after reading and checking: the bytes that were checked are the bytes that are used.</summary>
/// <param name="Entry">The network's entry of the catalogue.</param>
/// <param name="Path">Path of the file.</param>
/// <param name="Content">The file's bytes, whose digest equals the entry's.</param>
internal sealed record ModelFile(CatalogueEntry Entry, string Path, byte[] Content);

/// <summary>Finds and reads the files of networks in the model directories, which are searched in order.</summary>
/// <param name="directories">The directories.</param>
/// <param name="known">The networks that earlier versions had built in are looked up here; default: in the embedded catalogue.</param>
internal sealed class ModelStore(IReadOnlyList<string> directories, Catalogue? known = null)
{
    private readonly Catalogue _known = known ?? Catalogue.Embedded;
    private Catalogue? _catalogue;

    /// <summary>The directories, in the order in which they are searched.</summary>
    public IReadOnlyList<string> Directories => directories;

    /// <summary>The embedded catalogue with the networks that were added to these directories, read at the first use.</summary>
    public Catalogue Catalogue => _catalogue ??= Catalogue.Of(directories);

    /// <summary>Returns the path of an entry's file, found by name only; null if no directory has the file. A network that an earlier
    /// version had built in may still have its name of that time, and is then told from today's by its digest.</summary>
    public string? Locate(CatalogueEntry entry) => !entry.HasFile ? null
        : PathsOf(entry.File).FirstOrDefault(path => !IsFormer(entry.Id, path))
            ?? (entry.Formerly is { } then
                ? PathsOf(_known.Find(then).File).FirstOrDefault(path => Is(entry, path)) : null);

    /// <summary>Whether the file of an entry, or of each part of a composite encoder, is in a directory; found by name only.</summary>
    public bool IsHere(CatalogueEntry entry) =>
        Catalogue.Embedded.NetworksOf(entry) is var networks && networks.Any(network => network.HasFile)
        && networks.All(network => !network.HasFile || Locate(network) is not null);

    /// <summary>Completes the entry of a network that was built here with the digest from its sidecar, and the entry of a composite
    /// encoder with the digest of its parts, where all are known.</summary>
    /// <exception cref="UserErrorException">The file or the sidecar cannot be used.</exception>
    public CatalogueEntry Completed(CatalogueEntry entry)
    {
        if (!entry.IsComposite)
            return Locate(entry) is { } path && MayHaveSidecar(entry) ? Completed(entry, path, Digest(Read(path))) : entry;
        CatalogueEntry[] parts = [.. Catalogue.Embedded.NetworksOf(entry).Select(Completed)];
        return parts.All(part => part.Sha256.Length > 0) ? entry.OfParts(parts) : entry;
    }

    /// <summary>Returns the path of an entry's file if its digest is right; null if the file is missing or is another file.</summary>
    /// <exception cref="UserErrorException">The file cannot be read.</exception>
    public string? Find(CatalogueEntry entry) =>
        Locate(entry) is { } path && Digest(Read(path)) is var digest && digest == Completed(entry, path, digest).Sha256 ? path : null;

    /// <summary>Reads an entry's file and compares the file's digest with the catalogue's.</summary>
    /// <exception cref="UserErrorException">The file is missing, cannot be read, or is another file.</exception>
    public ModelFile Open(CatalogueEntry entry)
    {
        string path = Locate(entry) ?? throw new UserErrorException(
            $"The network {entry.Id} ({entry.File}) is in none of {string.Join(", ", directories)}. "
            + HowToGet(entry));
        byte[] content = Read(path);
        string digest = Digest(content);
        entry = Completed(entry, path, digest);
        if (digest == entry.Sha256)
            return new ModelFile(entry, path, content);
        throw new UserErrorException(content.Length < entry.Bytes
            ? $"{path} is cut off: {content.Length} of {entry.Bytes} bytes. Copy it again."
            : $"{path} is not {entry.Id}: its SHA-256 is {digest} and must be {entry.Sha256}. Replace or remove the file.");
    }

    /// <summary>Computes the SHA-256 digest in lower-case hexadecimal.</summary>
    public static string Digest(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content));

    /// <summary>Whether a file exists and has a digest.</summary>
    /// <exception cref="UserErrorException">The file cannot be read.</exception>
    public static bool HasDigest(string path, string digest) => File.Exists(path) && Digest(Read(path)) == digest;

    private IEnumerable<string> PathsOf(string file) =>
        directories.Select(directory => Path.Combine(directory, file)).Where(File.Exists);

    /// <summary>Whether a file is the network that an earlier version had built in under an id.</summary>
    private bool IsFormer(string id, string path) =>
        _known.Entries.Any(entry => entry.Formerly == id && Is(entry, path));

    /// <summary>Whether a file is that of an entry; a file that cannot be read is not.</summary>
    private static bool Is(CatalogueEntry entry, string path)
    {
        try
        {
            return new FileInfo(path).Length == entry.Bytes && HasDigest(path, entry.Sha256);
        }
        catch (Exception failure) when (failure is UserErrorException or IOException)
        {
            return false;
        }
    }

    private static bool MayHaveSidecar(CatalogueEntry entry) => entry.IsBuiltLocally || entry.OpenVino is not null;

    /// <summary>A network built from the user's weights has a sidecar. One that was converted has a sidecar only where its file is another
    /// than the catalogue's; the known answer, which proves that the file computes the same, stays the catalogue's.</summary>
    private static CatalogueEntry Completed(CatalogueEntry entry, string path, string digest)
    {
        if (entry.IsBuiltLocally)
            return ModelSidecar.Complete(entry, path);
        return entry.OpenVino is not null && digest != entry.Sha256 && File.Exists(ModelSidecar.PathFor(path))
            ? ModelSidecar.Complete(entry, path) with { KnownAnswer = entry.KnownAnswer } : entry;
    }

    private static string HowToGet(CatalogueEntry entry)
    {
        if (entry.IsBuiltLocally)
            return "Build it from your own weights with 'dooragent models import --openface-csv DIR'.";
        if (entry.Formerly is { } successor)
        {
            return $"An earlier version had it built in, as {successor}; the upgrade of the package keeps it for a gallery that needs it. "
                + "Bring the file from that version and copy it there with 'dooragent models import DIR', or change the gallery to the "
                + $"built-in network of today: 'dooragent people re-encode --encoder {Catalogue.BuiltInEncoder}'.";
        }

        return (entry is { Url: null, OpenVino: null } ? "" : $"Download it with 'dooragent models pull {entry.Id}'. ")
            + "Copy it there with 'dooragent models import DIR', or name its directory with --models.";
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
