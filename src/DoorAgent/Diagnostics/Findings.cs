using System.Text.RegularExpressions;

namespace DoorAgent.Diagnostics;

/// <summary>How bad it is.</summary>
internal enum FindingLevel
{
    /// <summary>As it should be.</summary>
    Ok,

    /// <summary>The door works; somebody should look.</summary>
    Warning,

    /// <summary>The door does not work, or not as it is meant to.</summary>
    Fault,
}

/// <summary>What a check found.</summary>
/// <param name="Level">How bad it is.</param>
/// <param name="What">One line.</param>
/// <param name="Next">What to do about it: the command, the setting or the screw; null where there is nothing to do.</param>
internal sealed record Finding(FindingLevel Level, string What, string? Next);

/// <summary>What came of one check.</summary>
/// <param name="Name">The check's name.</param>
/// <param name="Findings">What it found, at least one.</param>
internal sealed record CheckResult(string Name, IReadOnlyList<Finding> Findings);

/// <summary>Takes down what a check finds, in order.</summary>
internal sealed partial class Findings
{
    private const string More = "'dooragent log --alarms' may say more.";

    private readonly List<Finding> _all = [];

    public IReadOnlyList<Finding> All => _all;

    public void Ok(string what) => _all.Add(new Finding(FindingLevel.Ok, what, null));

    public void Warn(string what, string next) => _all.Add(new Finding(FindingLevel.Warning, what, next));

    public void Fault(string what, string next) => _all.Add(new Finding(FindingLevel.Fault, what, next));

    /// <summary>What the program itself says where it refuses: its first sentence is what is wrong, the rest what to do.</summary>
    /// <param name="sentences">What it says.</param>
    /// <param name="otherwise">What to do where it does not say that.</param>
    public void Refuse(string sentences, string otherwise) => _all.Add(Split(FindingLevel.Fault, sentences, otherwise));

    /// <summary>The same of what the door works in spite of.</summary>
    public void Warn(string sentences) => _all.Add(Split(FindingLevel.Warning, sentences, More));

    /// <summary>The same where the sentences always say what to do.</summary>
    public void Refuse(string sentences) => Refuse(sentences, More);

    private static Finding Split(FindingLevel level, string sentences, string otherwise)
    {
        string[] parts = EndOfSentence().Split(sentences, 2);
        return new Finding(level, parts[0].TrimEnd('.'), parts.Length > 1 ? parts[1] : otherwise);
    }

    // A stop inside a path or a number is followed by no space and capital.
    [GeneratedRegex(@"(?<=\.)\s+(?=['A-Z])")]
    private static partial Regex EndOfSentence();
}
