namespace DoorAgent.Fuzz;

/// <summary>The committed inputs: a folder for each target, a file for each input, named by its digest or by its finding.</summary>
internal sealed class Corpus(string folder)
{
    private const int Variants = 300;

    /// <summary>Returns a target's inputs, those of its writers first.</summary>
    public IReadOnlyList<byte[]> Of(FuzzTarget target) => [.. target.Seeds(), .. FilesOf(target).Select(File.ReadAllBytes)];

    /// <summary>Returns the paths of a target's files, in ordinal order of their names.</summary>
    public IReadOnlyList<string> FilesOf(FuzzTarget target) => Directory.Exists(FolderOf(target))
        ? [.. Directory.EnumerateFiles(FolderOf(target)).Order(StringComparer.Ordinal)] : [];

    /// <summary>Keeps the input of a finding; the file stays as a test.</summary>
    /// <returns>The file's path.</returns>
    public string Keep(FuzzTarget target, Finding finding, byte[] input) => Write(FolderOf(target), $"finding-{finding.Id}", input);

    /// <summary>Writes the inputs into a folder from which AFL++ starts: the seeds, and variants of them with one or two changes. AFL++
    /// itself makes dozens of changes at once, after which a text is rarely well-formed.</summary>
    public static void WriteSeeds(FuzzTarget target, string to)
    {
        byte[][] seeds = [.. target.Seeds()];
        Mutator mutator = new(target, seeds, seed: 1, mostChanges: 2);
        foreach ((int i, byte[] input) in seeds.Concat(Enumerable.Range(0, Variants).Select(_ => mutator.Next())).Index())
            Write(to, $"seed-{i:000}", input);
    }

    private string FolderOf(FuzzTarget target) => Path.Combine(folder, target.Name);

    private static string Write(string to, string name, byte[] input)
    {
        Directory.CreateDirectory(to);
        string path = Path.Combine(to, name);
        File.WriteAllBytes(path, input);
        return path;
    }
}
