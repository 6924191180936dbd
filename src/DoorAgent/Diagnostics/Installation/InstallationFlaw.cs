namespace DoorAgent.Diagnostics.Installation;

/// <summary>In what way an installed file is not as the package has it.</summary>
internal enum FlawKind
{
    /// <summary>The file or link is not there.</summary>
    Missing,

    /// <summary>The content, the kind of file or the target of a link is another.</summary>
    Changed,

    /// <summary>A file that the package does not have is in the program's directory.</summary>
    Extra,

    /// <summary>The file or a directory above it belongs to another user than root.</summary>
    Owner,

    /// <summary>More is allowed than the package allows, such as that others may write.</summary>
    Mode,

    /// <summary>Another file takes the place of the package's, without changing it.</summary>
    Replaced,

    /// <summary>This user may not read the file, so nothing is known about its content.</summary>
    Unreadable,
}

/// <summary>One thing that is not as the package has it.</summary>
/// <param name="Kind">In what way.</param>
/// <param name="Path">The file, as an absolute path on the examined system.</param>
/// <param name="What">What was found, as the end of a sentence that begins with the file.</param>
internal sealed record InstallationFlaw(FlawKind Kind, string Path, string What);
