using DoorAgent.Diagnostics;

namespace DoorAgent.Tests.Diagnostics;

/// <summary>Asserts on findings.</summary>
internal static class FindingAsserts
{
    /// <summary>Asserts that a finding of this level contains the words, and its next step the other words.</summary>
    public static void Has(this IReadOnlyList<Finding> findings, FindingLevel level, string what, string? next = null) => Assert.True(
        findings.Any(finding => finding.Level == level && finding.What.Contains(what, StringComparison.Ordinal)
            && (next is null || finding.Next?.Contains(next, StringComparison.Ordinal) == true)),
        $"no {level} '{what}' -> '{next}' in:\n{string.Join('\n', findings)}");

    /// <summary>Asserts that there are findings and that all of them are ok.</summary>
    public static void AreAllOk(this IReadOnlyList<Finding> findings)
    {
        Assert.NotEmpty(findings);
        Assert.All(findings, finding => Assert.True(finding.Level == FindingLevel.Ok, finding.ToString()));
    }
}
