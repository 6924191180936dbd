using System.Security.Cryptography;
using DoorAgent.Storage;

namespace DoorAgent.Diagnostics.Installation;

/// <summary>
/// Compares the installed files with the list that the package brought. The comparison trusts that list, and the program that compares:
/// who is root can change both. A signature and a comparison from another machine reach further.
/// </summary>
/// <param name="root">Root of the examined file system; / on a running door.</param>
/// <param name="owner">The user that files and directories must belong to: 0, which is root.</param>
internal sealed class InstalledPackage(string root, uint owner)
{
    private const string Program = "usr/lib/dooragent/dooragent";

    private const UnixFileMode ForAll = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode Executable = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
    private const UnixFileMode WritableByOthers = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    // Nothing but the package puts files here; what lies here may be loaded into the program.
    private static readonly string[] OwnDirectories = ["usr/lib/dooragent", "usr/share/dooragent"];

    // A system may be set up to install no documents (path-exclude of dpkg).
    private static readonly string[] Documents = ["usr/share/doc/", "usr/share/man/"];

    /// <summary>Number of steps of a comparison, for its progress.</summary>
    public static int StepsOf(PackageList list) => list.Files.Count;

    /// <summary>Returns whether the package's list is there: older packages have none, and a build in a checkout either.</summary>
    public bool HasList => File.Exists(At(PackageList.Place));

    /// <summary>Reads the package's list.</summary>
    /// <exception cref="UserErrorException">There is no list, or it is damaged.</exception>
    public PackageList ReadList()
    {
        string place = At(PackageList.Place);
        if (!HasList)
        {
            throw new UserErrorException($"There is no list of the package's files ({place}): dooragent was not installed as a package, or "
                + "as one that is older than this command. Install the package again; 'dpkg -s dooragent' shows its version.");
        }

        try
        {
            return PackageList.Parse(File.ReadAllText(place));
        }
        catch (FormatException wrong)
        {
            throw new UserErrorException($"The list of the package's files is damaged ({place}, {wrong.Message}). Install the package "
                + "again, and find out who changed the list.", wrong);
        }
    }

    /// <summary>Compares all files.</summary>
    /// <param name="list">The package's list.</param>
    /// <param name="withContents">Whether to compare digests too, which reads every file.</param>
    /// <param name="progress">Receives the number of files that are done.</param>
    /// <returns>The flaws, sorted by path.</returns>
    public IReadOnlyList<InstallationFlaw> Compare(PackageList list, bool withContents, IProgress<int>? progress = null)
    {
        List<InstallationFlaw> flaws = [];
        int done = 0;
        foreach ((string path, string digest) in list.Files)
        {
            flaws.AddRange(FlawsOf(path, withContents ? digest : null));
            progress?.Report(++done);
        }

        foreach ((string path, string target) in list.Links)
            flaws.AddRange(FlawsOfLink(path, target));
        foreach (string directory in list.Files.Keys.Concat(list.Links.Keys).SelectMany(Above).Distinct().Where(Exists))
            flaws.AddRange(FlawsOfDirectory(directory));
        foreach (string path in OwnDirectories.SelectMany(FilesBelow))
        {
            if (!list.Files.ContainsKey(path) && !list.Links.ContainsKey(path)
                && path is not (PackageList.Place or PackageList.SignaturePlace))
                flaws.Add(new InstallationFlaw(FlawKind.Extra, '/' + path, "is not from the package"));
        }

        foreach (string path in new[] { PackageList.Place, PackageList.SignaturePlace }.Where(Exists))
            flaws.AddRange(FlawsOf(path, null));
        flaws.AddRange(new UnitFiles(root).Replacements(list));
        return [.. flaws.OrderBy(flaw => flaw.Path, StringComparer.Ordinal)];
    }

    /// <summary>Counts the documents that are not installed, which is no flaw.</summary>
    public int DocumentsLeftOut(PackageList list) =>
        list.Files.Keys.Concat(list.Links.Keys).Count(path => IsDocument(path) && !Exists(path));

    private IEnumerable<InstallationFlaw> FlawsOf(string path, string? digest)
    {
        string place = At(path);
        FileInfo file = new(place);
        if (file.LinkTarget is { } target)
        {
            yield return Flaw(FlawKind.Changed, path, $"is a link to {target}");
            yield break;
        }

        if (!file.Exists)
        {
            if (Directory.Exists(place))
                yield return Flaw(FlawKind.Changed, path, "is a directory");
            else if (!IsDocument(path))
                yield return Flaw(FlawKind.Missing, path, "is missing");
            yield break;
        }

        foreach (InstallationFlaw flaw in OwnerFlaws(path))
            yield return flaw;
        UnixFileMode more = file.UnixFileMode & ~(path == Program ? ForAll | Executable : ForAll);
        if (more != 0)
            yield return Flaw(FlawKind.Mode, path, $"has the mode {Octal(file.UnixFileMode)}, which allows more than the package does");
        if (path == Program && !file.UnixFileMode.HasFlag(UnixFileMode.UserExecute))
            yield return Flaw(FlawKind.Mode, path, $"has the mode {Octal(file.UnixFileMode)} and cannot be executed");
        if (digest is null)
            yield break;
        if (!Libc.MayRead(place))
            yield return Flaw(FlawKind.Unreadable, path, "may not be read by this user");
        else if (Digest(place) != digest)
            yield return Flaw(FlawKind.Changed, path, "has another content than in the package");
    }

    private IEnumerable<InstallationFlaw> FlawsOfLink(string path, string target)
    {
        string? found = new FileInfo(At(path)).LinkTarget;
        if (found is null && !Exists(path))
        {
            if (!IsDocument(path))
                yield return Flaw(FlawKind.Missing, path, "is missing");
        }
        else if (found != target)
        {
            yield return Flaw(FlawKind.Changed, path,
                $"{(found is null ? "is not a link" : $"is a link to {found}")}, not a link to {target}");
        }
    }

    private IEnumerable<InstallationFlaw> FlawsOfDirectory(string path)
    {
        if (new DirectoryInfo(At(path)).LinkTarget is { } target)
            yield return Flaw(FlawKind.Changed, path, $"is a link to {target}, not a directory");
        foreach (InstallationFlaw flaw in OwnerFlaws(path))
            yield return flaw;
        UnixFileMode mode = File.GetUnixFileMode(At(path));
        if ((mode & WritableByOthers) != 0)
            yield return Flaw(FlawKind.Mode, path, $"has the mode {Octal(mode)}: others may exchange the files in it");
    }

    private IEnumerable<InstallationFlaw> OwnerFlaws(string path)
    {
        if (Libc.Stat(At(path)) is { } status && status.Owner != owner)
            yield return Flaw(FlawKind.Owner, path, $"belongs to user {status.Owner}, not to {(owner == 0 ? "root" : $"user {owner}")}");
    }

    /// <summary>Returns all files below a directory; a link counts as a file, wherever it leads to.</summary>
    private IEnumerable<string> FilesBelow(string directory) => !Directory.Exists(At(directory)) ? []
        : Directory.EnumerateFileSystemEntries(At(directory)).Select(entry => $"{directory}/{Path.GetFileName(entry)}").SelectMany(entry =>
            Directory.Exists(At(entry)) && new DirectoryInfo(At(entry)).LinkTarget is null ? FilesBelow(entry) : [entry]);

    private static IEnumerable<string> Above(string path)
    {
        for (int end = path.LastIndexOf('/'); end > 0; end = path.LastIndexOf('/', end - 1))
            yield return path[..end];
    }

    private static string Digest(string place)
    {
        using FileStream content = File.OpenRead(place);
        return Convert.ToHexStringLower(SHA256.HashData(content));
    }

    private static bool IsDocument(string path) => Documents.Any(directory => path.StartsWith(directory, StringComparison.Ordinal));

    private static string Octal(UnixFileMode mode) => Convert.ToString((int)mode, toBase: 8).PadLeft(4, '0');

    private static InstallationFlaw Flaw(FlawKind kind, string path, string what) => new(kind, '/' + path, what);

    private bool Exists(string path) => Path.Exists(At(path));

    private string At(string path) => Path.Combine(root, path);
}
