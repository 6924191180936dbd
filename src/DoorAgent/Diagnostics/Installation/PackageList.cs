namespace DoorAgent.Diagnostics.Installation;

/// <summary>
/// The list of what the package holds, in the form of sha256sum: a line for each file, and for each link a comment. All paths are
/// relative to the root of the file system.
/// </summary>
/// <param name="Package">Name, version and architecture, such as "dooragent 0.2.0 arm64".</param>
/// <param name="Files">SHA-256 of each file in lower-case hexadecimal, by path.</param>
/// <param name="Links">Target of each symbolic link, by path.</param>
internal sealed record PackageList(string Package, IReadOnlyDictionary<string, string> Files, IReadOnlyDictionary<string, string> Links)
{
    /// <summary>Where the list is.</summary>
    public const string Place = "usr/share/dooragent/manifest.sha256";

    /// <summary>Where its signature is, in packages that were signed.</summary>
    public const string SignaturePlace = Place + ".sig";

    private const string Comment = "# ", Link = "# link ", Arrow = " -> ", Gap = "  ";
    private const int DigestLength = 64;

    /// <summary>Reads the list.</summary>
    /// <exception cref="FormatException">A line is not one of such a list; the message shows the line's number.</exception>
    public static PackageList Parse(string text)
    {
        Dictionary<string, string> files = new(StringComparer.Ordinal), links = new(StringComparer.Ordinal);
        string? package = null;
        int number = 0;
        foreach (string line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            number++;
            bool isGood = true;
            if (line.StartsWith(Link, StringComparison.Ordinal))
                isGood = line[Link.Length..].Split(Arrow) is [var path, var target] && IsInside(path) && links.TryAdd(path, target);
            else if (line.StartsWith(Comment, StringComparison.Ordinal))
                package ??= line[Comment.Length..].Split(':')[0];
            else
                isGood = line.Length > DigestLength + Gap.Length && line[..DigestLength].All(char.IsAsciiHexDigitLower)
                    && line[DigestLength..(DigestLength + Gap.Length)] == Gap && IsInside(line[(DigestLength + Gap.Length)..])
                    && files.TryAdd(line[(DigestLength + Gap.Length)..], line[..DigestLength]);
            if (!isGood)
                throw new FormatException($"line {number} is not \"digest  path\"");
        }

        return files.Count > 0 && package is not null
            ? new PackageList(package, files, links)
            : throw new FormatException("no package is named, or no file");
    }

    /// <summary>Whether a path stays below the root that it is joined to.</summary>
    private static bool IsInside(string path) => path is not ['/', ..] && !path.Split('/').Contains("..");
}
