using System.Globalization;
using System.Text;
using System.Text.Json;
using DoorAgent.Diagnostics.Installation;

namespace DoorAgent.Commands.Setup;

/// <summary>Shows the comparison of the installed files with the package.</summary>
internal static class VerifyInstallView
{
    /// <summary>Describes the result for people, with the next step, and with what it cannot show.</summary>
    public static string Text(InstallationReport report)
    {
        StringBuilder text = new();
        Line($"{report.Package}, {report.Files} files{(report.Root == "/" ? "" : $" below {report.Root}")}");
        foreach (InstallationFlaw flaw in report.Flaws)
            Line($"  {Word(flaw.Kind)}: {flaw.Path} {flaw.What}");
        foreach (string file in report.DropIns)
            Line($"  note: {file} changes the unit; look whether you made it");
        if (report.DocumentsLeftOut > 0)
            Line($"  note: {report.DocumentsLeftOut} documents are not installed (dpkg can be set to leave them out)");
        Line($"signature: {Words(report.Signature)}");
        if (report.Flaws.Count == 0)
            Line($"Every file is as in the list.");
        else
            Line($"Not as in the package: {report.Flaws.Count}. {Next(report)}");
        if (report.Signature == SignatureState.Bad)
            Line($"Do not trust this installation: take the package from whoever released it, and compare its key with the one you gave.");
        if (report.Signature != SignatureState.Good || report.Root == "/")
        {
            Line($"This does not show a change by somebody who is root here: such a person changes files, list and this program together.");
            Line($"For that, examine the door's disk in another machine: dooragent verify-install --root /mnt/card --key RELEASE.pem");
        }

        return text.ToString();

        void Line(FormattableString line) => text.AppendLine(line.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>Returns the result for programs.</summary>
    public static object Json(InstallationReport report) => new
    {
        good = report.IsGood,
        report.Root,
        report.Package,
        report.Files,
        flaws = report.Flaws.Select(flaw => new { kind = Name(flaw.Kind), flaw.Path, flaw.What }),
        report.DropIns,
        report.DocumentsLeftOut,
        signature = Name(report.Signature),
    };

    private static string Next(InstallationReport report) => report.Flaws.All(flaw => flaw.Kind == FlawKind.Unreadable)
        ? "Run the command with sudo."
        : report.Flaws.Any(flaw => flaw.Kind is FlawKind.Missing or FlawKind.Changed or FlawKind.Owner or FlawKind.Mode)
            ? "A dying SD card and a person can both be the cause. Keep a copy of the disk if a person may be; then "
                + "'sudo apt install --reinstall ./dooragent_*.deb' from a trusted place, and run this command again."
            : "Remove what you did not put there, then run this command again.";

    private static string Words(SignatureState state) => state switch
    {
        SignatureState.None => "the package is not signed",
        SignatureState.NotChecked => "there is one; check it with --key and the public key of whoever released the package",
        SignatureState.Good => "good: the owner of the key signed this list",
        _ => "NOT GOOD: the owner of the key did not sign this list",
    };

    private static string Word(FlawKind kind) => Name(kind).ToUpperInvariant();

    private static string Name<T>(T value) where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
