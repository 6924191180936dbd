namespace DoorAgent.Diagnostics.Installation;

/// <summary>
/// Finds files that act instead of the package's or in addition, and leave the package's files as they are: systemd, udev and the shell
/// prefer a file of the same name in another directory.
/// </summary>
/// <param name="root">Root of the examined file system.</param>
internal sealed class UnitFiles(string root)
{
    private const string Packaged = "usr/lib/";

    private static readonly string[] Units =
        ["dooragent.service", "dooragent-link.service", "dooragent-page.service", "dooragent-page.socket"];

    // systemd.unit(5), udev(7), sysusers.d(5): in each of these directories a file hides the one in usr/lib.
    private static readonly string[] Stronger = ["etc/", "run/", "usr/local/lib/"];

    // 'systemctl set-property' and 'edit --runtime' write below these.
    private static readonly string[] Controlled = ["etc", "run"];

    private static readonly string[] UnitDirectories = ["etc/systemd/system", "etc/systemd/system.control", "run/systemd/system",
        "run/systemd/system.control", "usr/local/lib/systemd/system", "usr/lib/systemd/system"];

    /// <summary>Returns the files that take the place of one of the package's.</summary>
    public IEnumerable<InstallationFlaw> Replacements(PackageList list)
    {
        string[] hidable = [.. list.Files.Keys.Where(path => path.StartsWith("usr/lib/systemd/system/", StringComparison.Ordinal)
            || path.StartsWith("usr/lib/udev/rules.d/", StringComparison.Ordinal)
            || path.StartsWith("usr/lib/sysusers.d/", StringComparison.Ordinal))];
        return hidable.SelectMany(path => Stronger.Select(stronger => (By: stronger + path[Packaged.Length..], Of: path)))
            .Concat(hidable.Where(path => path.EndsWith(".service", StringComparison.Ordinal)).SelectMany(path => Controlled
                .Select(stronger => (By: $"{stronger}/systemd/system.control/{Path.GetFileName(path)}", Of: path))))
            .Append((By: "usr/local/bin/dooragent", Of: "usr/bin/dooragent"))
            .Where(pair => Exists(pair.By))
            .Select(pair => new InstallationFlaw(FlawKind.Replaced, '/' + pair.By, $"takes the place of the package's /{pair.Of}"));
    }

    /// <summary>Returns the drop-ins that change the units of door, link and page, sorted; an operator may have made them on purpose.</summary>
    public IReadOnlyList<string> DropIns() =>
        [.. UnitDirectories.SelectMany(directory => Units.Select(unit => $"{directory}/{unit}.d").Append($"{directory}/service.d"))
            .Where(directory => Directory.Exists(At(directory)))
            .SelectMany(directory => Directory.EnumerateFileSystemEntries(At(directory), "*.conf"))
            .Select(file => '/' + Path.GetRelativePath(root, file)).Order(StringComparer.Ordinal)];

    // A link to a file that is gone hides the package's file too.
    private bool Exists(string path) => Path.Exists(At(path)) || new FileInfo(At(path)).LinkTarget is not null;

    private string At(string path) => Path.Combine(root, path);
}
