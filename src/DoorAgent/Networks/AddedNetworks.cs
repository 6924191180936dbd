namespace DoorAgent.Networks;

/// <summary>The networks that were added to model directories, and those whose description cannot be used.</summary>
/// <param name="Entries">The added networks as entries of the catalogue, in the order of directories and names.</param>
/// <param name="Unusable">Why a network cannot be used, by id; each message names the file and the next step.</param>
internal sealed record AddedNetworks(IReadOnlyList<CatalogueEntry> Entries, IReadOnlyDictionary<string, string> Unusable)
{
    /// <summary>Larger files are not descriptions.</summary>
    private const int MaxBytes = 1 << 20;

    /// <summary>Reads the descriptions in directories. As with the networks' files, the first directory that has an id counts, and a
    /// directory that is missing or belongs to another user has none.</summary>
    /// <param name="directories">The directories, in the order in which they are searched.</param>
    /// <param name="catalogue">The entries that added networks are like.</param>
    public static AddedNetworks Read(IReadOnlyList<string> directories, IReadOnlyList<CatalogueEntry> catalogue)
    {
        Dictionary<string, CatalogueEntry> entries = [];
        Dictionary<string, string> unusable = [];
        foreach (string path in directories.SelectMany(FilesIn))
        {
            string id = Path.GetFileNameWithoutExtension(path);
            if (entries.ContainsKey(id) || unusable.ContainsKey(id))
                continue;
            try
            {
                entries.Add(id, AddedNetwork.Parse(ReadText(path)).ToEntry(id, catalogue));
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or InvalidDataException)
            {
                unusable.Add(id, $"The network {id} cannot be used because of its description, {path}: {failure.Message} "
                    + "Add the network again with 'dooragent models add FILE --like ID'.");
            }
        }

        return new AddedNetworks([.. entries.Values], unusable);
    }

    /// <summary>Returns the path of the description of an added network; null if no directory has one.</summary>
    public static string? PathOf(string id, IReadOnlyList<string> directories) =>
        directories.SelectMany(FilesIn).FirstOrDefault(path => Path.GetFileName(path) == AddedNetwork.DescriptionOf(id));

    /// <summary>Reads a description, or a file that was measured for one.</summary>
    /// <exception cref="InvalidDataException">The file is too long.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file belongs to another user.</exception>
    public static byte[] ReadText(string path) => new FileInfo(path).Length <= MaxBytes ? File.ReadAllBytes(path)
        : throw new InvalidDataException("it is too long for a description.");

    private static string[] FilesIn(string directory)
    {
        try
        {
            return [.. Directory.EnumerateFiles(directory, AddedNetwork.Prefix + "*.json").Order(StringComparer.Ordinal)];
        }
        catch (Exception none) when (none is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
