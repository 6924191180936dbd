namespace DoorAgent.Diagnostics.Installation;

/// <summary>What a comparison of the installed files with the package's list found.</summary>
/// <param name="Root">Root of the examined file system.</param>
/// <param name="Package">Name, version and architecture of the package, as its list says.</param>
/// <param name="Files">Number of files in the list.</param>
/// <param name="Flaws">What is not as in the package.</param>
/// <param name="DropIns">Drop-ins that change the unit.</param>
/// <param name="DocumentsLeftOut">Number of documents that are not installed.</param>
/// <param name="Signature">What is known about the list's signature.</param>
internal sealed record InstallationReport(string Root, string Package, int Files, IReadOnlyList<InstallationFlaw> Flaws,
    IReadOnlyList<string> DropIns, int DocumentsLeftOut, SignatureState Signature)
{
    /// <summary>Whether nothing speaks against the installation.</summary>
    public bool IsGood => Flaws.Count == 0 && Signature != SignatureState.Bad;
}
