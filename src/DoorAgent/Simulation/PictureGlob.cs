using DoorAgent.Settings;

namespace DoorAgent.Simulation;

/// <summary>
/// Finds the pictures that a scenario names: <c>adam/*.jpg</c> relative to the scenario's file, an absolute path, or <c>ROOT:adam/*.jpg</c>
/// below a root that the program (builtin:) or the command line (--root NAME=DIR) defines. * and ? are wildcards in the file name.
/// </summary>
/// <param name="folder">Folder of the scenario's file, from which relative paths start.</param>
/// <param name="roots">Folders by name without colon.</param>
internal sealed class PictureGlob(string folder, IReadOnlyDictionary<string, string> roots)
{
    /// <summary>Returns the files, at least one, in ordinal order of their names.</summary>
    /// <exception cref="UserErrorException">The root is unknown, the folder does not exist, or no file matches.</exception>
    public IReadOnlyList<string> Find(string glob)
    {
        string path = Resolve(glob);
        string directory = Path.GetDirectoryName(path) ?? path;
        string pattern = Path.GetFileName(path);
        if (directory.AsSpan().ContainsAny('*', '?'))
            throw new UserErrorException($"The pictures {glob}: * and ? are only allowed in the file name, after the last slash.");
        if (!Directory.Exists(directory))
            throw new UserErrorException($"The pictures {glob}: there is no folder {directory}.");
        EnumerationOptions options = new() { MatchType = MatchType.Simple, MatchCasing = MatchCasing.CaseSensitive };
        string[] files = Directory.GetFiles(directory, pattern.Length == 0 ? "*" : pattern, options);
        Array.Sort(files, StringComparer.Ordinal);
        return files.Length > 0 ? files : throw new UserErrorException($"The pictures {glob}: no file in {directory} matches {pattern}.");
    }

    private string Resolve(string glob)
    {
        int colon = glob.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
            return Path.GetFullPath(glob, Path.GetFullPath(folder));
        string name = glob[..colon];
        return roots.TryGetValue(name, out string? root)
            ? Path.GetFullPath(glob[(colon + 1)..].TrimStart('/'), Path.GetFullPath(root))
            : throw new UserErrorException(
                $"The pictures {glob}: the root {name}: is not defined. Give --root {name}=DIR.{DidYouMean.Hint(name, [.. roots.Keys])}");
    }
}
