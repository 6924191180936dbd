using DoorAgent.Diagnostics;

namespace DoorAgent.Tests.Diagnostics;

/// <summary>What tests ask of findings.</summary>
internal static class FindingAsserts
{
    /// <summary>One of that level says these words and names a step with those.</summary>
    public static void Has(this IReadOnlyList<Finding> findings, FindingLevel level, string what, string? next = null) => Assert.True(
        findings.Any(finding => finding.Level == level && finding.What.Contains(what, StringComparison.Ordinal)
            && (next is null || finding.Next?.Contains(next, StringComparison.Ordinal) == true)),
        $"no {level} '{what}' -> '{next}' in:\n{string.Join('\n', findings)}");

    /// <summary>All is well, and something was said.</summary>
    public static void AreAllOk(this IReadOnlyList<Finding> findings)
    {
        Assert.NotEmpty(findings);
        Assert.All(findings, finding => Assert.True(finding.Level == FindingLevel.Ok, finding.ToString()));
    }
}
