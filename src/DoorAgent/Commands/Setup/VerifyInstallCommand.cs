using System.CommandLine;
using DoorAgent.Commands.Output;
using DoorAgent.Diagnostics.Installation;

namespace DoorAgent.Commands.Setup;

/// <summary>Creates dooragent verify-install.</summary>
internal static class VerifyInstallCommand
{
    internal static Command Create()
    {
        Option<bool> json = CommonOptions.Json();
        Option<string?> key = new("--key")
        {
            Description = "Public key (PEM) of whoever released the package, from another place than this machine: checks the "
                + "list's signature.",
        };
        Option<string> root = new("--root")
        {
            Description = "Root of the system to examine, such as a door's SD card in another machine.",
            DefaultValueFactory = _ => "/",
        };
        Command command = new("verify-install", """
            Compares every installed file with the list that the package brought.

            Finds files that are missing, changed or extra, other owners than root, modes that allow more, and units or rules in /etc
            that take the place of the package's. Changes nothing, and any user may run it. Who is root can change files, list and
            this program together: only the signature (--key), examined from another machine (--root), shows that.
            Exit code 0 when all is as in the package, 1 when something is not, 2 when there is no list.
            Examples: dooragent verify-install     dooragent verify-install --root /mnt/card --key release.pem
            """) { json, key, root };
        command.SetAction(result =>
        {
            string examined = result.GetValue(root)!;
            if (!Directory.Exists(examined))
                throw new UserErrorException($"The directory {examined} does not exist (--root).");
            InstallationReport report = Examine(Path.GetFullPath(examined), owner: 0, result.GetValue(key), result.GetValue(json));
            if (result.GetValue(json))
                JsonLine.Write(VerifyInstallView.Json(report));
            else
                Console.Write(VerifyInstallView.Text(report));
            return report.IsGood ? 0 : 1;
        });
        return command;
    }

    /// <summary>Compares the package that is installed below a root, and shows the progress.</summary>
    /// <param name="root">Root of the file system.</param>
    /// <param name="owner">The user that the files must belong to.</param>
    /// <param name="key">File of a public key; null to check no signature.</param>
    /// <param name="isQuiet">Whether to show no progress.</param>
    internal static InstallationReport Examine(string root, uint owner, string? key, bool isQuiet)
    {
        InstalledPackage package = new(root, owner);
        PackageList list = package.ReadList();
        SignatureState signature = PackageSignature.Check(root, key);
        return new InstallationReport(root, list.Package, list.Files.Count,
            WorkProgress.Show("comparing", InstalledPackage.StepsOf(list), "files",
                done => package.Compare(list, withContents: true, done), isQuiet),
            new UnitFiles(root).DropIns(), package.DocumentsLeftOut(list), signature);
    }
}
