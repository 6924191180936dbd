using System.Text.RegularExpressions;

namespace DoorAgent.Diagnostics;

/// <summary>Severity of a finding.</summary>
internal enum FindingLevel
{
    /// <summary>Everything is as it should be.</summary>
    Ok,

    /// <summary>The door works, but needs attention.</summary>
    Warning,

    /// <summary>The door does not work, or not as intended.</summary>
    Fault,
}

/// <summary>One thing that a check found.</summary>
/// <param name="Level">The severity.</param>
/// <param name="What">The finding in one line.</param>
/// <param name="Next">The next step: a command, a setting or a screw; null where nothing needs to be done.</param>
internal sealed record Finding(FindingLevel Level, string What, string? Next);

/// <summary>The result of one check.</summary>
/// <param name="Name">Name of the check.</param>
/// <param name="Findings">Its findings, at least one.</param>
internal sealed record CheckResult(string Name, IReadOnlyList<Finding> Findings);

/// <summary>Collects what a check finds, in order.</summary>
internal sealed partial class Findings
{
    private const string More = "'dooragent log --alarms' may say more.";

    private readonly List<Finding> _all = [];

    public IReadOnlyList<Finding> All => _all;

    public void Ok(string what) => _all.Add(new Finding(FindingLevel.Ok, what, null));

    public void Warn(string what, string next) => _all.Add(new Finding(FindingLevel.Warning, what, next));

    public void Fault(string what, string next) => _all.Add(new Finding(FindingLevel.Fault, what, next));

    /// <summary>Adds a refusal of the program as a fault: the first sentence says what is wrong, the rest what to do.</summary>
    /// <param name="sentences">The refusal.</param>
    /// <param name="otherwise">The next step where the refusal names none.</param>
    public void Refuse(string sentences, string otherwise) => _all.Add(Split(FindingLevel.Fault, sentences, otherwise));

    /// <summary>Adds a message of the program as a warning, split in the same way.</summary>
    public void Warn(string sentences) => _all.Add(Split(FindingLevel.Warning, sentences, More));

    /// <summary>Adds a refusal that normally names the next step itself.</summary>
    public void Refuse(string sentences) => Refuse(sentences, More);

    private static Finding Split(FindingLevel level, string sentences, string otherwise)
    {
        string[] parts = EndOfSentence().Split(sentences, 2);
        return new Finding(level, parts[0].TrimEnd('.'), parts.Length > 1 ? parts[1] : otherwise);
    }

    // A full stop inside a path or a number is not followed by a space and a capital letter.
    [GeneratedRegex(@"(?<=\.)\s+(?=['A-Z])")]
    private static partial Regex EndOfSentence();
}
