using DoorAgent.Diagnostics.Installation;

namespace DoorAgent.Diagnostics.Checks;

/// <summary>
/// Checks that the package's files are there with owners and modes, and that nothing takes their place. Their contents are compared by
/// verify-install, which takes longer.
/// </summary>
internal sealed class InstallationCheck : ICheck
{
    private const string Whole = "'dooragent verify-install' also compares the contents";
    private const uint RootUser = 0;
    private const int Shown = 3;

    public string Name => "installation";

    public Task RunAsync(DoctorContext door, Findings findings, CancellationToken cancellationToken)
    {
        InstalledPackage package = new(door.Machine.At("/"), RootUser);
        if (!package.HasList)
        {
            findings.Ok("not installed as a package: there is no list of files to compare");
            return Task.CompletedTask;
        }

        PackageList list = package.ReadList();
        IReadOnlyList<InstallationFlaw> flaws = package.Compare(list, withContents: false);
        foreach (InstallationFlaw flaw in flaws.Take(Shown))
            findings.Warn($"{flaw.Path} {flaw.What}", "'dooragent verify-install' compares all files and says what to do.");
        if (flaws.Count > Shown)
            findings.Warn($"{flaws.Count - Shown} more files are not as in the package", "'dooragent verify-install' names them.");
        if (flaws.Count == 0)
            findings.Ok($"{list.Package}: all {list.Files.Count} files are there, and only root may change them; {Whole}");
        return Task.CompletedTask;
    }
}
